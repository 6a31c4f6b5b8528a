package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where models run, and which are on their way: what {@code /api/ps} tells beyond Ollama's. */
public final class Places {
    private Places() {}

    /** The loaded models whose name begins with the prefix, one line each; none for a server that does not tell. */
    public static List<String> loaded(Map<String, Object> answer, String prefix) {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> model : named(answer, "models", prefix)) {
            var ours = Json.map(model, "paddock");
            var placement = Json.map(ours, "placement");
            if (placement.isEmpty()) continue;
            String line = Json.text(model, "name") + " runs on " + where(ours, placement);
            lines.add(Table.harmless(ours.get("pinned") == Boolean.TRUE ? line + ", pinned" : line));
        }
        return lines;
    }

    private static String where(Map<String, Object> ours, Map<String, Object> placement) {
        String backend = (Json.text(placement, "backend") + " " + Json.text(placement, "version")).strip();
        long layers = Json.number(placement, "layers");
        String memory = Json.maps(ours, "memory").stream()
                .map(use -> Json.text(use, "device") + " " + Figures.bytes(Json.number(use, "bytes")))
                .collect(Collectors.joining(", "));
        String share = layers == 0 ? "" : layers < 0 ? ", all layers" : ", " + layers + " layers";
        return backend + share + (memory.isEmpty() ? "" : " (" + memory + ")");
    }

    /** The models that are being loaded, in the same way. */
    public static List<String> loading(Map<String, Object> answer, String prefix) {
        return named(answer, "loading", prefix).stream()
                .map(model -> {
                    double progress = model.get("progress") instanceof Number n ? n.doubleValue() : 0;
                    return "%s is %s: %d %%, %d waiting"
                            .formatted(
                                    Json.text(model, "name"),
                                    Json.text(model, "phase"),
                                    Math.round(progress * 100),
                                    Json.number(model, "waiting"));
                })
                .map(Table::harmless)
                .toList();
    }

    private static List<Map<String, Object>> named(Map<String, Object> answer, String list, String prefix) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return Json.maps(answer, list).stream()
                .filter(model ->
                        Json.text(model, "name").toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
    }
}
