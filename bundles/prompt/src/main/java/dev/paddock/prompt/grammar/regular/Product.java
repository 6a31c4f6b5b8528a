package dev.paddock.prompt.grammar.regular;

import dev.paddock.prompt.grammar.regular.Automaton.Edge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows two automata at once. */
final class Product {
    /** States that lead nowhere are found only afterwards, so more may be looked at than are left. */
    private static final int MOST_LOOKED_AT = 3 * Automaton.MOST_STATES;

    private final Automaton one;
    private final Automaton other;
    private final AutomatonDraft draft = new AutomatonDraft("what must hold together", MOST_LOOKED_AT);
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<Long> pairs = new ArrayList<>();

    Product(Automaton one, Automaton other) {
        this.one = one;
        this.other = other;
    }

    Automaton automaton() {
        number(0, 0);
        for (int i = 0; i < pairs.size(); i++) {
            int a = (int) (pairs.get(i) >> 32);
            int b = (int) (long) pairs.get(i);
            for (Edge left : one.edges(a)) {
                for (Edge right : other.edges(b)) {
                    Characters on = left.on().and(right.on());
                    if (!on.isEmpty()) draft.edge(i, on, number(left.to(), right.to()));
                }
            }
        }
        Automaton both = draft.build().minimal();
        if (both.states() > Automaton.MOST_STATES) {
            throw new TooComplexException(
                    "what must hold together needs more than " + Automaton.MOST_STATES + " states");
        }
        return both;
    }

    private int number(int a, int b) {
        Integer known = numbers.get((long) a << 32 | b);
        if (known != null) return known;
        int number = draft.state(one.accepts(a) && other.accepts(b));
        numbers.put((long) a << 32 | b, number);
        pairs.add((long) a << 32 | b);
        return number;
    }
}
