package dev.paddock.prompt.jinja;

import java.util.Set;

/**
 * The names that a template looks at, each in alphabetical order.
 *
 * @param variables those that it is given: all that it uses before it sets them itself, functions aside
 * @param fields those that it looks for in values, such as {@code content} in {@code message.content}
 */
public record TemplateNames(Set<String> variables, Set<String> fields) {}
