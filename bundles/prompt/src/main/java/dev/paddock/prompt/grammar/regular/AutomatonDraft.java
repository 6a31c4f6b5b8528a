package dev.paddock.prompt.grammar.regular;

import dev.paddock.prompt.grammar.regular.Automaton.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An automaton in the making. The first state that is added is where it starts. */
final class AutomatonDraft {
    private final List<Map<Integer, Characters>> edges = new ArrayList<>();
    private final BitSet accepting = new BitSet();
    private final String what;
    private final int most;

    /** @param what it is of, for the message when it grows too large */
    AutomatonDraft(String what) {
        this(what, Automaton.MOST_STATES);
    }

    AutomatonDraft(String what, int most) {
        this.what = what;
        this.most = most;
    }

    /** Adds a state; gives its number. */
    int state(boolean accepts) {
        if (edges.size() == most) throw new TooComplexException(what + " needs more than " + most + " states");
        accepting.set(edges.size(), accepts);
        edges.add(new LinkedHashMap<>(4));
        return edges.size() - 1;
    }

    /** Adds a way. The caller sees to it that no other way from there is taken on the same characters. */
    void edge(int from, Characters on, int to) {
        if (!on.isEmpty()) edges.get(from).merge(to, on, Characters::or);
    }

    /** How many states were added. */
    int states() {
        return edges.size();
    }

    /** The automaton, without states that cannot be reached or from which no text is accepted. */
    Automaton build() {
        BitSet live = live();
        int[] numbers = new int[edges.size()];
        Arrays.fill(numbers, -1);
        List<Integer> order = new ArrayList<>(List.of(0));
        numbers[0] = 0;
        for (int i = 0; i < order.size(); i++) {
            for (int to : edges.get(order.get(i)).keySet()) {
                if (!live.get(to) || numbers[to] >= 0) continue;
                numbers[to] = order.size();
                order.add(to);
            }
        }
        List<List<Edge>> kept = new ArrayList<>();
        BitSet ends = new BitSet();
        for (int state : order) {
            ends.set(kept.size(), accepting.get(state));
            List<Edge> ways = new ArrayList<>();
            edges.get(state).forEach((to, on) -> {
                if (live.get(to)) ways.add(new Edge(on, numbers[to]));
            });
            kept.add(List.copyOf(ways));
        }
        return new Automaton(List.copyOf(kept), ends);
    }

    /** The states from which some text is accepted. */
    private BitSet live() {
        List<List<Integer>> before = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) before.add(new ArrayList<>(2));
        for (int i = 0; i < edges.size(); i++)
            for (int to : edges.get(i).keySet()) before.get(to).add(i);
        BitSet live = (BitSet) accepting.clone();
        var found = new ArrayDeque<Integer>();
        accepting.stream().forEach(found::add);
        while (!found.isEmpty()) {
            for (int from : before.get(found.poll())) {
                if (live.get(from)) continue;
                live.set(from);
                found.add(from);
            }
        }
        return live;
    }
}
