package dev.paddock.prompt.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tools that a harmony message can be addressed to. Prompts write them as functions of TypeScript, so a model may
 * call {@code web-search} by its identifier {@code web_search}. Immutable.
 */
final class HarmonyNames {
    private static final Pattern NAMESPACE = Pattern.compile("^functions[./:]");
    private static final Pattern NO_IDENTIFIER = Pattern.compile("[^A-Za-z0-9_$]");
    /** The type of the text, which models may glue to the name. */
    private static final String TYPE = "json";

    private final Tools tools;
    /** Names by their identifiers; empty when two share one. */
    private final Map<String, String> byIdentifier = new HashMap<>();

    HarmonyNames(Tools tools) {
        this.tools = tools;
        for (String name : tools.byName().keySet()) byIdentifier.merge(identifier(name), name, (one, other) -> "");
    }

    private static String identifier(String name) {
        String letters = NO_IDENTIFIER.matcher(name).replaceAll("_");
        return !letters.isEmpty() && Character.isDigit(letters.charAt(0)) ? "_" + letters : letters;
    }

    /** The tool that a recipient stands for; empty when none is on offer by that name. */
    Optional<String> tool(String recipient) {
        String name = NAMESPACE.matcher(recipient).replaceFirst("");
        return named(recipient)
                .or(() -> named(name))
                .or(() -> name.endsWith(TYPE)
                        ? named(name.substring(0, name.length() - TYPE.length()))
                        : Optional.empty());
    }

    private Optional<String> named(String name) {
        if (tools.known(name)) return Optional.of(name);
        return Optional.ofNullable(byIdentifier.get(identifier(name))).filter(found -> !found.isEmpty());
    }
}
