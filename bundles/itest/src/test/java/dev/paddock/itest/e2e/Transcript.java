package dev.paddock.itest.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What an answer was, put together from its pieces as a client does it.
 *
 * @param calls each as its name, a blank and its arguments in JSON
 * @param reason why it ended
 * @param notes what was not followed to the letter
 * @param tokens that it took
 */
record Transcript(String content, String thinking, List<String> calls, String reason, List<String> notes, int tokens) {
    /** Asks and reads the whole answer. */
    static Transcript ask(Server server, Dialect dialect, Map<String, Object> body) throws Exception {
        var reader = new Reader(dialect, Boolean.TRUE.equals(body.get("stream")));
        if (!reader.stream) reader.read(server.ask(dialect.path, body));
        else {
            try (var lines = server.stream(dialect.path, Server.JSON.writeValueAsString(body))
                    .body()) {
                for (String line : lines.toList()) {
                    String json = line.startsWith("data: ") ? line.substring("data: ".length()) : line;
                    if (!json.isEmpty() && !json.equals("[DONE]")) reader.read(Server.JSON.readTree(json));
                }
            }
        }
        return reader.transcript();
    }

    /** One thread. */
    private static final class Reader {
        private final Dialect dialect;
        private final boolean stream;
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final Map<Integer, String> names = new TreeMap<>();
        private final Map<Integer, StringBuilder> arguments = new TreeMap<>();
        private final List<String> reasons = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private int tokens;

        Reader(Dialect dialect, boolean stream) {
            this.dialect = dialect;
            this.stream = stream;
        }

        void read(JsonNode part) throws IOException {
            if (part.has("error")) throw new IOException(part.toString());
            JsonNode message = dialect.message(part, stream);
            content.append(dialect.content(message));
            thinking.append(dialect.thinking(message));
            for (JsonNode call : message.path("tool_calls")) call(call);
            String reason = dialect.reason(part);
            if (!reason.isEmpty()) reasons.add(reason);
            dialect.notes(part).forEach(note -> notes.add(note.asString()));
            tokens += dialect.tokens(part);
        }

        /** OpenAI's index stands beside the function, Ollama's in it. */
        private void call(JsonNode call) {
            JsonNode function = call.path("function");
            int index = call.path("index").asInt(function.path("index").asInt(-1));
            if (function.has("name")) names.put(index, function.path("name").asString());
            JsonNode more = function.path("arguments");
            arguments
                    .computeIfAbsent(index, i -> new StringBuilder())
                    .append(more.isString() ? more.asString() : more.toString());
        }

        Transcript transcript() throws IOException {
            if (reasons.size() != 1) throw new IOException("it ended " + reasons.size() + " times");
            List<String> calls = new ArrayList<>();
            names.forEach((index, name) -> calls.add(name + " " + arguments.get(index)));
            return new Transcript(
                    content.toString(), thinking.toString(), calls, reasons.getFirst(), List.copyOf(notes), tokens);
        }
    }
}
