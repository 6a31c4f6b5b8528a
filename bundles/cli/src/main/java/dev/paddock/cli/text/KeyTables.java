package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** API keys, as the server tells of them, in a table. */
public final class KeyTables {
    private KeyTables() {}

    /** The answer of {@code /api/keys}. */
    public static String all(Map<String, Object> answer) {
        var table = new Table("NAME", "KEY", "SCOPES", "MODELS", "LIMITS", "EXPIRES", "LAST USED");
        for (var key : Json.maps(answer, "keys")) {
            List<String> models = texts(key, "models");
            table.row(
                    Json.text(key, "name"),
                    Json.text(key, "prefix") + "...",
                    String.join(",", texts(key, "scopes")),
                    models.isEmpty() ? "all" : String.join(",", models),
                    limits(key),
                    time(key, "expires_at"),
                    time(key, "last_used_at"));
        }
        return table.toString();
    }

    private static String limits(Map<String, Object> key) {
        List<String> limits = new ArrayList<>();
        add(limits, key, "requests_per_minute", " requests/min");
        add(limits, key, "tokens_per_minute", " tokens/min");
        add(limits, key, "parallel", " at once");
        long priority = Json.number(key, "priority");
        if (priority != 0) limits.add("priority " + priority);
        return limits.isEmpty() ? "none" : String.join(", ", limits);
    }

    private static void add(List<String> limits, Map<String, Object> key, String field, String unit) {
        long number = Json.number(key, field);
        if (number > 0) limits.add(number + unit);
    }

    /** To the minute. */
    private static String time(Map<String, Object> key, String field) {
        String time = Json.text(key, field);
        return time.length() < 16 ? "never" : time.substring(0, 16).replace('T', ' ');
    }

    private static List<String> texts(Map<String, Object> key, String field) {
        return key.get(field) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
