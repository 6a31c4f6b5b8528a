package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the dialects read and write it: plain maps and lists, key order kept, depth and token count bounded. */
public final class Json {
    /** Deepest nesting of a request, in levels. */
    public static final int MAX_DEPTH = 200;
    /** Most values, names and brackets in one request: a bound on memory that the size of the body does not give. */
    public static final long MAX_TOKENS = 2_000_000;

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .characterEscapes(new HtmlSafeEscapes())
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads the first JSON value, which must be an object; what follows it is not looked at. The last of two equal
     * names wins.
     *
     * @return empty when there is nothing but white space
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for anything that is not a JSON object
     * @throws IOException when the stream itself fails
     */
    public static Optional<Map<String, Object>> readObject(InputStream in) throws IOException {
        return readObject(in, _ -> {});
    }

    /** @param weight told now and then how many bytes of memory it takes so far; may refuse to go on */
    static Optional<Map<String, Object>> readObject(InputStream in, LongConsumer weight) throws IOException {
        try (JsonParser parser = new WeighedParser(MAPPER.createParser(in), weight)) {
            JsonToken first = parser.nextToken();
            if (first == null) return Optional.empty();
            if (first != JsonToken.START_OBJECT) throw invalid("the body must be a JSON object", null);
            return Optional.of(MAPPER.readValue(parser, OBJECT));
        } catch (JacksonException e) {
            rethrowCause(e);
            throw invalid(explain(e), e);
        }
    }

    /** The stream's own failures come out of Jackson wrapped. */
    private static void rethrowCause(JacksonException failure) throws IOException {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof PaddockException e) throw e;
            if (cause instanceof IOException e) throw e;
        }
    }

    /**
     * Reads a text that must hold one JSON object.
     *
     * @return empty when it does not
     */
    public static Optional<Map<String, Object>> parseObject(String text) {
        try {
            return Optional.ofNullable(MAPPER.readValue(text, OBJECT));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a text that must hold one JSON object and nothing behind it.
     *
     * @return empty when it does not
     */
    public static Optional<Map<String, Object>> parseOnlyObject(String text) {
        try {
            return Optional.ofNullable(MAPPER.readerFor(OBJECT)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** One line of JSON; {@code <}, {@code >}, {@code &} and the Unicode line ends are escaped. */
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** {@link #write} in UTF-8; half a surrogate pair becomes {@code ?}. */
    public static byte[] bytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** {@link #bytes} piece by piece; the stream is closed in the end. */
    public static void write(Object value, OutputStream to) throws IOException {
        try (Writer text = new OutputStreamWriter(to, StandardCharsets.UTF_8)) {
            MAPPER.writeValue(text, value);
        } catch (JacksonException e) {
            rethrowCause(e);
            throw e;
        }
    }

    private static String explain(JacksonException e) {
        var at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return "invalid JSON" + where + ": " + e.getOriginalMessage();
    }

    private static PaddockException invalid(String message, Throwable cause) {
        return new PaddockException(Fault.INVALID_REQUEST, message, cause);
    }
}
