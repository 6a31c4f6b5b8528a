package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calls as JSON objects with name and arguments behind an opening mark, one or an array of them, with or without a
 * closing mark.
 *
 * @param opening begins them, for example {@code <tool_call>}; empty when nothing does
 * @param closing ends them; empty when nothing does
 * @param array whether a grammar holds them to an array; both are read
 * @param keys names of the members
 */
record JsonCalls(String opening, String closing, boolean array, CallObject.Keys keys) implements CallSyntax {
    @Override
    public List<String> marks() {
        return Stream.of(opening, closing).filter(mark -> !mark.isEmpty()).toList();
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        return new JsonCallStretch(this, before, tools, from);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        String one = anyOf(grammar, tools);
        String blank = grammar.rule("blank", "[ \\n]?");
        String calls = one;
        if (array) {
            String more = several ? " (\",\" " + blank + " " + one + ")*" : "";
            calls = grammar.rule("calls", "\"[\" " + one + more + " \"]\"");
        }
        String marked = opening.isEmpty() ? calls : grammar.literal(opening) + " " + blank + " " + calls;
        if (!closing.isEmpty()) marked += " " + blank + " " + grammar.literal(closing);
        String row = grammar.rule("call-row", marked);
        return several && !array ? grammar.rule("call-rows", row + " (" + blank + " " + row + ")*") : row;
    }

    private String anyOf(GrammarBuilder grammar, List<Tool> tools) {
        List<String> each = new ArrayList<>();
        for (Tool tool : tools) {
            String arguments = grammar.schema(Tools.object(tool), false, "tools." + tool.name());
            each.add(grammar.rule("call", head(grammar, tool) + " " + arguments + " \"}\""));
        }
        return grammar.rule("any-call", String.join(" | ", each));
    }

    private String head(GrammarBuilder grammar, Tool tool) {
        String name = JsonText.of(tool.name());
        if (keys.toolIsKey()) return grammar.literal("{" + name + ": ");
        String members = "\"" + keys.name().getFirst() + "\": " + name + ", \""
                + keys.arguments().getFirst() + "\": ";
        if (keys.before().isEmpty()) return grammar.literal("{" + members);
        return grammar.literal("{") + " " + keys.before() + " " + grammar.literal(members);
    }
}
