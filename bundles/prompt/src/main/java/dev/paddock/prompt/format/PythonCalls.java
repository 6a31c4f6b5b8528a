package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.List;

/**
 * Calls as Python writes them, {@code f(a="x", n=2)}, between two marks: in a list, on lines, or in a block of code. All
 * three are read whatever the style is, and calls as JSON objects between the same marks.
 *
 * @param opening begins them; empty when nothing does
 * @param closing ends them; empty when nothing does
 * @param style how models of the family are taught to write them
 */
record PythonCalls(String opening, String closing, Style style) implements CallSyntax {
    /** How several calls stand together. */
    enum Style {
        /** {@code [f(), g()]}. */
        LIST,
        /** One on each line. */
        LINES,
        /** One on each line of a block of code. */
        CODE
    }

    static final String FENCE = "```";
    private static final String CODE = FENCE + "python";

    @Override
    public List<String> marks() {
        return List.of(opening, closing);
    }

    /** What may begin a block of code, the longest first. */
    static List<String> fences() {
        return List.of(CODE, FENCE + "py", FENCE);
    }

    JsonCalls asJson(boolean array) {
        return new JsonCalls(opening, closing, array, CallObject.Keys.USUAL);
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        return new PythonCallStretch(this, before, tools, from);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        String line = grammar.literal("\n");
        String between = style == Style.LIST ? grammar.literal(", ") : line;
        String one = new PythonGrammar(grammar).call(tools);
        String calls = several ? one + " (" + between + " " + one + ")*" : one;
        String inside =
                switch (style) {
                    case LIST -> grammar.literal("[") + " " + calls + " " + grammar.literal("]");
                    case LINES -> line + "? " + calls + " " + line + "?";
                    case CODE ->
                        grammar.literal("\n" + CODE + "\n") + " " + calls + " " + grammar.literal("\n" + FENCE + "\n");
                };
        return grammar.rule("call-row", grammar.literal(opening) + " " + inside + " " + grammar.literal(closing));
    }
}
