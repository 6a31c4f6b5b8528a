package dev.paddock.prompt.format;

import java.util.BitSet;

/**
 * Follows JSON (RFC 8259) that is being written, one character at a time, and knows where it stands. Numbers and words
 * are only roughly looked at. What models write that is no JSON is taken too: control characters in strings, a comma
 * behind the last member, Python's {@code True}, {@code False} and {@code None}; {@link #text} gives what belongs there.
 * One thread.
 */
final class JsonFollower {
    /** Where in the JSON the next character stands. */
    enum Place {
        /** Before a value. */
        VALUE,
        /** Before the first key of an object, or its end. */
        FIRST_KEY,
        /** Before another key, or the end of the object. */
        KEY,
        /** In a key. */
        IN_KEY,
        /** Behind a key. */
        COLON,
        /** Before an element of an array, or its end. */
        FIRST_ELEMENT,
        /** In a string that is a value. */
        IN_STRING,
        /** In a number or word. */
        IN_SCALAR,
        /** Behind a value in an object or array. */
        BEHIND,
        /** The value is complete. */
        DONE,
        /** This is no JSON. */
        FAILED
    }

    private static final int MOST_DEPTH = 100;
    private static final String PYTHON_NULL = "None";

    /** Commas in what is open so deep or deeper are held back until it is known that a value follows. */
    private final int holding;

    /** A comma and the white space behind it, not given out yet. */
    private final StringBuilder held = new StringBuilder();

    /** Characters of Python's null that were read. */
    private int nullRead;

    private final BitSet objects = new BitSet();
    private int depth;
    private boolean escaped;
    private Place place = Place.VALUE;

    JsonFollower() {
        this(1);
    }

    /** @param holding how many objects and arrays must be open for commas to be held back; 1 = all are */
    JsonFollower(int holding) {
        this.holding = holding;
    }

    Place place() {
        return place;
    }

    /** Open objects and arrays. */
    int depth() {
        return depth;
    }

    /** Whether the innermost open one is an object. */
    boolean inObject() {
        return depth > 0 && objects.get(depth);
    }

    boolean done() {
        return place == Place.DONE;
    }

    boolean failed() {
        return place == Place.FAILED;
    }

    /** How the character that comes next must be written; empty when that depends on what follows it. */
    String text(char c) {
        if (!held.isEmpty()) {
            if (Character.isWhitespace(c)) return "";
            return (closes(c) ? held.substring(1) : held.toString()) + written(c);
        }
        return separates(c) ? "" : written(c);
    }

    private static boolean closes(char c) {
        return c == '}' || c == ']';
    }

    /** Whether it is a comma that is held back. */
    private boolean separates(char c) {
        return c == ',' && depth >= holding && (place == Place.BEHIND || place == Place.IN_SCALAR);
    }

    private String written(char c) {
        return switch (place) {
            case IN_KEY, IN_STRING -> inString(c);
            case IN_SCALAR -> String.valueOf(inNull(c) ? "null".charAt(nullRead) : c);
            case VALUE, FIRST_ELEMENT -> String.valueOf(c == 'T' || c == 'F' || c == 'N' ? (char) (c + ' ') : c);
            default -> String.valueOf(c);
        };
    }

    private boolean inNull(char c) {
        return nullRead > 0 && nullRead < PYTHON_NULL.length() && c == PYTHON_NULL.charAt(nullRead);
    }

    /** A control character as its escape. */
    private String inString(char c) {
        if (c >= 0x20) return String.valueOf(c);
        String escape =
                switch (c) {
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    default -> String.format("\\u%04x", (int) c);
                };
        // Behind a backslash only its second character is missing.
        return escaped ? escape.substring(1) : escape;
    }

    /** Takes in a character; white space between values changes nothing. */
    void accept(char c) {
        boolean holds = separates(c) || (!held.isEmpty() && Character.isWhitespace(c));
        if (!holds) held.setLength(0);
        switch (place) {
            case IN_KEY, IN_STRING -> inText(c);
            case IN_SCALAR -> {
                if (!scalar(c)) {
                    place = behindValue();
                    accept(c);
                    return;
                }
                nullRead = inNull(c) ? nullRead + 1 : 0;
            }
            case DONE, FAILED -> place = Place.FAILED;
            default -> {
                if (!Character.isWhitespace(c)) place = between(c);
            }
        }
        if (holds) held.append(c);
    }

    private void inText(char c) {
        if (escaped) escaped = false;
        else if (c == '\\') escaped = true;
        else if (c == '"') place = place == Place.IN_KEY ? Place.COLON : behindValue();
    }

    private Place between(char c) {
        return switch (place) {
            case VALUE -> value(c);
            case FIRST_ELEMENT -> c == ']' ? closed() : value(c);
            case FIRST_KEY, KEY -> c == '}' ? closed() : key(c);
            case COLON -> c == ':' ? Place.VALUE : Place.FAILED;
            case BEHIND -> behind(c);
            default -> Place.FAILED;
        };
    }

    private Place value(char c) {
        return switch (c) {
            case '{' -> opened(true);
            case '[' -> opened(false);
            case '"' -> Place.IN_STRING;
            default -> startsScalar(c) ? Place.IN_SCALAR : Place.FAILED;
        };
    }

    private boolean startsScalar(char c) {
        nullRead = c == 'N' ? 1 : 0;
        return scalar(c) || c == 'T' || c == 'F' || c == 'N';
    }

    private static Place key(char c) {
        return c == '"' ? Place.IN_KEY : Place.FAILED;
    }

    private Place behind(char c) {
        if (c == ',') return inObject() ? Place.KEY : Place.FIRST_ELEMENT;
        return c == (inObject() ? '}' : ']') ? closed() : Place.FAILED;
    }

    private Place opened(boolean object) {
        if (depth == MOST_DEPTH) return Place.FAILED;
        objects.set(++depth, object);
        return object ? Place.FIRST_KEY : Place.FIRST_ELEMENT;
    }

    private Place closed() {
        depth--;
        return behindValue();
    }

    private Place behindValue() {
        return depth == 0 ? Place.DONE : Place.BEHIND;
    }

    private static boolean scalar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'E';
    }
}
