package dev.paddock.prompt.format;

import java.util.List;

/**
 * Reads a Python string that is the value of an argument and gives it out as it comes.
 *
 * <p>Models write code between quotes without escaping the quotes in it. A quote ends the string of a named argument only
 * when the rest of the call follows: a comma and another argument, or the bracket that ends the call and behind it another
 * call, the end of the calls or of the answer. Once there were quotes that did not end it, it must be an argument that the
 * tool has and that has not come, or a tool on offer. A backslash before the quote that the end of the calls follows is a
 * character of its own. One thread.
 */
final class PythonString {
    private final PythonText.Opening opening;
    private final PythonText text;
    private final PythonCalls syntax;
    private final Tools tools;
    private final OpenArguments arguments;
    private final boolean named;
    /** Whether a quote stood in it that did not end it. */
    private boolean quoted;

    /** @param named whether the argument has a name; a quote ends others at once */
    PythonString(PythonText.Opening opening, PythonCalls syntax, Tools tools, OpenArguments arguments, boolean named) {
        this.opening = opening;
        this.text = new PythonText(opening.raw());
        this.syntax = syntax;
        this.tools = tools;
        this.arguments = arguments;
        this.named = named;
        arguments.add("\"");
    }

    /** @param written takes in what is read, the closing quotes included */
    ValueState read(Input in, StringBuilder written) {
        while (!in.isEmpty()) {
            switch (ends(in)) {
                case NO -> {
                    quoted |= !text.escaping() && in.startsWith(opening.quotes());
                    text.accept(take(in, written));
                }
                case YES -> {
                    // What is left before the quotes is a backslash that stands for itself.
                    if (in.startsWith("\\")) text.literal(take(in, written));
                    written.append(in.take(opening.quotes().length()));
                    arguments.addText(text.rest());
                    arguments.add("\"");
                    return ValueState.ENDED;
                }
                case MAYBE -> {
                    arguments.addText(text.taken());
                    return ValueState.OPEN;
                }
            }
        }
        arguments.addText(text.taken());
        return in.ended() ? ValueState.CUT : ValueState.OPEN;
    }

    private static char take(Input in, StringBuilder written) {
        char c = in.next();
        written.append(c);
        return c;
    }

    private Verdict ends(Input in) {
        String quotes = opening.quotes();
        if (text.escaping()) return Verdict.NO;
        if (in.startsWith("\\") && named && quotes.length() == 1) {
            if (in.length() == 1) return in.ended() ? Verdict.NO : Verdict.MAYBE;
            return in.startsWith(quotes, 1) ? lastEnd(in) : Verdict.NO;
        }
        if (!in.startsWith(quotes)) return in.mayStartWith(quotes, 0) ? Verdict.MAYBE : Verdict.NO;
        if (!named || quotes.length() > 1) return Verdict.YES;
        var argument = new Ahead(in, quotes.length());
        var argumentFollows = argument.verdict(argument.next(",") && (argument.next(")") || isArgument(argument)));
        if (argumentFollows != Verdict.NO) return argumentFollows;
        var call = new Ahead(in, quotes.length());
        return call.verdict(call.end() || (call.next(")") && callEnds(call)));
    }

    private boolean isArgument(Ahead ahead) {
        String name = ahead.word();
        if (name.isEmpty() || !ahead.next("=")) return false;
        return arguments.expects(name) || !arguments.described() || !quoted;
    }

    private boolean callEnds(Ahead ahead) {
        if (ahead.end() || callsEnd(ahead)) return true;
        ahead.nextOf(List.of(",", ";"));
        String name = ahead.word();
        return !name.isEmpty() && ahead.next("(") && (tools.known(name) || !quoted);
    }

    private boolean callsEnd(Ahead ahead) {
        if (ahead.next("]") && ahead.end()) return true;
        return ahead.next(syntax.closing()) || ahead.next(PythonCalls.FENCE);
    }

    /** Whether the escaped quote ahead is the last one of the calls. */
    private Verdict lastEnd(Input in) {
        var ahead = new Ahead(in, 1 + opening.quotes().length());
        if (!ahead.next(")")) return ahead.verdict(false);
        ahead.next("]");
        ahead.next(PythonCalls.FENCE);
        return ahead.verdict(ahead.next(syntax.closing()));
    }
}
