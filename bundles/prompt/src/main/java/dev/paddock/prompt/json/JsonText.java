package dev.paddock.prompt.json;

import java.util.List;
import java.util.Map;

/** Writes JSON values (RFC 8259), all but what must be escaped as it is. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();
    /** Behind commas and colons. */
    private final String space;

    private JsonText(String space) {
        this.space = space;
    }

    /** The text of maps, lists, strings, numbers, booleans and null, without white space. */
    public static String of(Object value) {
        return of(value, "");
    }

    /** The same with a space behind commas and colons, as Python writes it and models learned it. */
    public static String spaced(Object value) {
        return of(value, " ");
    }

    private static String of(Object value, String space) {
        var writer = new JsonText(space);
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
            text.append(':').append(space);
            value(entry.getValue());
            before = "," + space;
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> list) {
        String before = "[";
        for (Object element : list) {
            text.append(before);
            value(element);
            before = "," + space;
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
