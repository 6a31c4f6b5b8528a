package dev.paddock.prompt.grammar.regular;

/** Automata that count characters. */
public final class Counted {
    private Counted() {}

    /**
     * The texts of so many characters.
     *
     * @param most {@link Automaton#ENDLESS} = without bound
     * @throws TooComplexException when it would count too far
     */
    public static Automaton between(long least, long most) {
        AutomatonDraft draft = new AutomatonDraft("a length of " + (most == Automaton.ENDLESS ? least : most));
        long last = most == Automaton.ENDLESS ? least : most;
        int state = draft.state(least == 0);
        for (long i = 0; i < last; i++) {
            int next = draft.state(i + 1 >= least);
            draft.edge(state, Characters.ALL, next);
            state = next;
        }
        if (most == Automaton.ENDLESS) draft.edge(state, Characters.ALL, state);
        return draft.build();
    }
}
