package dev.paddock.cli.bench;

import dev.paddock.cli.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * What one line of a stream of the OpenAI API says.
 *
 * @param text whether it carries text of the answer, be it thinking
 * @param promptTokens of the usage; 0 when it has none
 * @param completionTokens of the usage; 0 when it has none
 * @param done whether it is the last
 * @param error what went wrong; empty when nothing did
 */
record Chunk(boolean text, long promptTokens, long completionTokens, boolean done, String error) {
    /** A line that says nothing: an empty one, a comment, a field that the API does not use. */
    static final Chunk NOTHING = new Chunk(false, 0, 0, false, "");

    private static final Chunk DONE = new Chunk(false, 0, 0, true, "");
    private static final String DATA = "data:";
    private static final int LAST_BYTES = 20;
    private static final List<String> TEXTS = List.of("content", "reasoning_content", "reasoning");
    private static final int SHOWN = 200;

    /** Whether a line is short enough to be the last, of which there is only one; a quick look. */
    static boolean maybeLast(byte[] line) {
        return line.length < LAST_BYTES;
    }

    /** Reads a line without its end. What cannot be read is an error, never skipped. */
    static Chunk of(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.startsWith("{")) return object(text.strip()); // an error that was not put into an event
        if (!text.startsWith(DATA)) return text.matches("|:.*|(event|id|retry)\\b.*") ? NOTHING : strange(text);
        String data = text.substring(DATA.length()).strip();
        return data.equals("[DONE]") ? DONE : object(data);
    }

    private static Chunk object(String data) {
        try {
            Map<String, Object> object = Json.object(data.getBytes(StandardCharsets.UTF_8));
            if (object.get("error") != null) return error(message(object));
            Map<String, Object> usage = Json.map(object, "usage");
            boolean text = Json.maps(object, "choices").stream().anyMatch(Chunk::hasText);
            return new Chunk(
                    text, Json.number(usage, "prompt_tokens"), Json.number(usage, "completion_tokens"), false, "");
        } catch (JacksonException e) {
            return strange(data);
        }
    }

    private static boolean hasText(Map<String, Object> choice) {
        if (!Json.text(choice, "text").isEmpty()) return true;
        Map<String, Object> delta = Json.map(choice, "delta");
        return TEXTS.stream().anyMatch(name -> !Json.text(delta, name).isEmpty());
    }

    /** What an error object says: {@code {"error": {"message": ...}}} or {@code {"error": "..."}}. */
    static String message(Map<String, Object> object) {
        String inner = Json.text(Json.map(object, "error"), "message");
        return inner.isEmpty() ? Json.text(object, "error") : inner;
    }

    private static Chunk strange(String line) {
        return error("a line that is no event of the OpenAI API: " + line.substring(0, Math.min(SHOWN, line.length())));
    }

    private static Chunk error(String message) {
        return new Chunk(false, 0, 0, false, message.isEmpty() ? "an error without words" : message);
    }
}
