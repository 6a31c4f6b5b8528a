package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.util.Locale;
import java.util.Map;

/** Backends and memory, as the server tells of them, in tables. */
public final class BackendTables {
    private BackendTables() {}

    /** The answer of {@code /api/backends}: backends, why some are not used, and memory. */
    public static String all(Map<String, Object> answer) {
        var backends = new Table("BACKEND", "VERSION", "STATE", "DEVICES");
        var refusals = new StringBuilder();
        for (var backend : Json.maps(answer, "backends")) {
            String pin = Boolean.TRUE.equals(backend.get("pinned")) ? ", pinned" : "";
            backends.row(
                    Json.text(backend, "id"),
                    Json.text(backend, "version"),
                    Json.text(backend, "state") + pin,
                    String.join(
                            ", ",
                            Json.maps(backend, "devices").stream()
                                    .map(BackendTables::device)
                                    .toList()));
            var refusal = Json.map(backend, "refusal");
            if (!refusal.isEmpty()) refusals.append(refusal(backend, refusal));
        }
        String memory = memory(answer);
        return backends + (refusals.isEmpty() ? "" : "\n" + refusals) + (memory.isEmpty() ? "" : "\n" + memory);
    }

    private static String device(Map<String, Object> device) {
        String description = Json.text(device, "description");
        String name = Json.text(device, "name");
        return description.isEmpty() ? name : name + " (" + description + ")";
    }

    /** Reason, what was seen, what to do: one line each. */
    public static String refusal(Map<String, Object> backend, Map<String, Object> refusal) {
        return Table.harmless(Json.text(backend, "id") + " " + Json.text(backend, "version") + " is not used: "
                        + words(Json.text(refusal, "reason")))
                + "\n  " + Table.harmless(Json.text(refusal, "detail")) + "\n  "
                + Table.harmless(Json.text(refusal, "remedy")) + "\n";
    }

    private static String words(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String memory(Map<String, Object> answer) {
        var devices = Json.maps(answer, "memory");
        if (devices.isEmpty()) return "";
        var table = new Table("MEMORY OF", "TOTAL", "FREE", "RESERVED", "MEASURED", "USED BY OTHERS", "AVAILABLE");
        for (var device : devices) {
            table.row(
                    Json.text(device, "device"),
                    bytes(device, "total"),
                    bytes(device, "free"),
                    bytes(device, "reserved"),
                    bytes(device, "measured"),
                    bytes(device, "used_by_others"),
                    bytes(device, "available"));
        }
        return table.toString();
    }

    private static String bytes(Map<String, Object> device, String name) {
        return Figures.bytes(Math.max(0, Json.number(device, name)));
    }
}
