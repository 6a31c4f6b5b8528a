package dev.paddock.settings;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** One JSON object of texts, numbers, booleans, nulls and lists of texts, read and written: what Config Admin can hold. */
final class FlatJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private FlatJson() {}

    /**
     * Key to value in the order of the text; whole numbers are {@link Integer} where they fit.
     *
     * @throws JacksonException with line and column when the text is broken or deeper than that
     */
    static Map<String, Object> read(byte[] text) {
        Map<String, Object> values = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            expect(parser, parser.nextToken() == JsonToken.START_OBJECT, "a file must hold one JSON object, {...}");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                values.put(key, value(parser, key));
            }
            expect(parser, parser.nextToken() == null, "there is more text after the object");
        }
        return values;
    }

    /** The object as people write it, a line for each key. */
    static String write(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(entry -> "  " + text(entry.getKey()) + ": " + text(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    /** The object on one line, without the line's end. */
    static String line(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(Object value) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            switch (value) {
                case null -> json.writeNull();
                case Boolean truth -> json.writeBoolean(truth);
                case Integer number -> json.writeNumber(number);
                case Long number -> json.writeNumber(number);
                case Number number -> json.writeNumber(number.doubleValue());
                case String[] list -> json.writeArray(list, 0, list.length);
                default -> json.writeString(value.toString());
            }
        }
        return text.toString();
    }

    private static Object value(JsonParser parser, String key) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NUMBER_INT -> whole(parser.getLongValue());
            case START_ARRAY -> texts(parser, key);
            default ->
                throw new StreamReadException(
                        parser, "\"" + key + "\" must be a text, a number, true, false, null or a list of texts");
        };
    }

    private static Object whole(long value) {
        if (value == (int) value) return (int) value;
        return value;
    }

    private static String[] texts(JsonParser parser, String key) {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
            expect(parser, text, "the list \"" + key + "\" must hold texts only");
            texts.add(parser.getString());
        }
        return texts.toArray(String[]::new);
    }

    private static void expect(JsonParser parser, boolean right, String otherwise) {
        if (!right) throw new StreamReadException(parser, otherwise);
    }
}
