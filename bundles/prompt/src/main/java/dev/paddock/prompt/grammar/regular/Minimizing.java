package dev.paddock.prompt.grammar.regular;

import dev.paddock.prompt.grammar.regular.Automaton.Edge;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts states together from which the same texts are accepted (Moore's algorithm). The lengths of those texts tell most
 * states apart at once, so few rounds are left.
 */
final class Minimizing {
    /** Edges looked at before it gives up: some tenths of a second. */
    private static final int MOST_WORK = 2_000_000;

    private final Automaton automaton;
    private int[] blocks;
    private int count;
    private int work;

    Minimizing(Automaton automaton, Lengths lengths) {
        this.automaton = automaton;
        blocks = new int[automaton.states()];
        Map<List<Long>, Integer> known = new HashMap<>();
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = known.computeIfAbsent(List.of(lengths.shortest(i), lengths.longest(i)), key -> known.size());
        }
        count = known.size();
    }

    Automaton automaton() {
        while (count < blocks.length) {
            int before = count;
            if (!refine()) return automaton;
            if (count == before) return merged();
        }
        return automaton;
    }

    /** Splits blocks whose states lead to different blocks; false when it took too much work. */
    private boolean refine() {
        Map<Object, Integer> known = new HashMap<>();
        int[] finer = new int[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            List<Object> signature = List.of(blocks[i], automaton.accepts(i), ways(i));
            finer[i] = known.computeIfAbsent(signature, key -> known.size());
            work += automaton.edges(i).size() + 1;
            if (work > MOST_WORK) return false;
        }
        blocks = finer;
        count = known.size();
        return true;
    }

    private Map<Integer, Characters> ways(int state) {
        Map<Integer, Characters> ways = new LinkedHashMap<>();
        for (Edge edge : automaton.edges(state)) ways.merge(blocks[edge.to()], edge.on(), Characters::or);
        return ways;
    }

    /** State 0 is the first that is met, so its block starts. */
    private Automaton merged() {
        AutomatonDraft draft = new AutomatonDraft("an automaton", blocks.length);
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < blocks.length; i++) {
            if (numbers.containsKey(blocks[i])) continue;
            numbers.put(blocks[i], draft.state(automaton.accepts(i)));
        }
        boolean[] done = new boolean[count];
        for (int i = 0; i < blocks.length; i++) {
            if (done[blocks[i]]) continue;
            done[blocks[i]] = true;
            int from = numbers.get(blocks[i]);
            ways(i).forEach((block, on) -> draft.edge(from, on, numbers.get(block)));
        }
        return draft.build();
    }
}
