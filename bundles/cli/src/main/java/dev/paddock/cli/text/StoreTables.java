package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is told of the store of models, for people. */
public final class StoreTables {
    private StoreTables() {}

    /** The answer of {@code /api/models/usage}. */
    public static String usage(Map<String, Object> usage, Instant now) {
        Table models = new Table("NAME", "SIZE", "ITS OWN", "LAST USED");
        for (Map<String, Object> model : Json.maps(usage, "models")) {
            models.row(
                    Json.text(model, "name"),
                    Figures.bytes(Json.number(model, "bytes")),
                    Figures.bytes(Json.number(model, "own_bytes")),
                    Figures.ago(ModelTables.instant(model, "used_at"), now));
        }
        Table sums = new Table("ALL BLOBS", "UNUSED", "UNFINISHED", "QUOTA", "FREE ON DISK");
        long quota = Json.number(usage, "quota_bytes");
        sums.row(
                Figures.bytes(Json.number(usage, "blob_bytes")),
                Figures.bytes(Json.number(usage, "unused_bytes")),
                Figures.bytes(Json.number(usage, "partial_bytes")),
                quota == 0 ? "none" : Figures.bytes(quota),
                Figures.bytes(Json.number(usage, "free_bytes")));
        return models + "\n" + sums;
    }

    /** The answer of {@code /api/models/prune}. */
    public static String pruned(Map<String, Object> pruned) {
        StringBuilder text = new StringBuilder();
        List<String> files = texts(pruned, "files");
        boolean dryRun = Boolean.TRUE.equals(pruned.get("dry_run"));
        files.forEach(file -> text.append(file).append('\n'));
        String would = dryRun ? "would remove " : "removed ";
        String size = Figures.bytes(Json.number(pruned, "bytes"));
        if (files.isEmpty()) text.append("there is nothing to remove\n");
        else
            text.append(would)
                    .append(count(files.size(), "file"))
                    .append(", ")
                    .append(size)
                    .append('\n');
        texts(pruned, "kept").forEach(why -> text.append("kept: ").append(why).append('\n'));
        return text.toString();
    }

    /** The last line of {@code /api/models/verify}. */
    public static String verified(Map<String, Object> verified) {
        List<Map<String, Object>> damage = Json.maps(verified, "damage");
        String read = count(Json.number(verified, "blobs"), "blob") + " read ("
                + Figures.bytes(Json.number(verified, "bytes")) + "), "
                + (damage.isEmpty() ? "nothing is damaged" : count(damage.size(), "blob") + " damaged") + "\n";
        return read + damaged(damage);
    }

    /** The answer of {@code /api/models/housekeeping}. */
    public static String housekeeping(Map<String, Object> told) {
        Table steps = new Table("STEP", "STATE", "TIME", "OUTCOME");
        for (Map<String, Object> step : Json.maps(told, "steps")) {
            String state = Json.text(step, "state");
            long millis = Json.number(step, "millis");
            steps.row(
                    Json.text(step, "name"),
                    state,
                    state.equals("waiting") ? "" : Figures.span(Duration.ofMillis(millis)),
                    Json.text(step, "outcome"));
        }
        return steps + damaged(Json.maps(told, "damage"));
    }

    private static String damaged(List<Map<String, Object>> damage) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> one : damage) {
            List<String> models = texts(one, "models");
            String what = Json.text(one, "digest") + ": " + Json.text(one, "reason");
            text.append(Table.harmless(what)).append('\n');
            text.append("  used by ")
                    .append(models.isEmpty() ? "no model" : String.join(", ", models))
                    .append('\n');
        }
        if (!damage.isEmpty()) text.append("paddock pull brings what is missing of a model\n");
        return text.toString();
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static List<String> texts(Map<String, Object> object, String name) {
        if (!(object.get(name) instanceof List<?> list)) return List.of();
        return list.stream().map(one -> Table.harmless(String.valueOf(one))).toList();
    }
}
