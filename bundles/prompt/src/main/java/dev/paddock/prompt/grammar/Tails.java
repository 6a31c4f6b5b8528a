package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Automaton;
import dev.paddock.prompt.grammar.regular.Automaton.Edge;
import java.util.ArrayDeque;
import java.util.Arrays;

/** Finds the states of an automaton from which only characters of one set are left, up to some number of them. */
final class Tails {
    private static final long UNKNOWN = -1;
    private static final long NONE = -2;

    private final Automaton automaton;
    private final long[] most;

    Tails(Automaton automaton) {
        this.automaton = automaton;
        most = new long[automaton.states()];
        Arrays.fill(most, UNKNOWN);
        for (int i = 0; i < most.length; i++) find(i);
    }

    /** Whether a state is one. */
    boolean is(int state) {
        return most[state] != NONE;
    }

    /** How many characters may be left; {@link Part#ENDLESS} = any number, 0 = it is an end. */
    long most(int state) {
        return most[state];
    }

    /** Goes on until it is known, and back. */
    private void find(int state) {
        var path = new ArrayDeque<Integer>();
        int at = state;
        while (most[at] == UNKNOWN) {
            most[at] = NONE; // a circle is none
            path.push(at);
            if (automaton.edges(at).size() == 1)
                at = automaton.edges(at).getFirst().to();
        }
        while (!path.isEmpty()) {
            int next = path.pop();
            most[next] = tail(next);
        }
    }

    private long tail(int state) {
        if (!automaton.accepts(state) || automaton.edges(state).size() > 1) return NONE;
        if (automaton.edges(state).isEmpty()) return 0;
        Edge edge = automaton.edges(state).getFirst();
        if (edge.to() == state) return Part.ENDLESS;
        long left = most[edge.to()];
        if (left == 0) return 1;
        boolean same = left != NONE
                && left != Part.ENDLESS
                && automaton.edges(edge.to()).getFirst().on().equals(edge.on());
        return same ? left + 1 : NONE;
    }
}
