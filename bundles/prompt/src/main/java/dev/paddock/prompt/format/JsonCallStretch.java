package dev.paddock.prompt.format;

/**
 * Reads the calls of one {@link JsonCalls}. What models get wrong is taken too: an array where one object should be and
 * the other way round, a missing comma, a {@code ;} for it, a missing bracket, a code fence around all of it. One thread.
 */
final class JsonCallStretch implements Stretch {
    private static final String FENCE = "```";
    private static final String JSON_FENCE = "```json";

    private enum State {
        /** Behind the opening mark. */
        OPENED,
        /** Behind {@code [} or a comma. */
        ELEMENT,
        /** In an object. */
        OBJECT,
        /** Behind an object. */
        BEHIND,
        /** Behind the objects and their bracket. */
        CLOSING,
        /** Behind all of it. */
        CLOSED
    }

    private final JsonCalls syntax;
    private final Tools tools;
    private final TextStretch from;
    /** What is given back as text when no call comes: the opening, or what stood since the last call. */
    private String opening;
    /** What was read behind that. */
    private final StringBuilder written = new StringBuilder();

    private State state = State.OPENED;
    private boolean called;
    private boolean fenced;
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
            if (waits(in)) return this;
            if (!between(in)) return noCall(in, out);
            if (state == State.CLOSED) return from.afterGap();
        }
    }

    private void called() {
        called = true;
        opening = "";
        written.setLength(0);
        state = State.BEHIND;
    }

    /** Whether what comes may become one of the marks that are looked for here. */
    private boolean waits(Input in) {
        return switch (state) {
            case OPENED -> in.mayStartWith(JSON_FENCE, 0);
            case BEHIND, CLOSING -> in.mayStartWith(syntax.closing(), 0) || fenced && in.mayStartWith(FENCE, 0);
            default -> false;
        };
    }

    /** Takes what stands between objects; false when it does not belong there. */
    private boolean between(Input in) {
        return switch (state) {
            case OPENED ->
                taken(in, JSON_FENCE, State.OPENED)
                        || taken(in, FENCE, State.OPENED)
                        || taken(in, "[", State.ELEMENT)
                        || object(in);
            case ELEMENT -> object(in) || called && taken(in, "]", State.CLOSING);
            case CLOSING -> closed(in);
            default ->
                taken(in, ",", State.ELEMENT)
                        || taken(in, ";", State.ELEMENT)
                        || object(in)
                        || taken(in, "]", State.CLOSING)
                        || closed(in);
        };
    }

    private boolean taken(Input in, String mark, State next) {
        if (!in.startsWith(mark)) return false;
        if (state == State.OPENED && mark.startsWith(FENCE)) fenced = true;
        written.append(in.take(mark.length()));
        state = next;
        return true;
    }

    private boolean object(Input in) {
        if (!in.startsWith("{")) return false;
        object = new CallObject(syntax.keys(), tools, written.insert(0, opening));
        state = State.OBJECT;
        return true;
    }

    /** Takes the fence or the mark that closes it; what else comes is no longer part of it. */
    private boolean closed(Input in) {
        if (fenced && taken(in, FENCE, State.CLOSING)) fenced = false;
        else {
            state = State.CLOSED;
            if (in.startsWith(syntax.closing())) in.drop(syntax.closing().length());
        }
        return true;
    }

    /** What was no call is text, and what follows its opening is read again. */
    private Stretch noCall(Input in, Pieces out) {
        String text = written.toString();
        if (state == State.OBJECT) text = text.substring(opening.length());
        in.giveBack(text);
        return called ? from.afterGap() : from.afterText(opening, out);
    }

    private Stretch ended(Input in, Pieces out) {
        written.append(in.take(in.length()));
        return called ? from.afterGap() : noCall(in, out);
    }
}
