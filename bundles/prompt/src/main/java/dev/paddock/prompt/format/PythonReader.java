package dev.paddock.prompt.format;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one value as Python writes it (section 2.4 of its reference): words, numbers, strings, lists, tuples and dicts,
 * and JSON's words too. Tuples become lists, keys text. Depth is bounded.
 */
final class PythonReader {
    private static final int MOST_DEPTH = 100;
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9][0-9_]{0,999}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9][0-9_]{0,999}[.]?[0-9]{0,999}|[.][0-9]{1,999})([eE][+-]?[0-9]{1,3})?");

    private final String text;
    private int position;

    /** @param value may be null */
    record Value(Object value) {}

    private static final class NoValueException extends RuntimeException {
        NoValueException() {
            super("no Python value", null, false, false);
        }
    }

    private PythonReader(String text) {
        this.text = text;
    }

    /** The value that is the whole of a text, white space around it aside; empty when it is anything else. */
    static Optional<Value> value(String text) {
        var reader = new PythonReader(text.strip());
        try {
            Object value = reader.value(0);
            return reader.position == reader.text.length() ? Optional.of(new Value(value)) : Optional.empty();
        } catch (NoValueException e) {
            return Optional.empty();
        }
    }

    private Object value(int depth) {
        if (depth > MOST_DEPTH) throw new NoValueException();
        var opening = PythonText.opening(text, position);
        if (opening.isPresent()) return string(opening.get());
        return switch (peek()) {
            case '[' -> list(depth, '[', ']');
            case '(' -> tuple(depth);
            case '{' -> dict(depth);
            default -> scalar();
        };
    }

    private String string(PythonText.Opening opening) {
        position += opening.length();
        var string = new PythonText(opening.raw());
        while (string.escaping() || !text.startsWith(opening.quotes(), position)) {
            peek();
            string.accept(text.charAt(position++));
        }
        position += opening.quotes().length();
        return string.rest();
    }

    private List<Object> list(int depth, char open, char close) {
        List<Object> list = new ArrayList<>();
        expect(open);
        while (!skip(close)) {
            list.add(value(depth + 1));
            blanks();
            if (peek() != close) expect(',');
        }
        return list;
    }

    /** Brackets around one value without a comma are only brackets. */
    private Object tuple(int depth) {
        int start = position;
        List<Object> list = list(depth, '(', ')');
        boolean comma = text.substring(start, position - 1).stripTrailing().endsWith(",");
        return list.size() == 1 && !comma ? list.getFirst() : list;
    }

    private Map<String, Object> dict(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        while (!skip('}')) {
            Object key = value(depth + 1);
            if (key instanceof List || key instanceof Map) throw new NoValueException();
            blanks();
            expect(':');
            blanks();
            map.put(String.valueOf(key), value(depth + 1));
            blanks();
            if (peek() != '}') expect(',');
        }
        return map;
    }

    private Object scalar() {
        int start = position;
        while (position < text.length() && ",:])} \t\r\n".indexOf(text.charAt(position)) < 0) position++;
        String word = text.substring(start, position);
        return switch (word) {
            case "None", "null" -> null;
            case "True", "true" -> true;
            case "False", "false" -> false;
            default -> number(word);
        };
    }

    private static Number number(String word) {
        String digits = word.replace("_", "");
        if (INTEGER.matcher(word).matches()) {
            var value = new BigInteger(digits);
            if (value.bitLength() < Long.SIZE) return value.longValue();
            return value;
        }
        if (!NUMBER.matcher(word).matches()) throw new NoValueException();
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) throw new NoValueException();
        return value;
    }

    private char peek() {
        if (position >= text.length()) throw new NoValueException();
        return text.charAt(position);
    }

    private void expect(char c) {
        if (peek() != c) throw new NoValueException();
        position++;
    }

    /** Skips white space, and a character if it is next. */
    private boolean skip(char c) {
        blanks();
        if (peek() != c) return false;
        position++;
        return true;
    }

    private void blanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) position++;
    }
}
