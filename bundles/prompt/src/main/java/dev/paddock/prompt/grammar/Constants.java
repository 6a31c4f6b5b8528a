package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Given JSON values: when they are equal, and how they are written. */
final class Constants {
    private static final int LONGEST_PLAIN = 40;

    private Constants() {}

    /** Whether two values are the same to JSON Schema: numbers by their value, objects whatever their order. */
    static boolean equal(Object one, Object other) {
        return switch (one) {
            case null -> other == null;
            case Number n -> other instanceof Number m && JsonType.decimal(n).compareTo(JsonType.decimal(m)) == 0;
            case List<?> list -> other instanceof List<?> items && equalItems(list, items);
            case Map<?, ?> map -> other instanceof Map<?, ?> members && equalMembers(map, members);
            default -> one.equals(other);
        };
    }

    private static boolean equalItems(List<?> one, List<?> other) {
        if (one.size() != other.size()) return false;
        for (int i = 0; i < one.size(); i++) if (!equal(one.get(i), other.get(i))) return false;
        return true;
    }

    private static boolean equalMembers(Map<?, ?> one, Map<?, ?> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(k -> equal(one.get(k), other.get(k)));
    }

    /** One of some values. Texts become one automaton, so that only one reading is followed however many they are. */
    static Part oneOf(List<Object> values, JsonRules json) {
        Set<String> texts = new LinkedHashSet<>();
        for (Object value : values) if (value instanceof String text) texts.add(text);
        List<Part> options = new ArrayList<>();
        if (texts.size() > 1) options.add(json.text(Words.of(texts)));
        for (Object value : values) {
            if (!(value instanceof String) || texts.size() == 1) options.add(part(value, json));
        }
        return Part.choice(options);
    }

    /** The text of a value: its members in their order, white space where it may be. */
    static Part part(Object value, JsonRules json) {
        return switch (value) {
            case null -> new Part.Text("null");
            case String text -> new Part.Text(quoted(text));
            case Number number -> new Part.Text(number(JsonType.decimal(number)));
            case List<?> list -> list(list, json);
            case Map<?, ?> map -> map(map, json);
            default -> new Part.Text(value.toString());
        };
    }

    private static Part list(List<?> list, JsonRules json) {
        List<Part> parts = new ArrayList<>(List.of(new Part.Text("["), json.part("ws")));
        String before = "";
        for (Object item : list) {
            if (!before.isEmpty()) parts.add(json.part(before));
            parts.add(part(item, json));
            parts.add(json.part("ws"));
            before = "comma";
        }
        parts.add(new Part.Text("]"));
        return Part.sequence(parts);
    }

    private static Part map(Map<?, ?> map, JsonRules json) {
        List<Part> parts = new ArrayList<>(List.of(new Part.Text("{"), json.part("ws")));
        String before = "";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!before.isEmpty()) parts.add(json.part(before));
            parts.add(new Part.Text(quoted(String.valueOf(member.getKey()))));
            parts.add(json.part("colon"));
            parts.add(part(member.getValue(), json));
            parts.add(json.part("ws"));
            before = "comma";
        }
        parts.add(new Part.Text("}"));
        return Part.sequence(parts);
    }

    private static String number(BigDecimal number) {
        BigDecimal value = number.stripTrailingZeros();
        if (Math.abs((long) value.scale()) > LONGEST_PLAIN) return value.toString();
        return value.toPlainString();
    }

    /** A text as a JSON string: only what must be escaped is. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean plain = c >= ' ' && c != 0x7F && (c < 0xD800 || c > 0xDFFF);
                    if (plain) quoted.appendCodePoint(c);
                    else quoted.append(String.format("\\u%04x", c));
                }
            }
        });
        return quoted.append('"').toString();
    }
}
