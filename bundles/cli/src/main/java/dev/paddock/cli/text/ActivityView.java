package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a server is doing, as lines of text. Pure: the same answers give the same lines. */
public final class ActivityView {
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int LABEL = 12;

    private ActivityView() {}

    /**
     * The lines.
     *
     * @param told under {@code activity} the answer of {@code /api/activity}, or nothing; under {@code models} the models
     *     of {@code /api/ps}
     * @param columns no line is longer
     * @param now for times that are told as moments
     */
    public static List<String> lines(Map<String, Object> told, int columns, Instant now) {
        List<String> lines = new ArrayList<>();
        Map<String, Object> activity = Json.map(told, "activity");
        if (activity.isEmpty()) {
            lines.add("This server does not tell its activity (GET /api/activity); here are its models:");
        } else {
            lines.add(head(activity));
            charts(activity, lines);
        }
        lines.add("");
        addTable(lines, ModelTables.loaded(told, "", now));
        if (!activity.isEmpty()) {
            running(activity, lines);
            queued(activity, lines);
        }
        return lines.stream().map(line -> cut(line, columns)).toList();
    }

    private static String head(Map<String, Object> activity) {
        Map<String, Object> series = Json.map(activity, "series");
        return String.format(
                Locale.ROOT,
                "up %s, %d running, %d queued, %.1f tokens/s%s%s",
                Figures.span(Duration.ofSeconds(Json.number(activity, "uptime_seconds"))),
                Json.maps(activity, "running").size(),
                Json.maps(activity, "queued").size(),
                perSecond(series, "tokens"),
                firstToken(series),
                Boolean.TRUE.equals(activity.get("draining")) ? ", DRAINING: no new requests" : "");
    }

    /** Of the last interval that is over. */
    private static double perSecond(Map<String, Object> series, String name) {
        List<Double> numbers = numbers(series, name);
        long interval = Math.max(1, Json.number(series, "interval_ms"));
        return numbers.isEmpty() ? 0 : numbers.getLast() * 1000 / interval;
    }

    private static String firstToken(Map<String, Object> series) {
        if (!(series.get("ttft_ms") instanceof List<?> list)) return "";
        return list.reversed().stream()
                .filter(Objects::nonNull)
                .findFirst()
                .map(millis -> ", first token " + Math.round(((Number) millis).doubleValue()) + " ms")
                .orElse("");
    }

    private static void charts(Map<String, Object> activity, List<String> lines) {
        Map<String, Object> series = Json.map(activity, "series");
        chart("tokens", numbers(series, "tokens"), lines);
        chart("prompt", numbers(series, "prompt_tokens"), lines);
    }

    private static void chart(String label, List<Double> numbers, List<String> lines) {
        if (numbers.isEmpty()) return;
        double most = numbers.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + LABEL + "s", label));
        numbers.forEach(number -> line.append(bar(number, most)));
        lines.add(line.append(String.format(Locale.ROOT, " most %.0f", most)).toString());
    }

    /** What is more than nothing is seen to be more than nothing. */
    private static char bar(double number, double most) {
        if (number <= 0 || most <= 0) return BARS.charAt(0);
        int steps = BARS.length() - 1;
        return BARS.charAt(Math.clamp(Math.round(number / most * steps), 1, steps));
    }

    private static List<Double> numbers(Map<String, Object> series, String name) {
        if (!(series.get(name) instanceof List<?> list)) return List.of();
        return list.stream()
                .map(one -> one instanceof Number number ? number.doubleValue() : 0.0)
                .toList();
    }

    private static void running(Map<String, Object> activity, List<String> lines) {
        Table table = new Table("ANSWER", "MODEL", "WHO", "PROMPT", "TOKENS", "FOR");
        for (Map<String, Object> one : Json.maps(activity, "running")) {
            table.row(
                    Json.text(one, "request"),
                    Json.text(one, "model"),
                    Json.text(one, "identity"),
                    Json.text(one, "prompt_tokens"),
                    Json.text(one, "tokens"),
                    Figures.span(Duration.ofMillis(Json.number(one, "age_ms"))));
        }
        lines.add("");
        addTable(lines, table);
    }

    private static void queued(Map<String, Object> activity, List<String> lines) {
        if (Json.maps(activity, "queued").isEmpty()) return;
        Table table = new Table("WAITS", "MODEL", "WHO", "PRIORITY", "FOR");
        for (Map<String, Object> one : Json.maps(activity, "queued")) {
            table.row(
                    Json.text(one, "request"),
                    Json.text(one, "model"),
                    Json.text(one, "identity"),
                    Json.text(one, "priority"),
                    Figures.span(Duration.ofMillis(Json.number(one, "waiting_ms"))));
        }
        lines.add("");
        addTable(lines, table);
    }

    private static void addTable(List<String> lines, Table table) {
        table.toString().lines().forEach(lines::add);
    }

    private static String cut(String line, int columns) {
        if (line.codePointCount(0, line.length()) <= columns) return line;
        return line.substring(0, line.offsetByCodePoints(0, columns));
    }
}
