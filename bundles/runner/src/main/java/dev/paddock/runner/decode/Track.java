package dev.paddock.runner.decode;

import java.util.Arrays;

/** The tokens of a sequence, and how many of them, from the first on, the KV cache holds. */
final class Track {
    private int[] tokens;
    private int length;
    private int computed;

    /** @param prompt is not changed */
    Track(int[] prompt) {
        tokens = prompt;
        length = prompt.length;
    }

    /** The first {@link #length} places count; grows by itself, so ask again after a token was appended. */
    int[] tokens() {
        return tokens;
    }

    int length() {
        return length;
    }

    int token(int position) {
        return tokens[position];
    }

    int computed() {
        return computed;
    }

    /** Tokens that are not in the cache yet. */
    int pending() {
        return length - computed;
    }

    /** So many tokens are in the cache now. */
    void computed(int count) {
        if (count < 0 || count > length) throw new IllegalArgumentException(count + " of " + length);
        computed = count;
    }

    /** How many tokens at the beginning are the same. */
    int common(Track other) {
        return SharedPrompt.common(tokens, length, other.tokens, other.length);
    }

    void append(int token) {
        if (length == tokens.length) tokens = Arrays.copyOf(tokens, length + length / 2 + 64);
        tokens[length++] = token;
    }

    /** Leaves out tokens; those behind move to their place. They are computed, or none is. */
    void drop(int from, int count) {
        int[] rest = Arrays.copyOf(tokens, tokens.length); // the prompt's own array stays as it is
        System.arraycopy(tokens, from + count, rest, from, length - from - count);
        tokens = rest;
        length -= count;
        computed = Math.max(0, computed - count);
    }
}
