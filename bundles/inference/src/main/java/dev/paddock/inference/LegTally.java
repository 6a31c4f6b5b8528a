package dev.paddock.inference;

import dev.paddock.api.engine.Tally;

/** The account of an answer that takes more than one generation. */
final class LegTally {
    private LegTally() {}

    /**
     * Work adds up; what was cached is for the first to say, whose prompt is the answer's.
     *
     * @param promptTokens tokens of that prompt
     * @param completionTokens tokens of the whole answer
     */
    static Tally sum(Tally first, Tally second, int promptTokens, int completionTokens) {
        return new Tally(
                promptTokens,
                Math.min(promptTokens, first.cachedTokens()),
                completionTokens,
                first.shiftedTokens() + second.shiftedTokens(),
                first.draftedTokens() + second.draftedTokens(),
                first.acceptedTokens() + second.acceptedTokens(),
                first.resumes() + second.resumes(),
                first.promptTime().plus(second.promptTime()),
                first.completionTime().plus(second.completionTime()));
    }
}
