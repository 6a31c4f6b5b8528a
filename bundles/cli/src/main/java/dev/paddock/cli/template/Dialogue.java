package dev.paddock.cli.template;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * Messages and tools from files. What is in them the server looks at.
 *
 * @param messages in OpenAI's or Ollama's form
 * @param tools on offer; may be empty
 * @param unread names beside the messages that mean nothing here
 */
record Dialogue(List<?> messages, List<?> tools, Set<String> unread) {
    private static final String MESSAGES = "messages";
    private static final String TOOLS = "tools";

    /** A list of messages, or an object with {@code messages} and {@code tools} such as the body of a request. */
    static Dialogue read(InputFile file, Site site) {
        Object value = json(file, site);
        if (value instanceof List<?> messages) return new Dialogue(messages, List.of(), Set.of());
        if (value instanceof Map<?, ?> object && object.get(MESSAGES) instanceof List<?> messages) {
            Set<String> unread = new LinkedHashSet<>();
            object.keySet().forEach(name -> unread.add(name.toString()));
            unread.removeAll(Set.of(MESSAGES, TOOLS));
            List<?> tools = object.get(TOOLS) == null ? List.of() : list(object.get(TOOLS), file);
            return new Dialogue(messages, tools, unread);
        }
        throw new Failure(file.display() + " holds neither a list of messages nor an object with \"messages\"");
    }

    /** The same with other tools: a list of them, or an object with {@code tools}. */
    Dialogue withTools(InputFile file, Site site) {
        Object value = json(file, site);
        Object tools = value instanceof Map<?, ?> object ? object.get(TOOLS) : value;
        return new Dialogue(messages, list(tools, file), unread);
    }

    private static List<?> list(Object value, InputFile file) {
        if (value instanceof List<?> list) return list;
        throw new Failure(file.display() + " does not hold a list of tools");
    }

    private static Object json(InputFile file, Site site) {
        try {
            return Json.value(file.bytes(site));
        } catch (JacksonException e) {
            throw new Failure(file.display() + " is not JSON: " + e.getOriginalMessage());
        }
    }
}
