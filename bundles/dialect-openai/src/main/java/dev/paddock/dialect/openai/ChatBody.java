package dev.paddock.dialect.openai;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.dialect.kit.AnswerForms;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.JsonGrammar;
import dev.paddock.dialect.kit.ModelReference;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
        "user",
        "store",
        "metadata",
        "service_tier",
        "parallel_tool_calls",
        "prompt_cache_key",
        "safety_identifier",
        "prompt_cache_retention",
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
        ChatRequest request = new ChatRequest(
                model,
                new ChatMessages().parse(body),
                tools(body),
                think(body),
                AnswerForms.parse(body, format(body)),
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

    /** What the form of the response asks for. */
    private static Optional<AnswerFormat> format(Fields body) {
        return body.object("response_format")
                .flatMap(
                        format -> switch (format.text("type").orElse("").strip().toLowerCase(Locale.ROOT)) {
                            case "text" -> Optional.empty();
                            case "json_object" -> Optional.of(new AnswerFormat.Grammar(JsonGrammar.TEXT));
                            default -> throw body.unsupported("response_format");
                        });
    }

    private static List<Tool> tools(Fields body) {
        List<Tool> tools = body.objects("tools").stream().map(ChatBody::tool).toList();
        return switch (body.value("tool_choice").orElse("auto")) {
            case String s when s.equals("auto") -> tools;
            case String s when s.equals("none") -> List.of();
            default ->
                throw new PaddockException(
                        Fault.INVALID_REQUEST,
                        "\"tool_choice\" other than \"auto\" and \"none\" is not supported in this version of Paddock");
        };
    }

    private static Tool tool(Fields json) {
        if (!json.text("type").orElse("function").equals("function")) throw json.wrong("type", "function");
        Fields function = json.object("function").orElseThrow(() -> json.wrong("function", "an object"));
        String name = function.text("name").orElse("");
        if (name.isBlank()) throw function.wrong("name", "a string that is not empty");
        return new Tool(name, json.whole());
    }

    private static Think think(Fields body) {
        Optional<String> effort = body.object("reasoning").flatMap(r -> r.text("effort"));
        Optional<String> plain = body.text("reasoning_effort");
        return effort.or(() -> plain)
                .map(e -> switch (e) {
                    case "none" -> Think.OFF;
                    case "minimal", "low" -> Think.LOW;
                    case "medium" -> Think.MEDIUM;
                    case "high" -> Think.HIGH;
                    case "xhigh", "ultra", "max" -> Think.MAX;
                    default ->
                        throw new PaddockException(
                                Fault.INVALID_REQUEST,
                                "invalid reasoning value: \"" + e + "\" (must be \"minimal\", \"low\", \"medium\","
                                        + " \"high\", \"xhigh\", \"ultra\", \"max\", or \"none\")");
                })
                .orElse(Think.UNSET);
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
