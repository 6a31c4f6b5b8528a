package dev.paddock.cli.bench;

/**
 * How many words make so many tokens for one server: its template adds some, its vocabulary may split words.
 *
 * @param overhead tokens around the words
 * @param perWord tokens of a word, above 0
 */
record PromptLength(double overhead, double perWord) {
    /** One word a token: for a server that does not count. */
    static final PromptLength UNKNOWN = new PromptLength(0, 1);

    /** As two prompts of different length were counted. */
    static PromptLength of(int fewWords, long fewTokens, int manyWords, long manyTokens) {
        if (fewTokens <= 0 || manyTokens <= fewTokens) return UNKNOWN;
        double perWord = (double) (manyTokens - fewTokens) / (manyWords - fewWords);
        return new PromptLength(Math.max(0, fewTokens - perWord * fewWords), perWord);
    }

    /** So many words, at least one, make about so many tokens. */
    int words(int tokens) {
        return (int) Math.max(1, Math.round((tokens - overhead) / perWord));
    }
}
