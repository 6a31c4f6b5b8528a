package dev.paddock.dialect.kit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object in the making; keeps the order in which fields are put. */
public final class Reply {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Puts a field whatever its value. */
    public Reply put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /** Puts a field if the condition holds. */
    public Reply putIf(boolean condition, String name, Object value) {
        return condition ? put(name, value) : this;
    }

    /** Puts a field unless it is null, an empty text, list or object or zero. */
    public Reply some(String name, Object value) {
        boolean none =
                switch (value) {
                    case null -> true;
                    case String s -> s.isEmpty();
                    case Collection<?> c -> c.isEmpty();
                    case Map<?, ?> m -> m.isEmpty();
                    case Number n -> n.doubleValue() == 0;
                    default -> false;
                };
        return none ? this : put(name, value);
    }

    /** What was put. */
    public Map<String, Object> json() {
        return fields;
    }
}
