package dev.paddock.dialect.openai.chat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.dialect.kit.AnswerForms;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a chat completion, read.
 *
 * @param request what the inference is asked
 * @param stream whether pieces are sent as they come
 * @param usage whether a stream ends with its usage
 */
record ChatBody(ChatRequest request, boolean stream, boolean usage) {
    private static final String[] NOT_YET = {
        "audio", "prediction", "web_search_options", "functions", "function_call", "_debug_render_only",
    };
    /** They say something about the caller or the vendor's service, nothing about the answer. */
    private static final String[] HARMLESS = {
        "user", "store", "metadata", "service_tier", "prompt_cache_key", "safety_identifier", "prompt_cache_retention",
    };

    /** Names that llama.cpp's server takes beside OpenAI's, and {@code logit_bias}, which both have. */
    private static final List<Option> LLAMA_CPP = List.of(
            Option.TOP_K,
            Option.MIN_P,
            Option.TYPICAL_P,
            Option.TOP_N_SIGMA,
            Option.DYNATEMP_RANGE,
            Option.DYNATEMP_EXPONENT,
            Option.REPEAT_LAST_N,
            Option.REPEAT_PENALTY,
            Option.XTC_PROBABILITY,
            Option.XTC_THRESHOLD,
            Option.DRY_MULTIPLIER,
            Option.DRY_BASE,
            Option.DRY_ALLOWED_LENGTH,
            Option.DRY_PENALTY_LAST_N,
            Option.DRY_SEQUENCE_BREAKERS,
            Option.MIROSTAT,
            Option.MIROSTAT_TAU,
            Option.MIROSTAT_ETA,
            Option.LOGIT_BIAS,
            Option.IGNORE_EOS);

    static ChatBody parse(Fields body) {
        String asked = body.text("model").orElse("");
        if (asked.isBlank()) throw new PaddockException(Fault.INVALID_REQUEST, "model is required");
        String model = ModelReference.parse(asked).text();
        body.refuse(NOT_YET);
        body.accept(HARMLESS);
        refuseOtherForms(body);
        Tools tools = Tools.parse(body);
        Reasoning reasoning = Reasoning.parse(body);
        ChatRequest request = new ChatRequest(
                model,
                new ChatMessages().parse(body),
                tools.offered(),
                tools.choice(),
                reasoning.think(),
                reasoning.variables(),
                AnswerForms.parse(body, ResponseFormat.parse(body), reasoning.tokens()),
                options(body),
                Optional.empty());
        boolean usage = body.object("stream_options")
                .map(o -> o.flag("include_usage", false))
                .orElse(false);
        return new ChatBody(request, body.flag("stream", false), usage);
    }

    /** One answer, in text, is what this version gives. */
    private static void refuseOtherForms(Fields body) {
        if (body.integer("n", 1, Integer.MAX_VALUE).orElse(1L) != 1) throw body.unsupported("n");
        if (!List.of("text").containsAll(body.list("modalities"))) throw body.unsupported("modalities");
    }

    private static Options options(Fields body) {
        Map<String, Object> options = new HashMap<>();
        options.put(Option.TEMPERATURE.key(), body.number("temperature").orElse(1.0));
        options.put(Option.TOP_P.key(), body.number("top_p").orElse(1.0));
        Optional<Long> most = body.integer("max_tokens", 1, Integer.MAX_VALUE);
        body.integer("max_completion_tokens", 1, Integer.MAX_VALUE)
                .or(() -> most)
                .ifPresent(n -> options.put(Option.NUM_PREDICT.key(), n));
        body.number("seed").ifPresent(n -> options.put(Option.SEED.key(), n));
        body.number("frequency_penalty").ifPresent(n -> options.put(Option.FREQUENCY_PENALTY.key(), n));
        body.number("presence_penalty").ifPresent(n -> options.put(Option.PRESENCE_PENALTY.key(), n));
        for (Option option : LLAMA_CPP) {
            body.value(option.key()).ifPresent(value -> options.put(option.key(), value));
        }
        body.value("n_keep").ifPresent(value -> options.put(Option.NUM_KEEP.key(), value));
        List<String> stop = body.textOrTexts("stop");
        if (!stop.isEmpty()) options.put(Option.STOP.key(), stop);
        return Options.of(options);
    }
}
