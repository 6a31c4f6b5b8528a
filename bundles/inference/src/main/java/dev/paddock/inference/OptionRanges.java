package dev.paddock.inference;

import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import java.math.BigDecimal;
import java.util.List;

/**
 * Refuses values that make no sense, naming option, value and range. What the model need not be known for is looked at
 * before one is loaded; how to load it is the scheduler's to check.
 */
final class OptionRanges {
    private static final int MOST_TEXTS = 64;
    private static final int LONGEST_STOP = 4096;
    /** llama.cpp cuts longer ones in silence. */
    private static final int LONGEST_BREAKER = 40;

    private static final double MUCH = 1e6;

    private OptionRanges() {}

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} */
    static void check(Options options) {
        options.values().forEach((option, value) -> {
            if (value instanceof Number number) check(option, number);
        });
        check(Option.STOP, options.stop(), LONGEST_STOP);
        check(Option.DRY_SEQUENCE_BREAKERS, options.texts(Option.DRY_SEQUENCE_BREAKERS, List.of()), LONGEST_BREAKER);
        options.biases().forEach((token, value) -> {
            if (value > MUCH || value < -MUCH && !value.isInfinite()) {
                throw out(Option.LOGIT_BIAS, value + " for token " + token, "-1000000 to 1000000, or false");
            }
        });
    }

    private static void check(Option option, Number number) {
        double value = number.doubleValue();
        if (value < option.least() || value > option.most()) {
            throw out(option, plain(value), plain(option.least()) + " to " + plain(option.most()));
        }
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    private static void check(Option option, List<String> texts, int longest) {
        if (texts.size() > MOST_TEXTS) {
            throw invalid(option, "has " + texts.size() + " texts; at most " + MOST_TEXTS + " are allowed");
        }
        for (String text : texts) {
            if (text.isEmpty()) throw invalid(option, "holds an empty text; leave it out");
            if (text.length() > longest) {
                throw invalid(
                        option,
                        "holds a text of " + text.length() + " characters; at most " + longest + " are allowed");
            }
        }
    }

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} for what goes beyond the model's vocabulary */
    static void checkVocabulary(Options options, RunnerFacts facts) {
        int vocabulary = facts.vocabulary();
        int topK = options.integer(Option.TOP_K, 0);
        if (topK > vocabulary) {
            throw out(Option.TOP_K, Integer.toString(topK), "at most " + vocabulary + ", the model's vocabulary");
        }
        for (int token : options.biases().keySet()) {
            if (token >= vocabulary) {
                throw invalid(
                        Option.LOGIT_BIAS,
                        "names token " + token + ", which is not one of this model's " + vocabulary + " tokens");
            }
        }
    }

    private static PaddockException out(Option option, String value, String allowed) {
        return invalid(option, "is " + value + "; it must be " + allowed);
    }

    private static PaddockException invalid(Option option, String what) {
        return new PaddockException(Fault.INVALID_REQUEST, "option \"" + option.key() + "\" " + what);
    }
}
