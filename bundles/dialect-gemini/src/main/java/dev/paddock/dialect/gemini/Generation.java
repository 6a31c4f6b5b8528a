package dev.paddock.dialect.gemini;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.dialect.kit.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code generationConfig}, read.
 *
 * @param options how tokens are chosen, and how many at most
 * @param form what the answer shall look like
 * @param thinking whether and how long the model shall think
 */
record Generation(Options options, AnswerForm form, Thinking thinking) {
    private static final String MIME = "responseMimeType";
    private static final String SCHEMA = "responseSchema";
    private static final String JSON_SCHEMA = "responseJsonSchema";
    private static final List<Option> NUMBERS = List.of(
            Option.TEMPERATURE,
            Option.TOP_P,
            Option.TOP_K,
            Option.SEED,
            Option.PRESENCE_PENALTY,
            Option.FREQUENCY_PENALTY);

    static Generation parse(Fields config) {
        config.accept("mediaResolution", "enableEnhancedCivicAnswers");
        config.refuse("speechConfig", "imageConfig");
        if (config.integer("candidateCount", 1, Integer.MAX_VALUE).orElse(1L) != 1) {
            throw config.unsupported("candidateCount");
        }
        for (String modality : config.texts("responseModalities")) {
            if (!modality.equalsIgnoreCase("TEXT")) throw config.unsupported("responseModalities");
        }
        Thinking thinking = Thinking.parse(config.object("thinkingConfig").orElse(Fields.protobuf(Map.of())));
        AnswerForm form =
                new AnswerForm(format(config), thinking.tokens(), logprobs(config), Optional.empty(), Optional.empty());
        return new Generation(options(config), form, thinking);
    }

    private static Options options(Fields config) {
        Map<String, Object> options = new HashMap<>();
        // Their names in snake_case are ours.
        for (Option option : NUMBERS) config.number(option.key()).ifPresent(n -> options.put(option.key(), n));
        config.integer("maxOutputTokens", 1, Integer.MAX_VALUE)
                .ifPresent(n -> options.put(Option.NUM_PREDICT.key(), n));
        List<String> stop = config.texts("stopSequences");
        if (!stop.isEmpty()) options.put(Option.STOP.key(), stop);
        return Options.of(options);
    }

    private static int logprobs(Fields config) {
        int top = config.integer("logprobs", 0, GenerationOrder.MOST_LOGPROBS)
                .orElse(0L)
                .intValue();
        if (config.flag("responseLogprobs", false)) return top;
        if (top > 0) throw invalid("\"" + config.at("logprobs") + "\" needs \"responseLogprobs\" to be true");
        return -1;
    }

    private static Optional<AnswerFormat> format(Fields config) {
        var schema = schema(config);
        String mime = config.text(MIME).orElse("");
        return switch (mime) {
            case "", "text/plain" -> {
                if (schema.isPresent() && mime.isEmpty()) yield schema;
                if (schema.isPresent()) throw invalid("a schema needs \"" + config.at(MIME) + "\" application/json");
                yield Optional.empty();
            }
            case "application/json" -> schema.or(() -> Optional.of(new AnswerFormat.JsonObject()));
            default -> throw config.wrong(MIME, "text/plain or application/json");
        };
    }

    private static Optional<AnswerFormat> schema(Fields config) {
        var openApi = config.map(SCHEMA)
                .map(schema -> new AnswerFormat.Schema(OpenApiSchema.toJson(schema), false, config.at(SCHEMA)));
        var json = config.map(JSON_SCHEMA)
                .or(() -> config.map("_" + JSON_SCHEMA))
                .map(schema -> new AnswerFormat.Schema(schema, false, config.at(JSON_SCHEMA)));
        if (openApi.isPresent() && json.isPresent()) {
            throw invalid("\"" + SCHEMA + "\" and \"" + JSON_SCHEMA + "\" exclude each other");
        }
        return openApi.or(() -> json).map(AnswerFormat.class::cast);
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
