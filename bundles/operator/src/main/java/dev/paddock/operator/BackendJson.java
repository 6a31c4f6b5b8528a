package dev.paddock.operator;

import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.scheduler.DeviceMemory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Backends and memory as the routes tell them. */
final class BackendJson {
    private BackendJson() {}

    /** @param bundle file name of the jar, or empty when it lies elsewhere */
    static Map<String, Object> of(BackendReport report, String bundle, boolean pinned) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", report.key().id());
        json.put("version", report.key().version());
        json.put("bundle", bundle);
        json.put("state", state(report));
        json.put("pinned", pinned);
        json.put("devices", report.devices().stream().map(BackendJson::device).toList());
        report.refusal().ifPresent(refusal -> json.put("refusal", refusal(refusal)));
        return json;
    }

    private static String state(BackendReport report) {
        if (!report.probed()) return "probing";
        return report.usable() ? "usable" : "refused";
    }

    private static Map<String, Object> refusal(Refusal refusal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reason", refusal.reason().name().toLowerCase(Locale.ROOT));
        json.put("detail", refusal.detail());
        json.put("remedy", refusal.remedy());
        return json;
    }

    private static Map<String, Object> device(Device device) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", device.name());
        json.put("description", device.description());
        json.put("kind", device.kind().name().toLowerCase(Locale.ROOT));
        json.put("pci_id", device.pciId());
        json.put("driver", device.driver());
        json.put("total", device.totalBytes());
        json.put("free", device.freeBytes());
        return json;
    }

    static Map<String, Object> memory(DeviceMemory memory) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device", memory.device().name());
        json.put("description", memory.device().description());
        json.put("total", memory.device().totalBytes());
        json.put("free", memory.device().freeBytes());
        json.put("reserved", memory.reserved());
        json.put("measured", memory.measured());
        json.put("used_by_others", memory.usedByOthers());
        json.put("available", memory.available());
        return json;
    }
}
