package dev.paddock.prompt.grammar.regular;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** An automaton that may be in several states at once (Thompson's construction), and what it becomes when it may not. */
final class Nondeterministic {
    private static final int MOST_STATES = 10_000;
    /** Ways looked at, some tenths of a second. */
    private static final int MOST_WORK = 1_000_000;

    /**
     * An automaton, and what it took to make it.
     *
     * @param steps of about a microsecond
     */
    record Made(Automaton automaton, int steps) {}

    private record Way(Characters on, int to) {}

    private final List<List<Integer>> free = new ArrayList<>();
    private final List<List<Way>> ways = new ArrayList<>();
    private final String what;
    private int work;

    private Nondeterministic(String what) {
        this.what = what;
    }

    /**
     * The automaton of the texts in which some part matches an expression.
     *
     * @param what it is, for messages
     * @throws TooComplexException when it takes too many states
     */
    static Made found(Regex regex, String what) {
        var all = new Nondeterministic(what);
        int before = all.anything();
        int behind = all.anything();
        all.free.get(all.add(regex, all.branch(before))).add(behind);
        return new Made(all.determined(before, behind), all.work);
    }

    /** The automaton of the texts that match an expression from their first to their last character. */
    static Automaton whole(Regex regex, String what) {
        Regex begin = new Regex.One(Characters.of(Regex.BEGIN));
        Regex end = new Regex.One(Characters.of(Regex.END));
        return found(new Regex.Sequence(List.of(begin, regex, end)), what).automaton();
    }

    /** A state that any character leads back to, and any mark. */
    private int anything() {
        int state = state();
        ways.get(state).add(new Way(Characters.ALL.or(Characters.range(Regex.BEGIN, Regex.END)), state));
        return state;
    }

    private int state() {
        if (free.size() == MOST_STATES)
            throw new TooComplexException(what + " needs more than " + MOST_STATES + " steps");
        free.add(new ArrayList<>(2));
        ways.add(new ArrayList<>(1));
        return free.size() - 1;
    }

    /** Adds an expression that begins in a state; gives the state in which it ends. */
    private int add(Regex regex, int from) {
        step();
        return switch (regex) {
            case Regex.One one -> {
                int to = state();
                ways.get(from).add(new Way(one.on(), to));
                yield to;
            }
            case Regex.Sequence sequence -> {
                int at = from;
                for (Regex part : sequence.parts()) at = add(part, at);
                yield at;
            }
            case Regex.Choice choice -> {
                int end = state();
                for (Regex option : choice.options())
                    free.get(add(option, branch(from))).add(end);
                yield end;
            }
            case Regex.Repeat repeat -> repeat(repeat, from);
        };
    }

    private int branch(int from) {
        int state = state();
        free.get(from).add(state);
        return state;
    }

    private int repeat(Regex.Repeat repeat, int from) {
        int at = from;
        for (int i = 0; i < repeat.least(); i++) at = add(repeat.body(), at);
        if (repeat.most() == Regex.ENDLESS) {
            int loop = branch(at);
            free.get(add(repeat.body(), loop)).add(loop);
            return branch(loop);
        }
        int end = state();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            free.get(at).add(end);
            at = add(repeat.body(), at);
        }
        free.get(at).add(end);
        return end;
    }

    /**
     * Sets of states become states: that behind the marks of a beginning starts, and one accepts if the end is reached
     * behind the marks of an end. There are as many marks as an expression asks for.
     */
    private Automaton determined(int start, int end) {
        AutomatonDraft draft = new AutomatonDraft(what);
        Map<BitSet, Integer> numbers = new HashMap<>();
        var open = new ArrayDeque<BitSet>();
        number(behind(closure(List.of(start)), Regex.BEGIN), end, draft, numbers, open);
        while (!open.isEmpty()) {
            BitSet set = open.poll();
            int from = numbers.get(set);
            int[] cuts = cuts(set);
            for (int i = 0; i + 1 < cuts.length; i++) {
                BitSet next = moved(set, cuts[i]);
                Characters on = Characters.range(cuts[i], cuts[i + 1] - 1).and(Characters.ALL);
                if (next.isEmpty() || on.isEmpty()) continue;
                draft.edge(from, on, number(next, end, draft, numbers, open));
            }
        }
        return draft.build().minimal();
    }

    /** Where the end is reached it stays so, whatever else is: such sets are all alike. */
    private int number(
            BitSet reached, int end, AutomatonDraft draft, Map<BitSet, Integer> numbers, ArrayDeque<BitSet> open) {
        BitSet set = reached.get(end) ? closure(List.of(end)) : reached;
        Integer known = numbers.get(set);
        if (known != null) return known;
        int number = draft.state(behind(set, Regex.END).get(end));
        numbers.put(set, number);
        open.add(set);
        return number;
    }

    /** Where ranges of the ways from a set begin, or end before: between two of them all characters are alike. */
    private int[] cuts(BitSet set) {
        var cuts = new TreeSet<Integer>();
        set.stream().forEach(state -> {
            for (Way way : ways.get(state)) {
                step();
                for (int i = 0; i < way.on().ranges(); i++) {
                    cuts.add(Math.min(way.on().first(i), Regex.BEGIN));
                    cuts.add(Math.min(way.on().last(i) + 1, Regex.BEGIN));
                }
            }
        });
        return cuts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What is reached by any number of marks. */
    private BitSet behind(BitSet set, int mark) {
        BitSet all = (BitSet) set.clone();
        for (BitSet next = moved(all, mark); !next.isEmpty(); next = moved(next, mark)) {
            next.andNot(all);
            all.or(next);
        }
        return all;
    }

    private BitSet moved(BitSet set, int character) {
        List<Integer> reached = new ArrayList<>();
        for (int state = set.nextSetBit(0); state >= 0; state = set.nextSetBit(state + 1)) {
            for (Way way : ways.get(state)) if (way.on().contains(character)) reached.add(way.to());
        }
        return closure(reached);
    }

    private BitSet closure(List<Integer> states) {
        BitSet set = new BitSet();
        var open = new ArrayDeque<Integer>();
        for (int state : states) open.add(state);
        while (!open.isEmpty()) {
            int state = open.poll();
            if (set.get(state)) continue;
            set.set(state);
            step();
            open.addAll(free.get(state));
        }
        return set;
    }

    private void step() {
        if (++work > MOST_WORK) throw new TooComplexException(what + " takes too many steps");
    }
}
