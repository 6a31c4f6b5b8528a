package dev.paddock.cli.run;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A model and what was said so far. One thread, but {@link #hangUp} may come from any. */
public final class Conversation {
    private final Api api;
    private final Manner manner;
    private final List<Map<String, Object>> messages = new ArrayList<>();
    private String model;
    private String system = "";
    private volatile Lines running;

    public Conversation(Api api, String model, Manner manner) {
        this.api = api;
        this.model = model;
        this.manner = manner;
    }

    /** The model's name as the user wrote it. */
    public String model() {
        return model;
    }

    /** How it is asked. */
    public Manner manner() {
        return manner;
    }

    /** Goes on with another model. */
    public void model(String name) {
        model = name;
    }

    /** Replaces the model's own system message from now on; empty brings that back. */
    public void system(String text) {
        system = text;
    }

    /** What replaces the model's system message; empty when nothing does. */
    public String system() {
        return system;
    }

    /** Forgets what was said. */
    public void clear() {
        messages.clear();
    }

    /**
     * Makes the server load the model.
     *
     * @throws Failure when there is no such model or it cannot be loaded
     */
    public void load() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        addManner(body);
        body.remove("think");
        api.call("POST", "/api/generate", body);
    }

    /**
     * Says something and shows the answer as it comes. An answer that was interrupted is remembered as far as it came;
     * of one that failed nothing is.
     *
     * @return the answer's last object, with its times
     */
    public Map<String, Object> say(Attachments message, Consumer<Map<String, Object>> printer) {
        messages.add(message(message));
        StringBuilder content = new StringBuilder();
        try (Lines lines = api.stream("/api/chat", body())) {
            running = lines;
            Map<String, Object> last = read(lines, printer, content);
            messages.add(Map.of("role", "assistant", "content", content.toString()));
            return last;
        } catch (Failure e) {
            if (e.exitCode() == Failure.INTERRUPTED && !content.isEmpty()) {
                messages.add(Map.of("role", "assistant", "content", content.toString()));
            } else {
                messages.removeLast();
            }
            throw e;
        } finally {
            running = null;
        }
    }

    private static Map<String, Object> message(Attachments message) {
        if (message.files().isEmpty()) return Map.of("role", "user", "content", message.text());
        return Map.of("role", "user", "content", message.text(), "images", message.files());
    }

    /** Makes a model of this one, with what was set and said. */
    public void save(String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", name);
        body.put("from", model);
        if (!system.isEmpty()) body.put("system", system);
        if (!manner.parameters().values().isEmpty())
            body.put("parameters", manner.parameters().values());
        if (!messages.isEmpty()) body.put("messages", List.copyOf(messages));
        body.put("stream", false);
        api.call("POST", "/api/create", body);
    }

    /** What the model can do, as the API names it. */
    List<?> capabilities() {
        return api.call("POST", "/api/show", Map.of("model", model)).get("capabilities") instanceof List<?> list
                ? list
                : List.of();
    }

    private static Map<String, Object> read(Lines lines, Consumer<Map<String, Object>> printer, StringBuilder content) {
        while (true) {
            Map<String, Object> next = lines.next();
            if (next == null)
                throw new Failure("the answer ended before it was complete; the server's log may say why");
            content.append(Json.text(Json.map(next, "message"), "content"));
            printer.accept(next);
            if (Boolean.TRUE.equals(next.get("done"))) return next;
        }
    }

    /** Hangs up on the answer that is running, if there is one: the server then stops computing. */
    public boolean hangUp() {
        Lines lines = running;
        if (lines != null) lines.close();
        return lines != null;
    }

    private Map<String, Object> body() {
        List<Map<String, Object>> all = new ArrayList<>();
        if (!system.isEmpty()) all.add(Map.of("role", "system", "content", system));
        all.addAll(messages);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("messages", all);
        addManner(body);
        return body;
    }

    private void addManner(Map<String, Object> body) {
        if (manner.think() != null) body.put("think", manner.think());
        if (!manner.format().isEmpty()) body.put("format", manner.format());
        if (!manner.keepAlive().isEmpty()) body.put("keep_alive", manner.keepAlive());
        if (!manner.parameters().values().isEmpty()) {
            body.put("options", manner.parameters().values());
        }
    }
}
