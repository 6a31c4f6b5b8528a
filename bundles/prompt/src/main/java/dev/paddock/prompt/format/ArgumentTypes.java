package dev.paddock.prompt.format;

import dev.paddock.prompt.json.JsonReader;
import dev.paddock.prompt.json.JsonText;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a value that is written as plain text may be, and what it is then: the first of the types in their order that it
 * can be read as. Python's way of writing values counts as well as JSON's. Immutable.
 *
 * @param types that the schema allows; empty when it says nothing
 */
record ArgumentTypes(Set<JsonType> types) {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,999})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,999})([.][0-9]{1,999})?([eE][+-]?[0-9]{1,3})?");
    private static final Set<JsonType> ALL = EnumSet.complementOf(EnumSet.of(JsonType.STRING));
    private static final Set<JsonType> TEXT_OR_NULL = Set.of(JsonType.STRING, JsonType.NULL);
    /** A null with white space around it. */
    private static final int LONGEST_NULL = 64;

    /** Any text as it is. */
    static final ArgumentTypes TEXT = new ArgumentTypes(Set.of(JsonType.STRING));

    ArgumentTypes {
        types = Set.copyOf(types);
    }

    /** Without text, where something else is possible. */
    ArgumentTypes withoutText() {
        Set<JsonType> others = EnumSet.copyOf(ALL);
        others.retainAll(types);
        return new ArgumentTypes(others.isEmpty() ? ALL : others);
    }

    boolean allowsText() {
        return types.contains(JsonType.STRING);
    }

    /** Whether a value that begins like this can only be text. */
    boolean isText(CharSequence beginning) {
        if (types.equals(TEXT.types)) return true;
        if (!types.equals(TEXT_OR_NULL)) return false;
        if (beginning.length() > LONGEST_NULL) return true;
        String seen = beginning.toString().strip();
        return !"null".startsWith(seen) && !"None".startsWith(seen);
    }

    /** Whether it is certain that a text is a whole value: it can be read, and as more than text. */
    boolean isWhole(CharSequence text) {
        return !types.isEmpty() && !allowsText() && read(types, text.toString()).isPresent();
    }

    /** The value as JSON: what it says when it can be read as one of the types, else the text itself. */
    String json(String text) {
        return read(types, text)
                // What the schema does not allow; where it says nothing, numbers and words are text.
                .or(() -> read(types.isEmpty() ? EnumSet.of(JsonType.ARRAY, JsonType.OBJECT) : ALL, text))
                .orElseGet(() -> JsonText.of(text));
    }

    private static Optional<String> read(Set<JsonType> types, String text) {
        String value = text.strip();
        return Stream.of(JsonType.values())
                .filter(types::contains)
                .flatMap(type -> json(type, text, value).stream())
                .findFirst();
    }

    private static Optional<String> json(JsonType type, String text, String value) {
        return switch (type) {
            case NULL -> word(value, "null", "None");
            case BOOLEAN -> word(value, "true", "True").or(() -> word(value, "false", "False"));
            case INTEGER -> number(INTEGER, value);
            case NUMBER -> number(NUMBER, value);
            case ARRAY ->
                value.startsWith("[") || value.startsWith("(") ? composed(value, List.class) : Optional.empty();
            case OBJECT -> value.startsWith("{") ? composed(value, Map.class) : Optional.empty();
            case STRING -> Optional.of(JsonText.of(text));
        };
    }

    private static Optional<String> word(String value, String json, String python) {
        return value.equalsIgnoreCase(json) || value.equals(python) ? Optional.of(json) : Optional.empty();
    }

    private static Optional<String> number(Pattern pattern, String value) {
        return pattern.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }

    private static Optional<String> composed(String value, Class<?> kind) {
        var json = repaired(value);
        if (json.isPresent()) return json;
        return PythonReader.value(value)
                .map(PythonReader.Value::value)
                .filter(kind::isInstance)
                .map(JsonText::of);
    }

    /** The text itself when it is JSON, with control characters in strings escaped. */
    private static Optional<String> repaired(String value) {
        var follower = new JsonFollower();
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < value.length() && !follower.failed(); i++) {
            json.append(follower.text(value.charAt(i)));
            follower.accept(value.charAt(i));
        }
        boolean read =
                follower.done() && JsonReader.object("{\"v\":" + json + "}").isPresent();
        return read ? Optional.of(json.toString()) : Optional.empty();
    }
}
