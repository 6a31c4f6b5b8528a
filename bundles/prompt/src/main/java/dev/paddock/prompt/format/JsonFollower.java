package dev.paddock.prompt.format;

import java.util.BitSet;

/**
 * Follows JSON (RFC 8259) that is being written, one character at a time, and knows where it stands. Numbers and words
 * are only roughly looked at, and control characters may stand in strings, as models write them: {@link #text} gives
 * what belongs there. One thread.
 */
final class JsonFollower {
    /** Where in the JSON the next character stands. */
    enum Place {
        /** Before a value. */
        VALUE,
        /** Before the first key of an object, or its end. */
        FIRST_KEY,
        /** Before another key. */
        KEY,
        /** In a key. */
        IN_KEY,
        /** Behind a key. */
        COLON,
        /** Before the first element of an array, or its end. */
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

    private final BitSet objects = new BitSet();
    private int depth;
    private boolean escaped;
    private Place place = Place.VALUE;

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

    /** How the character that comes next must be written: a control character in a string as its escape. */
    String text(char c) {
        boolean inText = place == Place.IN_STRING || place == Place.IN_KEY;
        if (!inText || c >= 0x20) return String.valueOf(c);
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
        switch (place) {
            case IN_KEY, IN_STRING -> inText(c);
            case IN_SCALAR -> {
                if (scalar(c)) return;
                place = behindValue();
                accept(c);
            }
            case DONE, FAILED -> place = Place.FAILED;
            default -> {
                if (!Character.isWhitespace(c)) place = between(c);
            }
        }
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
            case FIRST_KEY -> c == '}' ? closed() : key(c);
            case KEY -> key(c);
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
            default -> scalar(c) ? Place.IN_SCALAR : Place.FAILED;
        };
    }

    private static Place key(char c) {
        return c == '"' ? Place.IN_KEY : Place.FAILED;
    }

    private Place behind(char c) {
        if (c == ',') return inObject() ? Place.KEY : Place.VALUE;
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
