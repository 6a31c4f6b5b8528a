package dev.paddock.prompt.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A strict JSON reader (RFC 8259) for what models and messages hold. Objects become maps in the order written (the last
 * of equal keys wins), whole numbers {@link Long} or {@link BigInteger}, others {@link Double} ({@link BigDecimal} where
 * that is too small). Depth, digits and the number of values are bounded.
 */
public final class JsonReader {
    private static final int MOST_DEPTH = 100;
    private static final int MOST_DIGITS = 1000;
    private static final int MOST_VALUES = 1_000_000;

    private final String text;
    private int position;
    private int values;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The object that is the whole of a text, white space around it aside; empty when it is anything else. */
    public static Optional<Map<String, Object>> object(String text) {
        var reader = new JsonReader(text);
        try {
            reader.skipSpace();
            if (reader.peek() != '{') return Optional.empty();
            var object = reader.object(0);
            reader.skipSpace();
            return reader.position == text.length() ? Optional.of(object) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /**
     * The value, null too, that is the whole of a text, white space around it aside.
     *
     * @throws MalformedException when it is anything else
     */
    public static Object value(String text) {
        var reader = new JsonReader(text);
        reader.skipSpace();
        Object value = reader.value(0);
        reader.skipSpace();
        if (reader.position < text.length()) throw reader.malformed("unexpected text behind the value");
        return value;
    }

    /** A text is not JSON, or too large: the message says where and why. */
    public static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    private MalformedException malformed(String what) {
        return new MalformedException("not JSON at character " + (position + 1) + ": " + what);
    }

    private char peek() {
        if (position >= text.length()) throw malformed("unexpected end");
        return text.charAt(position);
    }

    private void expect(char c) {
        if (peek() != c) throw malformed("'" + c + "' expected");
        position++;
    }

    private boolean skip(char c) {
        if (peek() != c) return false;
        position++;
        return true;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) position++;
    }

    private Object value(int depth) {
        if (depth > MOST_DEPTH) throw malformed("nested too deeply");
        if (++values > MOST_VALUES) throw malformed("too many values");
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        skipSpace();
        if (skip('}')) return map;
        do {
            skipSpace();
            String key = string();
            skipSpace();
            expect(':');
            skipSpace();
            map.put(key, value(depth + 1));
            skipSpace();
        } while (skip(','));
        expect('}');
        return map;
    }

    private List<Object> array(int depth) {
        List<Object> list = new ArrayList<>();
        expect('[');
        skipSpace();
        if (skip(']')) return list;
        do {
            skipSpace();
            list.add(value(depth + 1));
            skipSpace();
        } while (skip(','));
        expect(']');
        return list;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, position)) throw malformed("unexpected character");
        position += word.length();
        return value;
    }

    private String string() {
        expect('"');
        StringBuilder read = new StringBuilder();
        while (true) {
            char c = peek();
            position++;
            if (c == '"') return read.toString();
            if (c < 0x20) throw malformed("control character in a string");
            read.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw malformed("unknown escape");
        };
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) throw malformed("hexadecimal digit expected");
            value = value * 16 + digit;
            position++;
        }
        return (char) value;
    }

    private Number number() {
        int start = position;
        skip('-');
        if (!skip('0')) digits();
        boolean whole = true;
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            digits();
            whole = false;
        }
        if (position < text.length() && (text.charAt(position) | 0x20) == 'e') {
            position++;
            if (!skip('+')) skip('-');
            digits();
            whole = false;
        }
        return whole ? integer(text.substring(start, position)) : real(text.substring(start, position));
    }

    private void digits() {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') position++;
        if (position == start) throw malformed("unexpected character");
        if (position - start > MOST_DIGITS) throw malformed("too many digits");
    }

    private static Number integer(String digits) {
        var value = new BigInteger(digits);
        if (value.bitLength() < Long.SIZE) return value.longValue();
        return value;
    }

    private static Number real(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) return new BigDecimal(text);
        return value;
    }
}
