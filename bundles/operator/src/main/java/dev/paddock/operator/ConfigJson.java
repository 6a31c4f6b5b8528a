package dev.paddock.operator;

import dev.paddock.api.settings.KnownSetting;
import dev.paddock.api.settings.SettingChange;
import dev.paddock.api.settings.SettingsEditor.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Settings and their changes as JSON. */
final class ConfigJson {
    private ConfigJson() {}

    static Map<String, Object> of(KnownSetting known) {
        var setting = known.setting();
        var declared = known.declared();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", setting.pid());
        json.put("key", setting.key());
        json.put("name", declared.name());
        json.put("description", declared.description());
        json.put("type", declared.type().word());
        json.put("unit", declared.unit());
        json.put("default", value(declared.fallback()));
        json.put("value", value(setting.value()));
        json.put("source", setting.source());
        json.put("options", declared.options());
        if (known.pending() != null) json.put("pending", value(known.pending()));
        return json;
    }

    static Map<String, Object> of(Outcome outcome) {
        Map<String, Object> json = of(outcome.setting());
        json.put("effect", outcome.effect().name().toLowerCase(Locale.ROOT));
        if (!outcome.note().isEmpty()) json.put("note", outcome.note());
        return json;
    }

    static Map<String, Object> of(SettingChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", change.id());
        json.put("at", change.at().toString());
        json.put("by", change.by());
        json.put("pid", change.place().pid());
        json.put("key", change.place().key());
        json.put("before", value(change.before()));
        json.put("after", value(change.after()));
        if (change.secret()) json.put("secret", true);
        return json;
    }

    private static Object value(Object value) {
        return value instanceof String[] list ? List.of(list) : value;
    }
}
