package dev.paddock.runner.cache;

import java.util.Arrays;

/** When to save the state of a prompt whose sequence cannot be cut later. */
final class Checkpoints {
    /** Tokens of a prompt between two states. */
    static final int STEP = 1024;

    private final Rewind rewind;
    private final int least;
    /** Where the last state of a sequence was taken; -1 = none is to be taken any more. */
    private final int[] last;
    /** Where a state is taken that a repeated prompt can start from: before its last token. */
    private final int[] end;

    Checkpoints(int sequences, Rewind rewind, int least) {
        this.rewind = rewind;
        this.least = least;
        last = new int[sequences];
        end = new int[sequences];
        Arrays.fill(last, -1);
    }

    void begin(int sequence, int cached, int promptLength) {
        boolean worth = rewind.kind() != Rewind.Kind.ANYWHERE && promptLength - 1 - cached > least;
        last[sequence] = worth ? cached : -1;
        end[sequence] = promptLength - 1;
    }

    /** Whether the state after so many tokens is to be taken now. */
    boolean due(int sequence, int computed) {
        if (last[sequence] < 0) return false;
        if (computed >= end[sequence]) {
            last[sequence] = -1;
            return true;
        }
        // States of windows hold all of the prompt for the layers without one: many of them would be large.
        if (rewind.kind() == Rewind.Kind.WINDOW || computed - last[sequence] < STEP) return false;
        last[sequence] = computed;
        return true;
    }

    /** Where to stop computing, at most there, so that the state can be taken before the last token of the prompt. */
    int stop(int sequence, int from, int to) {
        boolean crosses = last[sequence] >= 0 && from < end[sequence] && to > end[sequence];
        return crosses ? end[sequence] : to;
    }
}
