package dev.paddock.prompt.format;

import java.util.stream.Stream;

/**
 * How something with a name is written, for example {@code <function=NAME>...</function>}. Immutable.
 *
 * @param before what stands before the name, for example {@code <function=}
 * @param behind what ends the name, for example {@code >}; empty when white space, {@code <} or an opening brace does
 * @param end what ends the opening tag, where that is more: {@code >} behind attributes, or the tag behind a key
 * @param close the closing tag
 */
record NamedTag(String before, String behind, String end, String close) {
    private static final int MOST_NAME = 256;
    private static final int MOST_BETWEEN = 64;
    private static final String QUOTE = "\"";

    /** Says that a value is text. */
    static final String TEXT = "string=\"true\"";

    /** Says that a value is JSON. */
    static final String JSON = "string=\"false\"";

    /**
     * What was found of an opening tag.
     *
     * @param name without white space and quotes around it
     * @param attributes {@link #TEXT}, {@link #JSON} or empty
     * @param length of all of it, from behind {@code before}
     */
    record Head(State state, String name, String attributes, int length) {
        /** Whether there is one. */
        enum State {
            NONE,
            /** There may be one when more has come. */
            UNFINISHED,
            FOUND
        }

        private static final Head NONE = new Head(State.NONE, "", "", 0);
        private static final Head UNFINISHED = new Head(State.UNFINISHED, "", "", 0);
    }

    /** {@code <function=NAME>...</function>}. */
    static NamedTag valued(String tag) {
        return new NamedTag("<" + tag + "=", ">", "", "</" + tag + ">");
    }

    /** {@code <invoke name="NAME">...</invoke>}; {@link #TEXT} or {@link #JSON} may follow the name. */
    static NamedTag attributed(String tag) {
        return new NamedTag("<" + tag + " name=" + QUOTE, QUOTE, ">", "</" + tag + ">");
    }

    /** All texts of it. */
    Stream<String> parts() {
        return Stream.of(before, behind, end, close);
    }

    /** An opening tag with this name, as models are taught to write it. */
    String opening(String name) {
        return before + name + behind + end;
    }

    /** Reads an opening tag from behind {@code before}, which some models write twice. */
    Head head(Input in, int from) {
        int start = in.startsWith(before, from) ? from + before.length() : from;
        if (behind.isEmpty()) while (start < in.length() && Character.isWhitespace(in.at(start))) start++;
        for (int end = start; end - start <= MOST_NAME; end++) {
            if (end == in.length()) return atEnd(in, from, start, end);
            if (end == start && in.mayStartWith(before, end)) return Head.UNFINISHED;
            if (endsName(in, end)) return behindName(in, from, start, end);
            if (behind.isEmpty()) continue;
            if (in.mayStartWith(behind, end)) return Head.UNFINISHED;
            if (in.at(end) == '\n' || in.at(end) == '<') return Head.NONE;
        }
        return Head.NONE;
    }

    private Head atEnd(Input in, int from, int start, int end) {
        if (!in.ended()) return Head.UNFINISHED;
        return behind.isEmpty() && end > start ? behindName(in, from, start, end) : Head.NONE;
    }

    private boolean endsName(Input in, int at) {
        if (!behind.isEmpty()) return in.startsWith(behind, at);
        char c = in.at(at);
        return c == '<' || c == '{' || Character.isWhitespace(c);
    }

    private Head behindName(Input in, int from, int start, int nameEnd) {
        String name = bare(in.text(start, nameEnd));
        int at = nameEnd + behind.length();
        if (end.isEmpty()) return new Head(Head.State.FOUND, name, "", at - from);
        return behind.equals(QUOTE) ? behindAttributes(in, from, name, at) : behindKey(in, from, name, at);
    }

    private Head behindAttributes(Input in, int from, String name, int start) {
        for (int at = start; at - start <= MOST_BETWEEN; at++) {
            if (at == in.length()) return in.ended() ? Head.NONE : Head.UNFINISHED;
            if (in.startsWith(end, at)) {
                String attributes = in.text(start, at).strip();
                boolean known = attributes.isEmpty() || attributes.equals(TEXT) || attributes.equals(JSON);
                return known ? new Head(Head.State.FOUND, name, attributes, at + end.length() - from) : Head.NONE;
            }
            if (in.at(at) == '\n' || in.at(at) == '<') return Head.NONE;
        }
        return Head.NONE;
    }

    /** The tag of the value follows the one that ends the key; some models leave it out or end the key twice. */
    private Head behindKey(Input in, int from, String name, int start) {
        int at = in.startsWith(behind, start) ? start + behind.length() : start;
        int value = at;
        while (value < in.length() && value - at < MOST_BETWEEN && Character.isWhitespace(in.at(value))) value++;
        boolean more = value == in.length() || in.mayStartWith(end, value) || in.mayStartWith(behind, at);
        if (more && !in.ended()) return Head.UNFINISHED;
        int length = in.startsWith(end, value) ? value + end.length() - from : at - from;
        return new Head(Head.State.FOUND, name, "", length);
    }

    private static String bare(String name) {
        String bare = name.strip();
        boolean quoted = bare.length() > 1 && "\"'".indexOf(bare.charAt(0)) >= 0 && bare.endsWith(bare.substring(0, 1));
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }
}
