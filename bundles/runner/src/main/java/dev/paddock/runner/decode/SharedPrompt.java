package dev.paddock.runner.decode;

import java.util.Arrays;

/** Whether a prompt waits for another that is being computed, because they begin alike: nothing is computed twice. */
final class SharedPrompt {
    /** Fewer tokens than this are computed sooner than waited for. */
    static final int WORTH_WAITING = 32;

    private SharedPrompt() {}

    /** How many tokens two prompts have in common at their beginning. */
    static int common(int[] one, int oneLength, int[] other, int otherLength) {
        int most = Math.min(oneLength, otherLength);
        int different = Arrays.mismatch(one, 0, most, other, 0, most);
        return different < 0 ? most : different;
    }

    /**
     * Decides.
     *
     * @param common tokens at the beginning of both prompts
     * @param length of the prompt that may wait; its last token is always computed
     * @param computed tokens of the other prompt that are in the cache
     * @return how far the other has to be before this one starts; 0 = start now
     */
    static int waitUntil(int common, int length, int computed) {
        int usable = Math.min(common, length - 1);
        return usable - computed >= WORTH_WAITING ? usable : 0;
    }
}
