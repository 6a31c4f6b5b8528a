package dev.paddock.prompt.grammar.regular;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A deterministic finite automaton over characters. It starts in state 0, the edges of a state share no character, and
 * from every state but perhaps the first some text is accepted. Immutable; made by {@link AutomatonDraft}.
 */
public final class Automaton {
    /** Most states of any automaton: each becomes a line of a grammar. */
    public static final int MOST_STATES = 4000;

    /** Accepts no text. */
    public static final Automaton NOTHING = new Automaton(List.of(List.of()), new BitSet());

    private static final int NONE = -1;
    /** Of {@link #longest} when there is no longest text. */
    public static final long ENDLESS = Long.MAX_VALUE;

    /**
     * A way from a state.
     *
     * @param on the characters that it is taken on; at least one
     * @param to the state it leads to
     */
    public record Edge(Characters on, int to) {}

    private final List<List<Edge>> edges;
    private final BitSet accepting;
    private final Lengths lengths;

    Automaton(List<List<Edge>> edges, BitSet accepting) {
        this.edges = edges;
        this.accepting = accepting;
        lengths = new Lengths(this);
    }

    /** How many states there are. */
    public int states() {
        return edges.size();
    }

    /** The ways from a state. */
    public List<Edge> edges(int state) {
        return edges.get(state);
    }

    /** Whether a text may end in this state. */
    public boolean accepts(int state) {
        return accepting.get(state);
    }

    /** Whether it accepts this text. */
    public boolean accepts(String text) {
        int state = 0;
        for (int i = 0; i < text.length() && state != NONE; i += Character.charCount(text.codePointAt(i))) {
            state = next(state, text.codePointAt(i));
        }
        return state != NONE && accepts(state);
    }

    private int next(int state, int character) {
        for (Edge edge : edges(state)) if (edge.on().contains(character)) return edge.to();
        return NONE;
    }

    /** Whether the other has the same states and edges; it may accept the same texts though it has not. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Automaton automaton
                && edges.equals(automaton.edges)
                && accepting.equals(automaton.accepting);
    }

    @Override
    public int hashCode() {
        return 31 * edges.hashCode() + accepting.hashCode();
    }

    /** Whether it accepts no text at all. */
    public boolean isEmpty() {
        return edges(0).isEmpty() && !accepts(0);
    }

    /** Characters of the shortest text it accepts; {@link #ENDLESS} when there is none. */
    public long shortest() {
        return lengths.shortest(0);
    }

    /** Characters of the longest text it accepts; {@link #ENDLESS} when they have no bound, -1 when there is none. */
    public long longest() {
        return lengths.longest(0);
    }

    /**
     * The texts that this and another accept.
     *
     * @throws TooComplexException when it would be too large
     */
    public Automaton and(Automaton other) {
        return new Product(this, other).automaton();
    }

    /** The same with as few states as there need to be, unless it would take long to find them. */
    public Automaton minimal() {
        return new Minimizing(this, lengths).automaton();
    }

    /**
     * Characters of one set, some times.
     *
     * @param least how many there must be; there may be any number more
     */
    public record Run(Characters on, int least) {}

    /** What it accepts, if that is a run of characters; it must be minimal. */
    public Optional<Run> run() {
        if (states() > 2 || edges(0).size() != 1 || !accepts(states() - 1)) return Optional.empty();
        Characters on = edges(0).getFirst().on();
        if (states() == 1) return Optional.of(new Run(on, 0));
        boolean loops = edges(1).equals(edges(0)) && edges(0).getFirst().to() == 1;
        return loops && !accepts(0) ? Optional.of(new Run(on, 1)) : Optional.empty();
    }
}
