package dev.paddock.engine;

import dev.paddock.api.engine.Tally;
import java.util.Optional;

/**
 * Keeps account of an answer that may be given by more than one runner: each says what the answer took there so far, and
 * what it said last before it died or was left is kept. What nobody was told, such as a prompt that was being computed, is left out.
 * Not safe for many threads.
 */
final class Tallies {
    /** Of all runners before; null = they said nothing. */
    private Tally died;
    /** Of the runner of the time; null = it has said nothing. */
    private Tally current;

    /** The runner of the time said what the answer took there so far. */
    void soFar(Tally told) {
        current = told;
    }

    /** The account up to now, as {@link #whole}; empty when nobody has said anything. */
    Optional<Tally> soFar(int promptTokens, int resumes) {
        if (current == null && died == null) return Optional.empty();
        return Optional.of(sum(current == null ? died : after(current), promptTokens, resumes));
    }

    /** That runner died, or goes on without it. */
    void leaveRunner() {
        if (current != null) died = after(current);
        current = null;
    }

    /**
     * The account of the whole answer.
     *
     * @param last the last runner's own, at the end
     * @param promptTokens tokens of the prompt as it was given
     * @param resumes how often another runner went on
     */
    Tally whole(Tally last, int promptTokens, int resumes) {
        return sum(after(last), promptTokens, resumes);
    }

    private static Tally sum(Tally all, int promptTokens, int resumes) {
        return new Tally(
                promptTokens,
                Math.min(all.cachedTokens(), promptTokens),
                all.completionTokens(),
                all.shiftedTokens(),
                all.draftedTokens(),
                all.acceptedTokens(),
                resumes,
                all.promptTime(),
                all.completionTime());
    }

    /**
     * Work adds up. Tokens generated and shifted are counted by each runner from the answer's beginning, and what was
     * cached is for the first to say: later ones may find what others had to compute again.
     */
    private Tally after(Tally next) {
        if (died == null) return next;
        return new Tally(
                next.promptTokens(),
                died.cachedTokens(),
                next.completionTokens(),
                next.shiftedTokens(),
                died.draftedTokens() + next.draftedTokens(),
                died.acceptedTokens() + next.acceptedTokens(),
                0,
                died.promptTime().plus(next.promptTime()),
                died.completionTime().plus(next.completionTime()));
    }
}
