package dev.paddock.dialect.ollama;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields of a JSON object in their order, each with its type, below it those of objects and of the first object in a
 * list. Types: text, time (as Go writes it), digest (64 hexadecimal digits), true, false, whole, number, null, empty ({@code
 * []} or {@code {}}), [type] for a list.
 */
final class JsonTypes {
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,8}[1-9])?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final List<String> rows = new ArrayList<>();

    private JsonTypes() {}

    /** One row for each field: its path, a blank and its type. */
    static List<String> of(Map<String, ?> object) {
        var types = new JsonTypes();
        types.add("", object);
        return types.rows;
    }

    private void add(String path, Map<?, ?> object) {
        object.forEach((name, value) -> add(path.isEmpty() ? name.toString() : path + "." + name, value));
    }

    private void add(String path, Object value) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> add(path, map);
            case Collection<?> list
            when !list.isEmpty() && list.iterator().next() instanceof Map<?, ?> first -> add(path + "[]", first);
            case null, default -> rows.add(path + " " + type(value));
        }
    }

    private static String type(Object value) {
        return switch (value) {
            case null -> "null";
            case String s when TIME.matcher(s).matches() -> "time";
            case String s when DIGEST.matcher(s).matches() -> "digest";
            case String _ -> "text";
            case Boolean b -> b.toString();
            case Integer _, Long _ -> "whole";
            case Number _ -> "number";
            case Map<?, ?> _ -> "empty";
            case Collection<?> list ->
                list.isEmpty() ? "empty" : "[" + type(list.iterator().next()) + "]";
            default -> value.getClass().getSimpleName();
        };
    }
}
