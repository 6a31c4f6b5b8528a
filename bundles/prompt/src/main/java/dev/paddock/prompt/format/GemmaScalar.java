package dev.paddock.prompt.format;

import dev.paddock.prompt.json.JsonText;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns one string, number or word in Gemma's notation into JSON while it is written. One thread. */
final class GemmaScalar {
    private static final Pattern LITERAL =
            Pattern.compile("-?(?:0|[1-9]\\d{0,99})(?:\\.\\d{1,99})?(?:[eE][+-]?\\d{1,3})?|true|false|null");
    private static final Map<String, String> PYTHON = Map.of("True", "true", "False", "false", "None", "null");

    /** A comma that ends a value without quotes, and the key behind it. */
    private static final Pattern NEXT_KEY =
            Pattern.compile(",\\s{0,20}(?:[\\p{L}_][\\w.-]{0,63}\\s{0,4}[:=]|[}\\])\"'<])");

    private static final int MOST_NEXT_KEY = 100;
    private static final int MOST_LITERAL = 220;
    private static final int MOST_BLANKS = 64;
    /** What may follow a string between common quotes: a quote before anything else is part of it. */
    private static final String BEHIND_QUOTES = ",}])";

    private static final String ESCAPES = "\"\\/bfnrtu";

    private enum Form {
        OPEN,
        /** Between the family's marks. */
        MARKED,
        /** Between common quotes. */
        QUOTED,
        BARE
    }

    private final String quote;
    private final boolean member;
    private final boolean inParentheses;
    private final boolean text;

    private Form form = Form.OPEN;
    private char quotes;
    /** Characters of a bare value that do not end it. */
    private int looked;

    /**
     * A value, before its first character.
     *
     * @param quote the mark on both sides of strings
     * @param member whether it belongs to a key: then commas may stand in it when nothing marks it
     * @param inParentheses whether {@code )} ends it
     * @param text whether it can only be a string
     */
    GemmaScalar(String quote, boolean member, boolean inParentheses, boolean text) {
        this.quote = quote;
        this.member = member;
        this.inParentheses = inParentheses;
        this.text = text;
    }

    /** Reads what is certain; whether the value is complete. */
    boolean read(Input in, StringBuilder written, StringBuilder json) {
        if (form == Form.OPEN) {
            form = in.startsWith(quote) ? Form.MARKED : "\"'".indexOf(in.at(0)) >= 0 ? Form.QUOTED : Form.BARE;
            if (form == Form.QUOTED) quotes = in.at(0);
            if (form != Form.BARE) {
                json.append('"');
                written.append(in.take(form == Form.MARKED ? quote.length() : 1));
            }
        }
        return switch (form) {
            case MARKED -> marked(in, written, json);
            case QUOTED -> quoted(in, written, json);
            default -> bare(in, written, json);
        };
    }

    private boolean marked(Input in, StringBuilder written, StringBuilder json) {
        int end = in.find(quote, 0);
        String more = in.take(end >= 0 ? end : in.length() - in.possible(quote));
        written.append(more);
        json.append(escaped(more));
        if (end < 0) return false;
        written.append(in.take(quote.length()));
        json.append('"');
        return true;
    }

    private boolean quoted(Input in, StringBuilder written, StringBuilder json) {
        int i = 0;
        int end = -1;
        while (i < in.length() && end < 0) {
            char c = in.at(i);
            boolean open = i + 1 == in.length() && !in.ended();
            if (in.mayStartWith(quote, i) || (open && c == '\\') || (c == quotes && undecided(in, i + 1))) break;
            if (in.startsWith(quote, i)) end = quote.length();
            else if (c == quotes && ends(in, i + 1)) end = 1;
            else if (c == '\\' && i + 1 < in.length()) {
                json.append(escape(in.at(i + 1)));
                i += 2;
            } else {
                json.append(escaped(String.valueOf(c)));
                i++;
            }
        }
        written.append(in.take(i));
        if (end < 0) return false;
        written.append(in.take(end));
        json.append('"');
        return true;
    }

    private static int nextVisible(Input in, int from) {
        int i = from;
        while (i < in.length() && i - from < MOST_BLANKS && Character.isWhitespace(in.at(i))) i++;
        return i;
    }

    private boolean undecided(Input in, int from) {
        return !in.ended() && (nextVisible(in, from) == in.length() || in.mayStartWith(quote, nextVisible(in, from)));
    }

    private boolean ends(Input in, int from) {
        int next = nextVisible(in, from);
        return next == in.length() || BEHIND_QUOTES.indexOf(in.at(next)) >= 0 || in.startsWith(quote, next);
    }

    private static String escape(char c) {
        if (c == '\'') return "'";
        return ESCAPES.indexOf(c) >= 0 ? "\\" + c : "\\\\" + escaped(String.valueOf(c));
    }

    private boolean bare(Input in, StringBuilder written, StringBuilder json) {
        while (looked < in.length()) {
            if (in.mayStartWith(quote, looked)) return false;
            boolean marked = in.startsWith(quote, looked);
            char c = in.at(looked);
            if (marked || "}]".indexOf(c) >= 0 || (c == ')' && inParentheses)) return ended(in, marked, written, json);
            if (c == ',') {
                var next = NEXT_KEY.matcher(in.part(looked, MOST_NEXT_KEY));
                boolean ends = !member || number(in) || next.lookingAt();
                if (ends) return ended(in, false, written, json);
                if (next.hitEnd() && !in.ended()) return false;
            }
            looked++;
        }
        return false;
    }

    private boolean number(Input in) {
        return looked < MOST_LITERAL && literal(in.part(0, looked)) != null;
    }

    private boolean ended(Input in, boolean marked, StringBuilder written, StringBuilder json) {
        String value = in.take(looked);
        String literal = marked ? null : literal(value);
        json.append(literal == null ? JsonText.of(value.strip()) : literal);
        written.append(value);
        if (marked) written.append(in.take(quote.length()));
        return true;
    }

    /** The JSON of a number or word; null when it is none. */
    private String literal(String value) {
        String stripped = value.strip();
        if (text) return null;
        return LITERAL.matcher(stripped).matches() ? stripped : PYTHON.get(stripped);
    }

    private static String escaped(String text) {
        String quoted = JsonText.of(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}
