package dev.paddock.dialect.kit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a stream of JSON lines as the strictest of its clients would: UTF-8, each line one object with the names of its
 * fields once, ended by a line feed and by nothing else, and nothing behind the end. Blanks before an object are signs of
 * life. Whatever is wrong fails the test with the number of the line.
 */
public final class NdjsonReader {
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private NdjsonReader() {}

    /**
     * The objects of a stream that came to its end.
     *
     * @throws AssertionError for anything that a client could stumble over
     */
    public static List<Map<String, Object>> read(byte[] stream) {
        String text = decoded(stream);
        if (!text.endsWith("\n")) throw new AssertionError("the last line has no end: " + tail(text));
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (String line : lines) {
            int number = objects.size() + 1;
            if (!objects.isEmpty() && last(objects.getLast())) {
                throw new AssertionError("line " + number + " stands behind the end: " + line);
            }
            objects.add(object(line, number));
        }
        return objects;
    }

    private static String decoded(byte[] stream) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(stream))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("the stream is not UTF-8", e);
        }
    }

    private static Map<String, Object> object(String line, int number) {
        if (line.indexOf('\r') >= 0) throw new AssertionError("line " + number + " has a carriage return: " + line);
        String json = line.replaceFirst("^ +", "");
        if (!json.startsWith("{") || !json.endsWith("}")) {
            throw new AssertionError("line " + number + " is no object: " + line);
        }
        try {
            return MAPPER.readValue(json, OBJECT);
        } catch (JacksonException e) {
            throw new AssertionError("line " + number + " is no object: " + line, e);
        }
    }

    private static boolean last(Map<String, Object> object) {
        return Boolean.TRUE.equals(object.get("done"))
                || object.containsKey("error")
                || "success".equals(object.get("status"));
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 200));
    }
}
