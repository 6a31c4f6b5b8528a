package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import java.util.Arrays;

/**
 * The special tokens that a model wants around a text.
 *
 * @param opening those before it
 * @param closing those after it
 */
record Frame(int[] opening, int[] closing) {
    /** Any text that has tokens in every vocabulary. */
    private static final String SAMPLE = "a";

    /** Learns them from how a text is tokenized, so that it holds for every kind of vocabulary. */
    static Frame of(LoadedModel model) {
        int[] bare = model.tokenize(SAMPLE, false, false);
        int[] framed = model.tokenize(SAMPLE, true, false);
        for (int start = 0; start + bare.length <= framed.length; start++) {
            int end = start + bare.length;
            if (Arrays.equals(framed, start, end, bare, 0, bare.length)) {
                return new Frame(Arrays.copyOf(framed, start), Arrays.copyOfRange(framed, end, framed.length));
            }
        }
        return new Frame(new int[0], new int[0]);
    }

    static int[] join(int[]... parts) {
        int length = 0;
        for (int[] part : parts) length += part.length;
        int[] all = new int[length];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
