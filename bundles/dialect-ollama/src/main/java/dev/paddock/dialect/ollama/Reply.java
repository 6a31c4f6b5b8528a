package dev.paddock.dialect.ollama;

import java.time.Duration;
import java.util.Collection;
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

    /** Puts a field unless it is null, an empty text, list or object, zero or no time at all. */
    Reply some(String name, Object value) {
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

    /** Puts a time span in nanoseconds, unless it is zero. */
    Reply nanos(String name, Duration value) {
        return some(name, value.toNanos());
    }

    Map<String, Object> json() {
        return fields;
    }

    /** Ollama's form of an error. */
    static Map<String, Object> error(String message) {
        return new Reply().put("error", message).json();
    }
}
