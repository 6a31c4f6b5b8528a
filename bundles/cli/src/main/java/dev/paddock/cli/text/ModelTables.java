package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lists of models as tables, as Ollama prints them. */
public final class ModelTables {
    private static final int ID_CHARACTERS = 12;

    private ModelTables() {}

    /** The answer of {@code /api/tags}: models whose name begins with the prefix, whatever the case. */
    public static Table stored(Map<String, Object> tags, String prefix, Instant now) {
        Table table = new Table("NAME", "ID", "SIZE", "MODIFIED");
        for (Map<String, Object> model : models(tags, prefix)) {
            table.row(
                    Json.text(model, "name"),
                    shortId(model),
                    Figures.bytes(Json.number(model, "size")),
                    Figures.ago(instant(model, "modified_at"), now));
        }
        return table;
    }

    /** The models of {@code /api/tags} that cannot be used, one line each. */
    public static List<String> damaged(Map<String, Object> tags, String prefix) {
        return models(tags, prefix).stream()
                .filter(model -> !Json.text(model, "damaged").isEmpty())
                .map(model -> Json.text(model, "name") + " is damaged: " + Json.text(model, "damaged"))
                .map(Table::harmless)
                .toList();
    }

    /** The answer of {@code /api/ps}, in the same way. */
    public static Table loaded(Map<String, Object> loaded, String prefix, Instant now) {
        Table table = new Table("NAME", "ID", "SIZE", "PROCESSOR", "CONTEXT", "UNTIL");
        for (Map<String, Object> model : models(loaded, prefix)) {
            table.row(
                    Json.text(model, "name"),
                    shortId(model),
                    Figures.bytes(Json.number(model, "size")),
                    processor(Json.number(model, "size"), Json.number(model, "size_vram")),
                    Long.toString(Json.number(model, "context_length")),
                    Figures.until(instant(model, "expires_at"), now));
        }
        return table;
    }

    /** The models of {@code /api/ps} that are not loaded because their runners kept dying, one line each. */
    public static List<String> quarantined(Map<String, Object> loaded, String prefix, Instant now) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return Json.maps(loaded, "quarantined").stream()
                .filter(entry ->
                        Json.text(entry, "model").toLowerCase(Locale.ROOT).startsWith(start))
                .map(entry -> "%s is in quarantine on %s: %s (tried again %s; sooner: paddock release %s)"
                        .formatted(
                                Json.text(entry, "model"),
                                Json.text(entry, "backends"),
                                Json.text(entry, "reason"),
                                again(instant(entry, "until"), now),
                                Json.text(entry, "model")))
                .map(Table::harmless)
                .toList();
    }

    private static String again(Instant then, Instant now) {
        return then.isAfter(now) ? Figures.until(then, now) : "with the next request";
    }

    /** The models of {@code /api/ps} that work without the draft model they should have, one line each. */
    public static List<String> undrafted(Map<String, Object> loaded, String prefix) {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> model : models(loaded, prefix)) {
            var draft = Json.map(Json.map(model, "paddock"), "draft");
            String reason = Json.text(draft, "reason");
            if (reason.isEmpty()) continue;
            String line = "%s works without its draft model %s: %s"
                    .formatted(Json.text(model, "name"), Json.text(draft, "model"), reason);
            lines.add(Table.harmless(line));
        }
        return lines;
    }

    /** An answer with those of its models only whose names begin so. */
    public static Map<String, Object> only(Map<String, Object> answer, String prefix) {
        Map<String, Object> only = new LinkedHashMap<>(answer);
        only.put("models", models(answer, prefix));
        return only;
    }

    private static List<Map<String, Object>> models(Map<String, Object> answer, String prefix) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return Json.maps(answer, "models").stream()
                .filter(model ->
                        Json.text(model, "name").toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
    }

    static Instant instant(Map<String, Object> object, String name) {
        try {
            return OffsetDateTime.parse(Json.text(object, name)).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String shortId(Map<String, Object> model) {
        String digest = Json.text(model, "digest").replaceFirst("^sha256:", "");
        return digest.substring(0, Math.min(ID_CHARACTERS, digest.length()));
    }

    private static String processor(long size, long onGpu) {
        if (onGpu == 0) return "100% CPU";
        if (size == 0 || onGpu > size) return "Unknown";
        if (onGpu == size) return "100% GPU";
        long cpu = Math.round((size - onGpu) * 100.0 / size);
        return cpu + "%/" + (100 - cpu) + "% CPU/GPU";
    }
}
