package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules of {@link TaggedCalls}: the arguments in the schema's order, those that are not required may be left out. Text is
 * free but for the tags that could end it; of what a schema says of text only its constants are held. Everything else is
 * JSON by its schema. One thread.
 */
final class TaggedGrammar {
    private static final int MOST_CONSTANTS = 1000;

    private final TaggedCalls syntax;
    private final GrammarBuilder grammar;
    private final String line;
    /** The rule of free text; empty before it is needed. */
    private String text = "";

    TaggedGrammar(TaggedCalls syntax, GrammarBuilder grammar) {
        this.syntax = syntax;
        this.grammar = grammar;
        this.line = grammar.rule("line", syntax.lines() == TaggedCalls.Lines.NONE ? "\"\\n\"?" : "\"\\n\"");
    }

    /** The rule of one row, or several. */
    String rows(List<Tool> tools, boolean several) {
        String call = grammar.rule(
                "any-call", String.join(" | ", tools.stream().map(this::call).toList()));
        if (syntax.open().isEmpty()) return several(call, several);
        String calls = several ? call + " (" + line + " " + call + ")*" : call;
        String row = grammar.rule(
                "call-row",
                grammar.literal(syntax.open()) + " " + line + " " + calls + " " + line + " "
                        + grammar.literal(syntax.close()));
        return several(row, several);
    }

    private String several(String one, boolean several) {
        return several
                ? grammar.rule("call-rows", one + " (" + grammar.rule("gap", "\"\\n\"?") + " " + one + ")*")
                : one;
    }

    private String call(Tool tool) {
        Map<?, ?> schema = Tools.parameters(tool);
        List<String> parts = new ArrayList<>();
        parts.add(grammar.literal(syntax.call().opening(tool.name())) + " " + line);
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            Set<?> required = schema.get("required") instanceof List<?> names ? Set.copyOf(names) : Set.of();
            properties.forEach((name, property) -> {
                String argument = argument(tool, String.valueOf(name), property);
                parts.add(required.contains(name) ? argument : argument + "?");
            });
        }
        parts.add(grammar.literal(syntax.call().close()));
        return grammar.rule("call", String.join(" ", parts));
    }

    private String argument(Tool tool, String name, Object property) {
        Map<?, ?> schema = property instanceof Map<?, ?> map ? map : Map.of();
        var types = new ArgumentTypes(JsonType.allowedBy(schema, Tools.parameters(tool)));
        boolean text = types.allowsText() || types.types().isEmpty();
        boolean constants = text && schema.get("enum") instanceof List<?> list && list.size() <= MOST_CONSTANTS;
        String value = constants ? constants((List<?>) schema.get("enum")) : text ? text() : json(tool, name);
        boolean lines = syntax.lines() == TaggedCalls.Lines.VALUES;
        // The line break at the end of free text is part of the text here.
        String body = lines ? "\"\\n\" " + value + (text && !constants ? "" : " \"\\n\"") : value;
        return grammar.rule(
                "argument",
                head(name, text) + " " + body + " "
                        + grammar.literal(syntax.argument().close()) + " " + line);
    }

    private String head(String name, boolean text) {
        var tag = syntax.argument();
        if (!tag.end().startsWith("<")) return grammar.literal(syntax.argumentOpening(name, text));
        return grammar.literal(tag.before() + name + tag.behind()) + " " + line + " " + grammar.literal(tag.end());
    }

    private String json(Tool tool, String name) {
        return grammar.schema(Tools.selfContained(tool, name), false, "tools." + tool.name() + "." + name);
    }

    private String text() {
        if (text.isEmpty()) text = grammar.textWithout(TagOrder.of(syntax).inValue());
        return text;
    }

    private String constants(List<?> values) {
        return grammar.rule(
                "constant",
                String.join(
                        " | ",
                        values.stream()
                                .map(v -> grammar.literal(String.valueOf(v)))
                                .toList()));
    }
}
