package dev.paddock.prompt.format;

import dev.paddock.prompt.json.JsonText;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * Turns an object in Gemma's notation into JSON while it is written. What models write instead is taken too: quoted keys,
 * {@code =} for {@code :}, strings between common quotes or none, missing commas. One thread.
 */
final class GemmaArguments {
    private enum Place {
        /** Before a key, or the end of the object. */
        KEY,
        /** Behind a key. */
        COLON,
        /** Before a value, or the end of the array. */
        VALUE,
        /** In a value that is no object or array. */
        SCALAR,
        /** Behind a value. */
        BEHIND,
        DONE,
        FAILED
    }

    private static final int MOST_DEPTH = 100;
    private static final int MOST_KEY = 256;
    private static final String BRACKETS = "{}[]()";

    private final String quote;
    private final char last;
    /** Whether a key at the top has a text for its value. */
    private final Predicate<String> text;

    private final BitSet objects = new BitSet();
    private int depth = 1;
    private Place place = Place.KEY;
    private String key = "";
    /** Whether a comma came that is not given out yet. */
    private boolean comma;

    private GemmaScalar scalar;

    /**
     * Arguments whose opening bracket is read and given out.
     *
     * @param quote the mark on both sides of strings
     * @param last the bracket that ends them
     * @param text whether the value of a key can only be a string
     */
    GemmaArguments(String quote, char last, Predicate<String> text) {
        this.quote = quote;
        this.last = last;
        this.text = text;
        objects.set(1);
    }

    boolean done() {
        return place == Place.DONE;
    }

    boolean failed() {
        return place == Place.FAILED;
    }

    /** Reads what is certain: takes it in, adds it to what was written, and its JSON to the other text. */
    void read(Input in, StringBuilder written, StringBuilder json) {
        boolean went = true;
        while (went && !done() && !failed()) {
            if (place != Place.SCALAR) written.append(in.take(in.blanks()));
            int before = in.length();
            Place stood = place;
            if (place == Place.SCALAR || (!in.isEmpty() && !in.mayStartWith(quote, 0))) {
                String ahead = place == Place.SCALAR ? "" : in.part(0, MOST_KEY);
                int taken = step(in, ahead, written, json);
                written.append(in.take(taken));
            }
            went = in.length() < before || place != stood;
        }
    }

    /** One step; gives the number of characters that it read and did not take. */
    private int step(Input in, String ahead, StringBuilder written, StringBuilder json) {
        return switch (place) {
            case KEY -> key(ahead, json);
            case COLON -> colon(ahead.charAt(0));
            case VALUE -> value(ahead, json);
            case SCALAR -> {
                if (scalar.read(in, written, json)) place = Place.BEHIND;
                yield 0;
            }
            default -> behind(ahead.charAt(0), json);
        };
    }

    private int key(String ahead, StringBuilder json) {
        char first = ahead.charAt(0);
        if (first == closing()) return closed(json);
        if (first == ',') return 1;
        String mark = ahead.startsWith(quote) ? quote : first == '"' || first == '\'' ? String.valueOf(first) : "";
        int from = mark.length();
        int end = mark.isEmpty() ? bareKeyEnd(ahead) : ahead.indexOf(mark, from);
        if (end < 0) {
            if (ahead.length() == MOST_KEY) place = Place.FAILED;
            return 0;
        }
        if (end == from && mark.isEmpty()) return failed(0);
        key = ahead.substring(from, end).strip();
        separate(json);
        json.append(JsonText.of(key)).append(':');
        place = Place.COLON;
        return end + mark.length();
    }

    /** Where a key without quotes ends; 0 when this is none, -1 when more must come. */
    private static int bareKeyEnd(String ahead) {
        for (int i = 0; i < ahead.length(); i++) {
            char c = ahead.charAt(i);
            if (c == ':' || c == '=') return i;
            if (BRACKETS.indexOf(c) >= 0 || c == ',' || c == '<' || c == '\n') return 0;
        }
        return -1;
    }

    private int colon(char c) {
        if (c != ':' && c != '=') return failed(0);
        place = Place.VALUE;
        return 1;
    }

    private int value(String ahead, StringBuilder json) {
        char first = ahead.charAt(0);
        boolean inObject = objects.get(depth);
        if (first == closing() || (first == ',' && inObject)) {
            if (!inObject) return closed(json);
            json.append("null");
            place = Place.BEHIND;
            return 0;
        }
        if (first == ',') return 1;
        if (first == '}' || first == ']') return failed(0);
        if (!inObject) separate(json);
        if (first == '{' || first == '[') return opened(first, json);
        scalar = new GemmaScalar(quote, inObject, last == ')' && depth == 1, depth == 1 && text.test(key));
        place = Place.SCALAR;
        return 0;
    }

    private int behind(char c, StringBuilder json) {
        if (c == closing()) return closed(json);
        if (c == '}' || c == ']') return failed(0);
        comma = true;
        place = objects.get(depth) ? Place.KEY : Place.VALUE;
        return c == ',' ? 1 : 0;
    }

    private void separate(StringBuilder json) {
        if (comma) json.append(',');
        comma = false;
    }

    private char closing() {
        if (depth == 1) return last;
        return objects.get(depth) ? '}' : ']';
    }

    private int opened(char bracket, StringBuilder json) {
        if (depth == MOST_DEPTH) return failed(0);
        objects.set(++depth, bracket == '{');
        json.append(bracket);
        place = bracket == '{' ? Place.KEY : Place.VALUE;
        return 1;
    }

    private int closed(StringBuilder json) {
        json.append(objects.get(depth) ? '}' : ']');
        comma = false;
        depth--;
        place = depth == 0 ? Place.DONE : Place.BEHIND;
        return 1;
    }

    private int failed(int taken) {
        place = Place.FAILED;
        return taken;
    }
}
