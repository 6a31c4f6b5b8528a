package dev.paddock.dialect.anthropic;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.dialect.kit.AnswerForms;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The body of a request, read.
 *
 * @param request what the inference is asked
 * @param stream whether pieces are sent as they come
 * @param showsThoughts whether the text of thoughts is sent
 */
record MessagesBody(ChatRequest request, boolean stream, boolean showsThoughts) {
    /** What would change the answer, and cannot be done here. */
    private static final String[] NOT_HERE = {"mcp_servers", "container", "logprobs", "top_logprobs"};
    /** They say something about the caller, the vendor's service or what may be cached, which all of it is. */
    private static final String[] HARMLESS = {
        "metadata",
        "service_tier",
        "cache_control",
        "inference_geo",
        "speed",
        "user_profile_id",
        "workspace_id",
        "diagnostics",
    };

    private static final String MOST = "max_tokens";

    static MessagesBody parse(Fields body, Predicate<ModelName> thinkers) {
        ModelReference model = model(body);
        long most = body.integer(MOST, 1, Integer.MAX_VALUE)
                .orElseThrow(() -> invalid("\"max_tokens\" is needed: most tokens of the answer"));
        return parse(body, model, most, thinkers);
    }

    /** The same for a request whose tokens are to be counted: it needs no {@code max_tokens}. */
    static MessagesBody toCount(Fields body, Predicate<ModelName> thinkers) {
        return parse(body, model(body), body.integer(MOST, 1, Integer.MAX_VALUE).orElse(1L), thinkers);
    }

    private static MessagesBody parse(Fields body, ModelReference model, long most, Predicate<ModelName> thinkers) {
        body.refuse(NOT_HERE);
        body.accept(HARMLESS);
        Fields output = body.object("output_config").orElse(new Fields(Map.of()));
        Thinking thinking = Thinking.parse(body, output, () -> thinkers.test(model.name()));
        Tools tools = Tools.parse(body);
        ChatRequest request = new ChatRequest(
                model.text(),
                new Turns().parse(body),
                tools.offered(),
                tools.choice(),
                thinking.think(),
                Map.of(),
                AnswerForms.parse(body, format(body, output), thinking.tokens()),
                options(body, most),
                Optional.empty());
        return new MessagesBody(request, body.flag("stream", false), thinking.shown());
    }

    private static ModelReference model(Fields body) {
        return body.text("model")
                .filter(name -> !name.isBlank())
                .map(ModelReference::parse)
                .orElseThrow(() -> invalid("\"model\" is needed: the name of an installed model"));
    }

    /** Under its present name or the one it had as a beta. */
    private static Optional<AnswerFormat> format(Fields body, Fields output) {
        return output.object("format").or(() -> body.object("output_format")).map(format -> {
            if (!format.text("type").orElse("").equals("json_schema")) throw format.wrong("type", "json_schema");
            var schema = format.map("schema").orElseThrow(() -> format.wrong("schema", "a JSON Schema, an object"));
            return new AnswerFormat.Schema(schema, true, format.at("schema"));
        });
    }

    private static Options options(Fields body, long most) {
        Map<String, Object> options = new HashMap<>();
        options.put(Option.NUM_PREDICT.key(), most);
        for (Option option : List.of(Option.TEMPERATURE, Option.TOP_P, Option.TOP_K)) {
            body.number(option.key()).ifPresent(n -> options.put(option.key(), n));
        }
        List<String> stop = body.texts("stop_sequences");
        if (!stop.isEmpty()) options.put(Option.STOP.key(), stop);
        return Options.of(options);
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
