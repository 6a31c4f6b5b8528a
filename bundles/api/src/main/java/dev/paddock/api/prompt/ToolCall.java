package dev.paddock.api.prompt;

import java.util.Map;

/**
 * A call that the model wants made.
 *
 * @param id unique in the answer, for example {@code call_x7f3k2m9}
 * @param name the tool's name
 * @param arguments name to value in the order the model wrote them; values are JSON values as plain Java objects
 */
public record ToolCall(String id, String name, Map<String, Object> arguments) {}
