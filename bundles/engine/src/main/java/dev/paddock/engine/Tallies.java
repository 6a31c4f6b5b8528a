package dev.paddock.engine;

import dev.paddock.api.engine.Tally;
import java.time.Duration;

/** What an answer took when it was given by more than one runner. */
final class Tallies {
    private Tallies() {}

    /**
     * The last runner's account as that of the whole answer.
     *
     * @param last what the last runner said, completion tokens of the whole answer
     * @param promptTokens tokens of the prompt as it was given
     * @param resumes how often another runner went on
     * @param lived nanoseconds from the first token to now, pauses included
     */
    static Tally whole(Tally last, int promptTokens, int resumes, long lived) {
        if (resumes == 0) return last;
        return new Tally(
                promptTokens,
                Math.min(last.cachedTokens(), promptTokens),
                last.completionTokens(),
                last.shiftedTokens(),
                last.draftedTokens(),
                last.acceptedTokens(),
                resumes,
                last.promptTime(),
                Duration.ofNanos(lived));
    }
}
