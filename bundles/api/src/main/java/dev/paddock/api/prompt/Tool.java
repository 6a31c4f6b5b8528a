package dev.paddock.api.prompt;

import java.util.Map;

/**
 * A tool offered to the model.
 *
 * @param name the function's name
 * @param definition the whole JSON object as the client sent it, {@code {"type":"function","function":{...}}}, key
 *     order kept, so that a template can print all of it
 */
public record Tool(String name, Map<String, Object> definition) {}
