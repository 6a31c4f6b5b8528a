package dev.paddock.cli.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** JSON as plain Java: maps in order, lists, texts, longs (larger ones as big integers), doubles, booleans, nulls. */
public final class Json {
    private static final JsonFactory JSON = new JsonFactory();

    private Json() {}

    /**
     * Reads one object.
     *
     * @throws JacksonException when it is broken or no object
     */
    public static Map<String, Object> object(byte[] text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "a JSON object was expected");
            }
            return object(parser);
        }
    }

    /**
     * Reads one value of any kind, and nothing behind it.
     *
     * @throws JacksonException when it is broken
     */
    public static Object value(byte[] text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) throw new StreamReadException(parser, "there is nothing");
            Object value = value(parser);
            if (parser.nextToken() != null) throw new StreamReadException(parser, "there is more behind the value");
            return value;
        }
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<Object> list(JsonParser parser) {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) list.add(value(parser));
        return list;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_NUMBER_INT -> whole(parser.getNumberValue());
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private static Object whole(Number number) {
        if (number instanceof BigInteger) return number;
        return number.longValue();
    }

    /** Writes an object of maps, lists, texts, numbers, booleans and nulls. */
    public static byte[] bytes(Map<String, ?> object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            write(generator, object);
        }
        return out.toByteArray();
    }

    /** No switch over types: the JVM would spin a class for it at every start. */
    private static void write(JsonGenerator generator, Object value) {
        if (value instanceof String text) generator.writeString(text);
        else if (value instanceof Map<?, ?> map) writeMap(generator, map);
        else if (value instanceof List<?> list) writeList(generator, list);
        else if (value instanceof Boolean bool) generator.writeBoolean(bool);
        else if (value instanceof Integer || value instanceof Long) generator.writeNumber(((Number) value).longValue());
        else if (value instanceof BigInteger number) generator.writeNumber(number);
        else if (value instanceof Number number) generator.writeNumber(number.doubleValue());
        else if (value == null) generator.writeNull();
        else throw new IllegalArgumentException("no JSON: " + value.getClass());
    }

    private static void writeMap(JsonGenerator generator, Map<?, ?> map) {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            generator.writeName(entry.getKey().toString());
            write(generator, entry.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeList(JsonGenerator generator, List<?> list) {
        generator.writeStartArray();
        for (Object inner : list) write(generator, inner);
        generator.writeEndArray();
    }

    /** The object under that name; empty when it is none. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Map<String, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The objects of the list under that name; empty when it is none. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> maps(Map<String, ?> object, String name) {
        if (!(object.get(name) instanceof List<?> list)) return List.of();
        return list.stream()
                .filter(Map.class::isInstance)
                .map(m -> (Map<String, Object>) m)
                .toList();
    }

    /** The text, number or truth under that name as text; empty when there is none. */
    public static String text(Map<String, ?> object, String name) {
        Object value = object.get(name);
        return value == null ? "" : value.toString();
    }

    /** The number under that name; 0 when it is none. */
    public static long number(Map<String, ?> object, String name) {
        return object.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
