package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bounds what a request may give a chat template beside its messages. */
final class TemplateVariables {
    /** Most variables. */
    static final int MOST = 64;
    /** Most characters of all their names and values; every number, truth value, null, list and object counts as one. */
    static final int MOST_CHARACTERS = 65_536;

    /** What is said elsewhere, and looked at there. */
    private static final Set<String> TAKEN = Set.of("messages", "tools", "add_generation_prompt");

    private TemplateVariables() {}

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} or {@link Fault#TOO_LARGE} */
    static void check(Map<String, Object> variables) {
        if (variables.size() > MOST) {
            throw tooLarge("has " + variables.size() + " variables; at most " + MOST + " are allowed");
        }
        for (String name : TAKEN) {
            if (variables.containsKey(name)) {
                throw new PaddockException(
                        Fault.INVALID_REQUEST, "chat_template_kwargs: \"" + name + "\" cannot be set there");
            }
        }
        long characters = characters(variables);
        if (characters > MOST_CHARACTERS) {
            throw tooLarge("has " + characters + " characters; at most " + MOST_CHARACTERS + " are allowed");
        }
    }

    private static long characters(Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> list ->
                1 + list.stream().mapToLong(TemplateVariables::characters).sum();
            case Map<?, ?> map ->
                1
                        + map.entrySet().stream()
                                .mapToLong(entry -> characters(entry.getKey()) + characters(entry.getValue()))
                                .sum();
            case null, default -> 1;
        };
    }

    private static PaddockException tooLarge(String what) {
        return new PaddockException(Fault.TOO_LARGE, "chat_template_kwargs " + what);
    }
}
