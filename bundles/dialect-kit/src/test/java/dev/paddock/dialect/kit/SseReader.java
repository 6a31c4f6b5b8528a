package dev.paddock.dialect.kit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2) as narrowly as our dialects write them: an optional {@code event:}
 * line, one {@code data:} line that is a JSON object or {@code [DONE]}, one empty line; comments stand alone. All else is
 * an {@link AssertionError} that names the line: clients read far less than the standard allows. One thread.
 */
public final class SseReader {
    private static final String DONE = "[DONE]";
    private static final int MAX_LINE = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final InputStream in;
    private int line;
    private int comments;
    private boolean done;

    /** Reads as the bytes come; the stream stays the caller's. */
    public SseReader(InputStream in) {
        this.in = in;
    }

    /**
     * One event.
     *
     * @param name of {@code event:}; empty when it has none. A named event's data has the same {@code type}
     * @param data a JSON object as it was written, or {@code [DONE]}
     */
    public record Event(String name, String data) {
        /** Whether it is {@code [DONE]}. */
        public boolean done() {
            return data.equals(DONE);
        }

        /** The data as a JSON object. */
        public JsonNode json() {
            return JSON.readTree(data);
        }
    }

    /** All events of a whole answer. */
    public static List<Event> all(String answer) {
        return all(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** All events of a whole answer. */
    public static List<Event> all(byte[] answer) {
        var reader = new SseReader(new ByteArrayInputStream(answer));
        List<Event> all = new ArrayList<>();
        try {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) all.add(next.get());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    /** The data of all events of an answer that has no names and ends with {@code [DONE]}, which is left out. */
    public static List<JsonNode> chunks(String answer) {
        List<Event> all = all(answer);
        if (all.isEmpty() || !all.getLast().done()) throw new AssertionError("it does not end with [DONE]: " + answer);
        for (Event event : all) {
            if (!event.name().isEmpty()) throw new AssertionError("an event with the name " + event.name());
        }
        return all.subList(0, all.size() - 1).stream().map(Event::json).toList();
    }

    /**
     * The next event, once it is complete.
     *
     * @return empty at the end of the stream
     */
    public Optional<Event> next() throws IOException {
        while (true) {
            Optional<String> first = line();
            if (first.isEmpty()) return Optional.empty();
            if (done) throw wrong("something after [DONE]", first.get());
            if (!first.get().startsWith(":")) return Optional.of(event(first.get()));
            comments++;
            blank();
        }
    }

    /** Comments so far. */
    public int comments() {
        return comments;
    }

    private Event event(String first) throws IOException {
        boolean named = first.startsWith("event: ");
        String name = named ? value(first, "event: ") : "";
        String data = value(named ? line().orElseThrow(() -> wrong("no data", "the end")) : first, "data: ");
        done = data.equals(DONE);
        if (done && named) throw wrong("a [DONE] with a name", name);
        if (!done) check(name, data);
        blank();
        return new Event(name, data);
    }

    private void check(String name, String data) {
        try {
            JsonNode json = JSON.readTree(data);
            if (!json.isObject()) throw wrong("no JSON object", data);
            String type = json.path("type").asString("");
            if (!name.isEmpty() && !name.equals(type)) throw wrong("an event " + name + " whose type differs", data);
        } catch (JacksonException e) {
            throw wrong("no JSON (" + e.getOriginalMessage() + ")", data);
        }
    }

    private String value(String text, String field) {
        if (!text.startsWith(field) || text.length() == field.length()) throw wrong("not \"" + field + "\"", text);
        return text.substring(field.length());
    }

    private void blank() throws IOException {
        String end = line().orElseThrow(() -> wrong("no empty line", "the end"));
        if (!end.isEmpty()) throw wrong("no empty line", end);
    }

    /** A line without its end; empty at the end of the stream, which must not be in the middle of one. */
    private Optional<String> line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) return Optional.empty();
        line++;
        for (; b != '\n'; b = in.read()) {
            if (b < 0) throw wrong("a line without its end", bytes.toString(StandardCharsets.UTF_8));
            if (b == '\r' || b == 0) throw wrong("a byte " + b, bytes.toString(StandardCharsets.UTF_8));
            if (bytes.size() == MAX_LINE) throw wrong("a line of more than " + MAX_LINE + " bytes", "");
            bytes.write(b);
        }
        return Optional.of(text(bytes.toByteArray()));
    }

    private String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.startsWith("\uFEFF")) throw wrong("a byte order mark", text);
            return text;
        } catch (CharacterCodingException e) {
            throw wrong("bytes that are no UTF-8", new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private AssertionError wrong(String what, String text) {
        return new AssertionError("line " + line + ": " + what + ": " + text);
    }
}
