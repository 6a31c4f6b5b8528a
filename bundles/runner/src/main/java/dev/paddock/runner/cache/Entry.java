package dev.paddock.runner.cache;

import java.util.Arrays;

/** The state of a sequence after these tokens, in host memory. */
final class Entry {
    final String scope;
    final int[] tokens;
    final SavedState state;
    /** When it was last of use, by a counter. */
    long used;
    /** Being restored: not to be freed. */
    boolean pinned;

    Entry(String scope, int[] tokens, SavedState state) {
        this.scope = scope;
        this.tokens = tokens;
        this.state = state;
    }

    long bytes() {
        return bytes(state.bytes().byteSize(), tokens.length);
    }

    /** What an entry takes that holds so much. */
    static long bytes(long state, int tokens) {
        return state + (long) Integer.BYTES * tokens;
    }

    /** How many of the first tokens, at most the limit, a restored and cut state would hold. */
    static int serves(Rewind rewind, int[] held, int[] asked, int limit) {
        int to = Math.min(Math.min(held.length, asked.length), limit);
        int differs = Arrays.mismatch(held, 0, to, asked, 0, to);
        int common = differs < 0 ? to : differs;
        // A saved window has nothing before it.
        int first = rewind.kind() == Rewind.Kind.WINDOW ? Math.max(0, held.length - rewind.window()) : 0;
        return rewind.allows(held.length, first, common) ? common : 0;
    }
}
