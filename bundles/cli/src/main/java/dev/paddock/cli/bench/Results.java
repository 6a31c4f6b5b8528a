package dev.paddock.cli.bench;

import dev.paddock.cli.text.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a measurement found, as a table and as JSON.
 *
 * @param server its address
 * @param model its name
 * @param promptTokens of a prompt, as the server counts them
 * @param predict most tokens of an answer
 * @param runs turns of each level
 * @param levels one for each number of clients
 * @param prefix the same prompt twice
 */
record Results(
        String server, String model, long promptTokens, int predict, int runs, List<Level> levels, Prefix prefix) {
    Results {
        levels = List.copyOf(levels);
    }

    /** Whether any request was answered. */
    boolean any() {
        return levels.stream().anyMatch(level -> !level.firstMillis().isEmpty());
    }

    /** Tables for people; each line ends with a line feed. */
    String table() {
        StringBuilder text = new StringBuilder();
        text.append("%s on %s: prompts of %d tokens, %d at most to answer, medians of %d runs%n%n"
                .formatted(model, server, promptTokens, predict, runs));
        text.append(speeds()).append('\n').append(times());
        for (Level level : levels) {
            level.failed()
                    .forEach((ending, failed) -> text.append("%d clients: %d %s: %s%n"
                            .formatted(level.clients(), failed.count(), ending.word(), failed.first())));
        }
        text.append("\ncached prefix: TTFT cold %s ms, cached %s ms, ratio %s%n"
                .formatted(tenth(prefix.coldMillis()), tenth(prefix.cachedMillis()), third(prefix.ratio())));
        return text.toString();
    }

    private String speeds() {
        boolean raw = levels.stream().anyMatch(level -> !level.raw().isEmpty());
        Table table = raw
                ? new Table("CLIENTS", "RAW PP", "HTTP PP", "RATIO", "RAW TG", "HTTP TG", "RATIO", "HTTP ALL")
                : new Table("CLIENTS", "PP", "TG", "ALL");
        for (Level level : levels) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(level.clients())));
            var promptSpeed = level.promptSpeed();
            var decodeSpeed = level.decodeSpeed();
            if (raw) row.add(tenth(level.rawPromptSpeed()));
            row.add(tenth(promptSpeed));
            if (raw) row.add(third(Level.ratio(promptSpeed, level.rawPromptSpeed())));
            if (raw) row.add(tenth(level.rawDecodeSpeed()));
            row.add(tenth(decodeSpeed));
            if (raw) row.add(third(Level.ratio(decodeSpeed, level.rawDecodeSpeed())));
            row.add(tenth(level.totalSpeed()));
            table.row(row.toArray(String[]::new));
        }
        return "tokens/s of all clients: prompts (pp), answers while all are answered (tg), answers over all the time (all)\n"
                + table;
    }

    private String times() {
        Table table = new Table("CLIENTS", "TTFT P50", "P90", "P99", "GAP P50", "P90", "P99", "REQUESTS", "FAILED");
        for (Level level : levels) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(level.clients())));
            for (List<Double> millis : List.of(level.firstMillis(), level.gapMillis())) {
                percentiles(millis).values().forEach(value -> row.add(tenth(value)));
            }
            row.add(Integer.toString(level.requests()));
            row.add(Integer.toString(level.failed().values().stream()
                    .mapToInt(Level.Failed::count)
                    .sum()));
            table.row(row.toArray(String[]::new));
        }
        return "ms to the first token (ttft) and between tokens (gap)\n" + table;
    }

    /** In order. */
    private static Map<String, OptionalDouble> percentiles(List<Double> millis) {
        Map<String, OptionalDouble> found = new LinkedHashMap<>();
        for (int percent : new int[] {50, 90, 99}) found.put("p" + percent, Statistics.percentile(millis, percent));
        return found;
    }

    private static String tenth(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", value.getAsDouble());
    }

    private static String third(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", value.getAsDouble());
    }

    /** The same and nothing less; what is not known is null. */
    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server", server);
        all.put("model", model);
        all.put("prompt_tokens", promptTokens);
        all.put("predict", predict);
        all.put("runs", runs);
        all.put("levels", levels.stream().map(Results::json).toList());
        all.put(
                "cached_prefix",
                figures(Map.of(
                        "cold_ms", prefix.coldMillis(), "cached_ms", prefix.cachedMillis(), "ratio", prefix.ratio())));
        return all;
    }

    private static Map<String, Object> json(Level level) {
        Map<String, Object> json = new LinkedHashMap<>();
        var prompt = level.promptSpeed();
        var decode = level.decodeSpeed();
        json.put("clients", level.clients());
        json.put("http", figures(Map.of("prompt_tps", prompt, "decode_tps", decode, "total_tps", level.totalSpeed())));
        json.put("raw", figures(Map.of("prompt_tps", level.rawPromptSpeed(), "decode_tps", level.rawDecodeSpeed())));
        var promptRatio = Level.ratio(prompt, level.rawPromptSpeed());
        var decodeRatio = Level.ratio(decode, level.rawDecodeSpeed());
        json.put("ratio", figures(Map.of("prompt", promptRatio, "decode", decodeRatio)));
        json.put("ttft_ms", figures(percentiles(level.firstMillis())));
        json.put("inter_token_ms", figures(percentiles(level.gapMillis())));
        json.put("requests", level.requests());
        Map<String, Object> failures = new LinkedHashMap<>();
        level.failed()
                .forEach((ending, failed) ->
                        failures.put(ending.word(), Map.of("count", failed.count(), "first", failed.first())));
        json.put("failures", failures);
        return json;
    }

    private static Map<String, Object> figures(Map<String, OptionalDouble> figures) {
        Map<String, Object> json = new java.util.TreeMap<>();
        figures.forEach((name, value) -> json.put(name, value.isEmpty() ? null : value.getAsDouble()));
        return json;
    }
}
