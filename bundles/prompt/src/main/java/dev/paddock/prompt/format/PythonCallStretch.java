package dev.paddock.prompt.format;

import dev.paddock.prompt.json.JsonText;
import java.util.Optional;

/** Reads the calls of one {@link PythonCalls}. One thread. */
final class PythonCallStretch extends CallStretch {
    private enum State {
        /** Behind the opening mark: a block of code, a list or a call may begin. */
        OPENED,
        /** Before the name of a call. */
        NAME,
        /** Before an argument, or the end of the call. */
        ARGUMENT,
        /** Before a value. */
        VALUE,
        STRING,
        /** In a value that is no string. */
        OTHER,
        /** Behind a value. */
        BEHIND_VALUE,
        /** Behind a call. */
        BEHIND_CALL
    }

    private static final int MOST_NAME = 256;
    /** Of a string's prefix and its quotes. */
    private static final int MOST_OPENING = 5;

    private final PythonCalls syntax;

    private State state = State.OPENED;
    private boolean inBlock;
    private boolean inList;
    private String argument;
    private boolean named;
    private PythonString string;
    private PythonFollower other;

    PythonCallStretch(PythonCalls syntax, String opening, Tools tools, TextStretch from) {
        super(opening, tools, from);
        this.syntax = syntax;
    }

    @Override
    Step step(Input in, Pieces out) {
        if (state == State.STRING) return string(in);
        if (state == State.OTHER) return other(in);
        if (blank(in)) return in.ended() ? ended(in, out) : Step.WAIT;
        return switch (state) {
            case OPENED -> opened(in, out);
            case NAME -> name(in, out);
            case ARGUMENT -> argument(in);
            case VALUE -> value(in);
            case BEHIND_VALUE -> behindValue(in);
            default -> behindCall(in, out);
        };
    }

    private Step opened(Input in, Pieces out) {
        if (in.startsWith("{")) return asJson(in);
        if (!inBlock && !inList && in.mayStartWith(PythonCalls.fences(), 0)) return Step.WAIT;
        var fence = in.first(PythonCalls.fences(), 0);
        if (!inBlock && !inList && fence.isPresent()) {
            inBlock = true;
            return take(in, fence.get().length());
        }
        if (!inList && in.startsWith("[")) {
            inList = true;
            return take(in, 1);
        }
        state = State.NAME;
        return name(in, out);
    }

    private Step asJson(Input in) {
        String text = all();
        if (!inList) return leave(syntax.asJson(false).begin(text, tools, from));
        int list = text.lastIndexOf('[');
        in.giveBack(text.substring(list));
        return leave(syntax.asJson(true).begin(text.substring(0, list), tools, from));
    }

    private Step name(Input in, Pieces out) {
        int end = 0;
        while (end < in.length() && end <= MOST_NAME && Ahead.isName(in.at(end))) end++;
        if (end == in.length() && !in.ended()) return Step.WAIT;
        String name = in.text(0, end);
        var bracket = new Ahead(in, end);
        var verdict = bracket.verdict(tools.known(name) && bracket.next("("));
        if (verdict == Verdict.MAYBE) return Step.WAIT;
        if (verdict == Verdict.NO) return state == State.NAME ? noCall(in, out) : leave();
        take(in, in.find("(", 0) + 1);
        begin(name, out);
        state = State.ARGUMENT;
        return Step.ON;
    }

    private Step argument(Input in) {
        if (in.startsWith(")")) return complete(in);
        var ahead = new Ahead(in, 0);
        String name = ahead.word();
        // The name of an argument, or a word that is a value.
        var verdict = ahead.verdict(!name.isEmpty() && ahead.next("="));
        if (verdict == Verdict.MAYBE) return Step.WAIT;
        named = verdict == Verdict.YES;
        var known = named ? Optional.of(name) : arguments.next();
        if (known.isEmpty()) return broken(in);
        if (named) take(in, in.find("=", 0) + 1);
        argument = known.get();
        arguments.begin(argument);
        state = State.VALUE;
        return Step.ON;
    }

    private Step value(Input in) {
        if (in.length() < MOST_OPENING && !in.ended()) return Step.WAIT;
        var quotes = PythonText.opening(in.text(0, Math.min(MOST_OPENING, in.length())), 0);
        if (quotes.isEmpty()) {
            other = new PythonFollower();
            state = State.OTHER;
            return Step.ON;
        }
        take(in, quotes.get().length());
        string = new PythonString(quotes.get(), syntax, tools, arguments, named);
        state = State.STRING;
        return Step.ON;
    }

    private Step string(Input in) {
        return switch (string.read(in, written)) {
            case OPEN -> Step.WAIT;
            case CUT -> broken(in);
            case ENDED -> {
                state = State.BEHIND_VALUE;
                yield Step.ON;
            }
        };
    }

    private Step other(Input in) {
        while (!in.isEmpty()) {
            if (other.endsBefore(in.at(0))) return converted(in);
            char c = in.next();
            written.append(c);
            other.accept(c);
        }
        return in.ended() ? broken(in) : Step.WAIT;
    }

    /** A value that is none is text where the tool takes text: some models leave out the quotes. */
    private Step converted(Input in) {
        String text = other.text().strip();
        var read = PythonReader.value(text);
        var types = arguments.types(argument);
        boolean isText = !text.isEmpty() && (types.allowsText() || types.types().isEmpty());
        if (read.isEmpty() && !isText) return broken(in);
        arguments.add(JsonText.of(read.isPresent() ? read.get().value() : text));
        state = State.BEHIND_VALUE;
        return Step.ON;
    }

    private Step behindValue(Input in) {
        if (in.startsWith(")")) return complete(in);
        if (!in.startsWith(",")) return broken(in);
        state = State.ARGUMENT;
        return take(in, 1);
    }

    private Step complete(Input in) {
        take(in, 1);
        arguments.complete(all());
        arguments = null;
        opening = "";
        written.setLength(0);
        state = State.BEHIND_CALL;
        return Step.ON;
    }

    private Step behindCall(Input in, Pieces out) {
        if (!syntax.closing().isEmpty() && in.startsWith(syntax.closing())) {
            in.drop(syntax.closing().length());
            return leave();
        }
        if (inBlock && in.startsWith(PythonCalls.FENCE)) return take(in, PythonCalls.FENCE.length());
        boolean fence = inBlock && in.mayStartWith(PythonCalls.FENCE, 0);
        if (fence || in.mayStartWith(syntax.closing(), 0)) return Step.WAIT;
        if (in.at(0) == ',' || in.at(0) == ';' || (inList && in.at(0) == ']')) return take(in, 1);
        return Ahead.isName(in.at(0)) ? name(in, out) : leave();
    }

    private Step ended(Input in, Pieces out) {
        if (arguments != null) return broken(in);
        return state == State.BEHIND_CALL ? leave() : noCall(in, out);
    }
}
