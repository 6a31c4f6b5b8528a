package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code text} says of the content.
 *
 * @param format what it must keep to
 * @param echo the field as a response shows it
 * @param notes what could not be followed, in sentences
 */
record TextForm(Optional<AnswerFormat> format, Map<String, Object> echo, List<String> notes) {
    private static final String FORMAT = "format";
    private static final String TYPE = "type";
    private static final Map<String, Object> PLAIN = Map.of(TYPE, "text");

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the field */
    static TextForm parse(Fields body) {
        var text = body.object("text").orElse(new Fields(Map.of()));
        String verbosity = text.text("verbosity").orElse("medium");
        if (!List.of("low", "medium", "high").contains(verbosity)) {
            throw text.wrong("verbosity", "low, medium or high");
        }
        var echo = new Reply().put(FORMAT, text.map(FORMAT).orElse(PLAIN)).put("verbosity", verbosity);
        List<String> notes = verbosity.equals("medium")
                ? List.of()
                : List.of("\"text.verbosity\" has no effect: the models know no such wish; say it in the instructions");
        return new TextForm(text.object(FORMAT).flatMap(TextForm::format), echo.json(), notes);
    }

    private static Optional<AnswerFormat> format(Fields format) {
        return switch (format.text(TYPE).orElse("")) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(new AnswerFormat.JsonObject());
            case "json_schema" -> Optional.of(schema(format));
            default -> throw format.wrong(TYPE, "text, json_object or json_schema");
        };
    }

    private static AnswerFormat schema(Fields format) {
        if (format.text("name").orElse("").isBlank()) throw format.wrong("name", "a string that is not empty");
        format.accept("description");
        boolean strict = format.flag("strict", false);
        var schema = format.map("schema").orElseThrow(() -> format.wrong("schema", "a JSON Schema, an object"));
        return new AnswerFormat.Schema(schema, strict, format.at("schema"));
    }
}
