package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls that stand behind one opening mark in two ways, which is told by what comes first behind it: a brace, a bracket or
 * a code fence begins JSON, all else is a name.
 *
 * @param named calls with the name before the arguments
 * @param json calls that are JSON with the name in it
 * @param asJson whether a grammar holds models to JSON
 */
record EitherCalls(NamedCalls named, JsonCalls json, boolean asJson) implements CallSyntax {
    EitherCalls {
        if (!named.opening().equals(json.opening())) throw new IllegalArgumentException("two openings");
    }

    @Override
    public String opening() {
        return named.opening();
    }

    @Override
    public List<String> marks() {
        List<String> marks = new ArrayList<>(named.marks());
        marks.addAll(json.marks());
        return marks;
    }

    @Override
    public Stretch begin(String opening, Tools tools, TextStretch from) {
        return new Telling(opening, tools, from);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        return asJson ? json.rule(grammar, tools, several) : named.rule(grammar, tools, several);
    }

    /** Waits for the first character that is not white space. */
    private final class Telling implements Stretch {
        private final String opening;
        private final Tools tools;
        private final TextStretch from;

        Telling(String opening, Tools tools, TextStretch from) {
            this.opening = opening;
            this.tools = tools;
            this.from = from;
        }

        @Override
        public Stretch read(Input in, Pieces out) {
            int blanks = in.blanks();
            if (blanks == in.length() && !in.ended()) return this;
            boolean begins = blanks < in.length() && "[{`".indexOf(in.at(blanks)) >= 0;
            return (begins ? json : named).begin(opening, tools, from);
        }
    }
}
