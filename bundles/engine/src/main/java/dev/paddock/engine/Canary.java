package dev.paddock.engine;

import dev.paddock.api.engine.Logprob;
import java.util.List;
import java.util.Locale;

/**
 * Whether a new runner answers as the old one does, and not much slower: judged by a short greedy answer of each to the
 * same prompt. Backends round differently, so a difference is allowed where two tokens are about as likely.
 */
final class Canary {
    /** Likeliest tokens of the new runner among which the old one's must be where they part. */
    static final int TOP = 5;

    private Canary() {}

    /**
     * What is allowed.
     *
     * @param tolerance how far natural logarithms of probabilities may be apart
     * @param speed the least speed, as a part of the old one's; 0 = is not looked at
     */
    record Rules(double tolerance, double speed) {}

    /**
     * A runner's answer.
     *
     * @param tokens what it said, each with the {@link #TOP} likeliest of its place
     * @param speed tokens a second; 0 = not measured
     */
    record Answer(List<Logprob> tokens, double speed) {
        Answer {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * The judgement.
     *
     * @param reason in words, with the numbers
     */
    record Verdict(boolean passed, String reason) {}

    /** Compares the new runner's answer with the old one's. */
    static Verdict judge(Answer old, Answer fresh, Rules rules) {
        if (fresh.tokens().isEmpty() && !old.tokens().isEmpty())
            return failed("it said nothing where the old one spoke");
        double farthest = 0;
        int same = 0;
        int shared = Math.min(old.tokens().size(), fresh.tokens().size());
        for (; same < shared; same++) {
            var before = old.tokens().get(same);
            var after = fresh.tokens().get(same);
            if (!Float.isFinite(after.value())) return failed("it gave no probability for token " + (same + 1));
            if (before.token() != after.token()) {
                double behind = behind(before.token(), after);
                if (!(behind <= rules.tolerance())) return failed(parted(same, before, after, behind, rules));
                break;
            }
            double apart = Math.abs(before.value() - after.value());
            if (!(apart <= rules.tolerance())) {
                return failed("token " + (same + 1) + " was the same, but its likelihood is " + number(apart)
                        + " away from the old one's, more than " + number(rules.tolerance()));
            }
            farthest = Math.max(farthest, apart);
        }
        return speed(
                old, fresh, rules, same + " of " + shared + " tokens alike, at most " + number(farthest) + " apart");
    }

    private static Verdict speed(Answer old, Answer fresh, Rules rules, String alike) {
        boolean known = old.speed() > 0 && fresh.speed() > 0;
        String speeds = number(fresh.speed()) + " tokens/s where the old one makes " + number(old.speed());
        if (known && rules.speed() > 0 && fresh.speed() < rules.speed() * old.speed()) {
            return failed(
                    "it is too slow: " + speeds + ", and at least " + number(rules.speed()) + " of that is wanted");
        }
        return new Verdict(true, known ? alike + ", " + speeds : alike);
    }

    /** How much less likely than its best the new runner finds a token; infinite when it is not among its likeliest. */
    private static double behind(int token, Logprob after) {
        double best =
                after.top().isEmpty() ? after.value() : after.top().getFirst().value();
        return after.top().stream()
                .limit(TOP)
                .filter(candidate -> candidate.token() == token)
                .mapToDouble(candidate -> best - candidate.value())
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static String parted(int index, Logprob before, Logprob after, double behind, Rules rules) {
        String how = Double.isInfinite(behind)
                ? "which is not among the " + TOP + " likeliest of the new one"
                : "which is " + number(behind) + " less likely than the best of the new one, more than "
                        + number(rules.tolerance());
        return "token " + (index + 1) + " is " + after.token() + "; the old one said " + before.token() + ", " + how;
    }

    private static Verdict failed(String reason) {
        return new Verdict(false, reason);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
