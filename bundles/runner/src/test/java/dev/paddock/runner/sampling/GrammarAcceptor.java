package dev.paddock.runner.sampling;

/** Whether texts keep to a grammar, as the runner follows it; for the tests of those who write grammars. */
public final class GrammarAcceptor {
    private final Grammar grammar;

    /** @throws dev.paddock.runner.llama.LlamaException when the runner would refuse the grammar */
    public GrammarAcceptor(String gbnf) {
        grammar = Gbnf.parse(gbnf);
    }

    Grammar grammar() {
        return grammar;
    }

    /** Whether a text is whole by the grammar. */
    public boolean accepts(String text) {
        return read(text) == text.length();
    }

    /** How much of a text may stand at the beginning of one that is whole; -1 if all of it may, and it is not whole. */
    public int read(String text) {
        try (GrammarStates states = new GrammarStates(grammar)) {
            int state = states.start();
            for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
                states.renewWork();
                state = states.next(state, text.codePointAt(i));
                if (states.exhausted()) throw new IllegalStateException("too many readings of " + text);
                if (state == GrammarStates.DEAD) return i;
                state = states.tidy(state);
            }
            return states.whole(state) ? text.length() : -1;
        }
    }
}
