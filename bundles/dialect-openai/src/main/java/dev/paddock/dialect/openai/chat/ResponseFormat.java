package dev.paddock.dialect.openai.chat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.dialect.kit.Fields;
import java.util.Locale;
import java.util.Optional;

/** What the content of an answer must keep to: OpenAI's {@code response_format} and two forms of llama.cpp's server. */
final class ResponseFormat {
    private static final String FIELD = "response_format";
    private static final String OWN = "json_schema";

    private ResponseFormat() {}

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the field */
    static Optional<AnswerFormat> parse(Fields body) {
        var asked = body.object(FIELD).flatMap(ResponseFormat::format);
        var own = body.map(OWN).<AnswerFormat>map(schema -> new AnswerFormat.Schema(schema, false, OWN));
        if (asked.isPresent() && own.isPresent()) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST, "\"" + FIELD + "\" and \"" + OWN + "\" exclude each other");
        }
        return asked.or(() -> own);
    }

    private static Optional<AnswerFormat> format(Fields format) {
        return switch (format.text("type").orElse("").strip().toLowerCase(Locale.ROOT)) {
            case "text" -> Optional.empty();
            case "json_object" ->
                format.map("schema")
                        .<AnswerFormat>map(schema -> new AnswerFormat.Schema(schema, false, format.at("schema")))
                        .or(() -> Optional.of(new AnswerFormat.JsonObject()));
            case "json_schema" -> Optional.of(schema(format));
            default -> throw format.wrong("type", "text, json_object or json_schema");
        };
    }

    private static AnswerFormat schema(Fields format) {
        Fields json = format.object("json_schema").orElseThrow(() -> format.wrong("json_schema", "an object"));
        if (json.text("name").orElse("").isBlank()) throw json.wrong("name", "a string that is not empty");
        json.accept("description");
        boolean strict = json.flag("strict", false);
        var schema = json.map("schema").orElseThrow(() -> json.wrong("schema", "a JSON Schema, an object"));
        return new AnswerFormat.Schema(schema, strict, json.at("schema"));
    }
}
