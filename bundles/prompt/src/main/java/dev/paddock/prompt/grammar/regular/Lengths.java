package dev.paddock.prompt.grammar.regular;

import dev.paddock.prompt.grammar.regular.Automaton.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long the texts are that an automaton accepts from each of its states, in characters. */
final class Lengths {
    private final long[] shortest;
    private final long[] longest;

    Lengths(Automaton automaton) {
        int states = automaton.states();
        shortest = new long[states];
        longest = new long[states];
        List<List<Integer>> before = new ArrayList<>();
        for (int i = 0; i < states; i++) before.add(new ArrayList<>(2));
        for (int i = 0; i < states; i++)
            for (Edge edge : automaton.edges(i)) before.get(edge.to()).add(i);
        findShortest(automaton, before);
        findLongest(automaton, before);
    }

    long shortest(int state) {
        return shortest[state];
    }

    long longest(int state) {
        return longest[state];
    }

    private void findShortest(Automaton automaton, List<List<Integer>> before) {
        Arrays.fill(shortest, Automaton.ENDLESS);
        var found = new ArrayDeque<Integer>();
        for (int i = 0; i < shortest.length; i++) {
            if (!automaton.accepts(i)) continue;
            shortest[i] = 0;
            found.add(i);
        }
        while (!found.isEmpty()) {
            int to = found.poll();
            for (int from : before.get(to)) {
                if (shortest[from] != Automaton.ENDLESS) continue;
                shortest[from] = shortest[to] + 1;
                found.add(from);
            }
        }
    }

    /** From the states that no way leads on from backwards; those that are never reached so lie before a circle. */
    private void findLongest(Automaton automaton, List<List<Integer>> before) {
        int[] open = new int[longest.length];
        Arrays.fill(longest, Automaton.ENDLESS);
        var ready = new ArrayDeque<Integer>();
        for (int i = 0; i < longest.length; i++) {
            open[i] = automaton.edges(i).size();
            if (open[i] == 0) ready.add(i);
        }
        while (!ready.isEmpty()) {
            int state = ready.poll();
            long length = automaton.accepts(state) ? 0 : -1;
            for (Edge edge : automaton.edges(state)) length = Math.max(length, longest[edge.to()] + 1);
            longest[state] = length;
            for (int from : before.get(state)) if (--open[from] == 0) ready.add(from);
        }
    }
}
