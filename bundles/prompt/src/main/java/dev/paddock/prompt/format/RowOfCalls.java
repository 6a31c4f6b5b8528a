package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.List;

/**
 * A mark before a row of calls that each have their own. The mark of the first call may be missing.
 *
 * @param opening begins the row
 * @param calls what stands in it
 */
record RowOfCalls(String opening, CallSyntax calls) implements CallSyntax {
    @Override
    public List<String> marks() {
        return List.of(opening);
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        return new Stretch() {
            @Override
            public Stretch read(Input in, Pieces out) {
                int blanks = in.blanks();
                if (in.startsWith(calls.opening(), blanks)) return from.afterGap();
                boolean waits = blanks == in.length() && !in.ended() || in.mayStartWith(calls.opening(), blanks);
                return waits ? this : calls.begin(before, tools, from);
            }
        };
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        return calls.rule(grammar, tools, several);
    }
}
