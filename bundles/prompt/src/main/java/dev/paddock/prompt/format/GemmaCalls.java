package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls as Gemma's models for tools write them: {@code call:f{text:"of any kind",n:2,l:[true]}}, with keys that are not
 * quoted and strings between marks of their own, in which nothing is escaped.
 *
 * @param opening begins a call
 * @param closing ends it
 * @param quote stands on both sides of a string
 */
record GemmaCalls(String opening, String closing, String quote) implements CallSyntax {
    @Override
    public List<String> marks() {
        return List.of(opening, closing, quote);
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        return new GemmaCallStretch(this, before, tools, from);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        var values = new GemmaGrammar(grammar, quote);
        List<String> each = new ArrayList<>();
        for (Tool tool : tools) {
            String head = grammar.literal(opening + "call:" + tool.name());
            String arguments = values.object(Tools.parameters(tool), 0);
            each.add(grammar.rule("call", head + " " + arguments + " " + grammar.literal(closing)));
        }
        String any = grammar.rule("any-call", String.join(" | ", each));
        return several ? grammar.rule("calls", any + "+") : any;
    }
}
