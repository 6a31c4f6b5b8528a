package dev.paddock.dialect.kit;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ContextPolicy;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what an answer shall look like: fields that all dialects have in common. */
public final class AnswerForms {
    private AnswerForms() {}

    /**
     * From {@code logprobs}, {@code top_logprobs}, {@code grammar}, {@code truncate}, {@code shift} and {@code adapters}.
     *
     * @param format what the dialect's own field for the format asks for
     * @param thoughtTokens most tokens of its thoughts, by the dialect's own field
     * @throws PaddockException with {@link Fault#INVALID_REQUEST}
     */
    public static AnswerForm parse(Fields body, Optional<AnswerFormat> format, OptionalInt thoughtTokens) {
        return parse(body, format, thoughtTokens, logprobs(body));
    }

    /**
     * {@link #parse(Fields, Optional, OptionalInt)} for an API whose {@code logprobs} are something else.
     *
     * @param logprobs as in {@link AnswerForm}
     */
    public static AnswerForm parse(
            Fields body, Optional<AnswerFormat> format, OptionalInt thoughtTokens, int logprobs) {
        var grammar = body.text("grammar").filter(text -> !text.isBlank());
        if (grammar.isPresent() && format.isPresent()) {
            throw invalid("\"grammar\" and a format exclude each other; leave one of them out");
        }
        return new AnswerForm(
                grammar.<AnswerFormat>map(AnswerFormat.Grammar::new).or(() -> format),
                thoughtTokens,
                logprobs,
                overflow(body),
                AdapterChoices.parse(body));
    }

    private static int logprobs(Fields body) {
        int top = body.number("top_logprobs").map(AnswerForms::count).orElse(0);
        if (body.flag("logprobs", false)) return top;
        if (top > 0) throw invalid("\"top_logprobs\" needs \"logprobs\" to be true");
        return -1;
    }

    private static int count(Number number) {
        double value = number.doubleValue();
        if (value != Math.rint(value) || value < 0 || value > GenerationOrder.MOST_LOGPROBS) {
            throw invalid("top_logprobs must be between 0 and " + GenerationOrder.MOST_LOGPROBS);
        }
        return number.intValue();
    }

    private static Optional<ContextPolicy> overflow(Fields body) {
        boolean said = body.value("truncate").isPresent() | body.value("shift").isPresent();
        boolean truncate = body.flag("truncate", false);
        if (body.flag("shift", false)) return Optional.of(ContextPolicy.SHIFT);
        if (truncate) return Optional.of(ContextPolicy.TRUNCATE);
        return said ? Optional.of(ContextPolicy.ERROR) : Optional.empty();
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
