package dev.paddock.prompt.format;

/** Reads the calls of one {@link JsonCalls}. One thread. */
final class JsonCallStretch implements Stretch {
    private enum State {
        /** Behind the opening mark. */
        OPENED,
        /** Behind {@code [} or a comma. */
        ELEMENT,
        /** In an object. */
        OBJECT,
        /** Behind an object of an array. */
        BEHIND_ELEMENT,
        /** Behind all of it, before the closing mark. */
        CLOSING
    }

    private final JsonCalls syntax;
    private final Tools tools;
    private final TextStretch from;
    /** What is given back as text when no call comes: the opening, or what stood since the last call. */
    private String opening;
    /** What was read behind that. */
    private final StringBuilder written = new StringBuilder();

    private State state = State.OPENED;
    private boolean inArray;
    private CallObject object;

    JsonCallStretch(JsonCalls syntax, String opening, Tools tools, TextStretch from) {
        this.syntax = syntax;
        this.opening = opening;
        this.tools = tools;
        this.from = from;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        while (true) {
            if (state == State.OBJECT) {
                switch (object.read(in, out)) {
                    case OPEN -> {
                        return this;
                    }
                    case CALLED -> called();
                    case BROKEN -> {
                        return from.afterGap();
                    }
                    case NO_CALL -> {
                        return noCall(in, out);
                    }
                }
                continue;
            }
            int blanks = in.blanks();
            if (blanks == in.length()) return in.ended() ? ended(in, out) : this;
            written.append(in.take(blanks));
            if (state == State.CLOSING) return closing(in);
            if (!between(in.at(0), in)) return noCall(in, out);
        }
    }

    private void called() {
        opening = "";
        written.setLength(0);
        state = inArray ? State.BEHIND_ELEMENT : State.CLOSING;
    }

    /** Takes what stands between objects; false when it does not belong there. */
    private boolean between(char c, Input in) {
        boolean first = state == State.OPENED;
        if (c == '{' && state != State.BEHIND_ELEMENT && (!first || !syntax.array())) {
            object = new CallObject(syntax.keys(), tools, calling());
            state = State.OBJECT;
            return true;
        }
        State next =
                switch (c) {
                    case '[' -> first && syntax.array() ? State.ELEMENT : null;
                    case ',' -> state == State.BEHIND_ELEMENT ? State.ELEMENT : null;
                    case ']' -> state == State.BEHIND_ELEMENT ? State.CLOSING : null;
                    default -> null;
                };
        if (next == null) return false;
        inArray = true;
        written.append(in.next());
        state = next;
        return true;
    }

    private StringBuilder calling() {
        return written.insert(0, opening);
    }

    private Stretch closing(Input in) {
        if (syntax.closing().isEmpty()) return from.afterGap();
        if (in.startsWith(syntax.closing())) in.drop(syntax.closing().length());
        else if (in.mayStartWith(syntax.closing(), 0)) return this;
        return from.afterGap();
    }

    /** What was no call is text, and what follows its opening is read again. */
    private Stretch noCall(Input in, Pieces out) {
        String text = written.toString();
        if (state == State.OBJECT) text = text.substring(opening.length());
        in.giveBack(text);
        return opening.isEmpty() ? from.afterGap() : from.afterText(opening, out);
    }

    private Stretch ended(Input in, Pieces out) {
        written.append(in.take(in.length()));
        return opening.isEmpty() ? from.afterGap() : noCall(in, out);
    }
}
