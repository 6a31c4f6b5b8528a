package dev.paddock.dialect.openai;

import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object in the making; keeps the order in which fields are put. */
final class Reply {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Puts a field whatever its value. */
    Reply put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /** Puts a field if the condition holds. */
    Reply putIf(boolean condition, String name, Object value) {
        return condition ? put(name, value) : this;
    }

    Map<String, Object> json() {
        return fields;
    }
}
