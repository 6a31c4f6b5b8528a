package dev.paddock.prompt.json;

import java.util.List;
import java.util.Map;

/** Writes JSON values (RFC 8259) without white space, all but what must be escaped as it is. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /** The text of maps, lists, strings, numbers, booleans and null. */
    public static String of(Object value) {
        var writer = new JsonText();
        writer.value(value);
        return writer.text.toString();
    }

    private void value(Object value) {
        switch (value) {
            case null -> text.append("null");
            case String s -> string(s);
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            default -> text.append(value);
        }
    }

    private void object(Map<?, ?> map) {
        String before = "{";
        for (var entry : map.entrySet()) {
            text.append(before);
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue());
            before = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> list) {
        String before = "[";
        for (Object element : list) {
            text.append(before);
            value(element);
            before = ",";
        }
        text.append(list.isEmpty() ? "[]" : "]");
    }

    private void string(String s) {
        text.append('"');
        for (int i = 0; i < s.length(); i++) character(s.charAt(i));
        text.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < 0x20) text.append(String.format("\\u%04x", (int) c));
                else text.append(c);
            }
        }
    }
}
