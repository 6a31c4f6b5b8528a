package dev.paddock.dialect.openai.shared;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.dialect.kit.Choices;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all routes that generate text read alike. Faults: {@link Fault#INVALID_REQUEST} naming the field. */
public final class GenerationFields {
    /** Of other servers; they would change the answer, and nothing here does what they say. */
    private static final String[] OF_OTHERS = {
        "guided_json",
        "guided_regex",
        "guided_choice",
        "guided_grammar",
        "structured_outputs",
        "use_beam_search",
        "min_tokens",
        "bad_words",
        "allowed_token_ids",
        "stop_token_ids",
        "prompt_logprobs",
        "logits_processors",
        "lora",
        "_debug_render_only",
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

    private GenerationFields() {}

    /** The model's name; it is needed. */
    public static String model(Fields body) {
        String asked = body.text("model").orElse("");
        if (asked.isBlank()) throw invalid("model is required");
        return ModelReference.parse(asked).text();
    }

    /** Refuses what is known to mean something that is not done here, and passes over what means nothing. */
    public static void checkOthers(Fields body) {
        body.refuse(OF_OTHERS);
        body.accept(HARMLESS);
    }

    /**
     * How tokens are chosen, and how many.
     *
     * @param limit most tokens; empty = as the model's own options say
     */
    public static Options options(Fields body, Optional<Long> limit) {
        Map<String, Object> options = new HashMap<>();
        options.put(Option.TEMPERATURE.key(), body.number("temperature").orElse(1.0));
        options.put(Option.TOP_P.key(), body.number("top_p").orElse(1.0));
        limit.ifPresent(n -> options.put(Option.NUM_PREDICT.key(), n));
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

    /** How many answers to one prompt are wanted: {@code n}. */
    public static int choices(Fields body) {
        return body.integer("n", 1, Choices.MOST).orElse(1L).intValue();
    }

    /** Those of one of several answers: with the same seed they would all be the same. */
    public static Options ofChoice(Options options, int index) {
        if (!(options.values().get(Option.SEED) instanceof Long seed)) return options;
        Map<Option, Object> values = new EnumMap<>(options.values());
        values.put(Option.SEED, seed + index);
        return new Options(values, options.unknown());
    }

    /** Whether a stream ends with its usage; {@code stream_options} mean nothing, and are refused, without a stream. */
    public static boolean usage(Fields body, boolean stream) {
        var options = body.object("stream_options");
        if (options.isPresent() && !stream) throw invalid("\"stream_options\" needs \"stream\" to be true");
        options.ifPresent(o -> o.accept("include_obfuscation"));
        return options.map(o -> o.flag("include_usage", false)).orElse(false);
    }

    /** Refuses a body that asks for a stream where nobody listens to one. */
    public static void refuseStream(boolean stream) {
        if (stream) throw invalid("\"stream\" must be false or left out: this answer is stored as a whole");
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
