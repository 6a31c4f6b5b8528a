package dev.paddock.prompt.grammar;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types of JSON values. What JSON Schema calls a number is a whole number or a fraction here. */
enum JsonType {
    NULL,
    BOOLEAN,
    INTEGER,
    FRACTION,
    STRING,
    ARRAY,
    OBJECT;

    /** All of them. */
    static final Set<JsonType> ALL = EnumSet.allOf(JsonType.class);

    /** What JSON Schema means by a name; empty when it is none. */
    static Set<JsonType> named(Object name) {
        if (!(name instanceof String text)) return Set.of();
        return switch (text) {
            case "null" -> EnumSet.of(NULL);
            case "boolean" -> EnumSet.of(BOOLEAN);
            case "integer" -> EnumSet.of(INTEGER);
            case "number" -> EnumSet.of(INTEGER, FRACTION);
            case "string" -> EnumSet.of(STRING);
            case "array" -> EnumSet.of(ARRAY);
            case "object" -> EnumSet.of(OBJECT);
            default -> Set.of();
        };
    }

    /** The type of a value. */
    static JsonType of(Object value) {
        return switch (value) {
            case null -> NULL;
            case Boolean b -> BOOLEAN;
            case Number n -> decimal(n).stripTrailingZeros().scale() <= 0 ? INTEGER : FRACTION;
            case String s -> STRING;
            case List<?> l -> ARRAY;
            case Map<?, ?> m -> OBJECT;
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        };
    }

    /** A number as it was written, not as it is kept in binary. */
    static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }
}
