package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Calls as the name of a tool and a JSON object of its arguments, each behind an opening mark, as in
 * {@code [TOOL_CALLS]f[ARGS]{...}}.
 *
 * @param opening begins each call; empty when the prompt holds it
 * @param headers what may stand between the opening and the arguments, as a whole; group {@code name} is the tool's
 *     name, a group {@code id} names the call. The first pattern that finds a known tool counts
 * @param endings what may stand behind the arguments, in this order; each may be missing
 * @param written how models are held to it
 */
record NamedCalls(String opening, List<Pattern> headers, List<String> endings, Written written) implements CallSyntax {
    /** In {@link Written#head}: the name of the tool. */
    static final String NAME = "NAME";

    /**
     * How a grammar writes calls.
     *
     * @param before stands once before all calls; empty when nothing does
     * @param head what stands between opening and arguments, in GBNF, with {@link #NAME} in it
     * @param tail what stands behind the arguments; empty when nothing does
     * @param between stands between two calls; empty when nothing does
     * @param behind stands once behind all calls; empty when nothing does
     * @param marks all marks in it and in the headers that may be control tokens
     */
    record Written(String before, String head, String tail, String between, String behind, List<String> marks) {
        /** No more than one call behind the other. */
        Written(String head, String tail, String... marks) {
            this("", head, tail, "", "", List.of(marks));
        }
    }

    NamedCalls {
        headers = List.copyOf(headers);
        endings = List.copyOf(endings);
    }

    @Override
    public List<String> marks() {
        List<String> marks = new ArrayList<>(written.marks());
        marks.add(opening);
        marks.addAll(endings);
        return marks;
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        return new NamedCallStretch(this, before, tools, from);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        List<String> each = new ArrayList<>();
        for (Tool tool : tools) {
            String arguments = grammar.schema(Tools.object(tool), false, "tools." + tool.name());
            String head = written.head().replace(NAME, grammar.literal(tool.name()));
            each.add(grammar.rule("call", head + " " + arguments));
        }
        String one = (literal(grammar, opening) + " " + grammar.rule("any-call", String.join(" | ", each))).strip();
        String row = grammar.rule("call-row", one + literal(grammar, written.tail()));
        if (several) row += " (" + literal(grammar, written.between()) + " " + row + ")*";
        return grammar.rule(
                "call-rows",
                (literal(grammar, written.before()) + " " + row + literal(grammar, written.behind())).strip());
    }

    private static String literal(GrammarBuilder grammar, String text) {
        return text.isEmpty() ? "" : " " + grammar.literal(text);
    }
}
