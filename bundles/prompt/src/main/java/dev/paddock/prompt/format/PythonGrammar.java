package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules of calls as Python writes them, with arguments by name and values as JSON, which such models read and write too:
 * first those that are required, then the others, which may be left out, each in the schema's order.
 */
record PythonGrammar(GrammarBuilder grammar) {
    /** A call of one of the tools. */
    String call(List<Tool> tools) {
        List<String> each = tools.stream().map(this::call).toList();
        return grammar.rule("any-call", String.join(" | ", each));
    }

    private String call(Tool tool) {
        List<String> required = new ArrayList<>();
        List<String> optional = new ArrayList<>();
        Map<?, ?> schema = Tools.parameters(tool);
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            Set<?> names = schema.get("required") instanceof List<?> list ? Set.copyOf(list) : Set.of();
            for (var property : properties.keySet()) {
                String name = String.valueOf(property);
                (names.contains(name) ? required : optional).add(argument(tool, name));
            }
        }
        return grammar.rule(
                "call",
                grammar.literal(tool.name() + "(") + " " + arguments(required, optional) + " " + grammar.literal(")"));
    }

    private String argument(Tool tool, String name) {
        String where = "tools." + tool.name() + "." + name;
        String value = grammar.schema(Tools.selfContained(tool, name), false, where);
        return grammar.rule("argument", grammar.literal(name + "=") + " " + value);
    }

    /** With commas between those that are there. */
    private String arguments(List<String> required, List<String> optional) {
        String comma = grammar.literal(", ");
        if (!required.isEmpty()) {
            StringBuilder all = new StringBuilder(String.join(" " + comma + " ", required));
            for (String argument : optional) all.append(" (" + comma + " " + argument + ")?");
            return all.toString();
        }
        // What may follow the arguments from one on, and what may stand from it on, from the last one back.
        String behind = grammar.literal("");
        String from = behind;
        for (String argument : optional.reversed()) {
            from = grammar.rule("arguments", argument + " " + behind + " | " + from);
            behind = grammar.rule("more-arguments", "(" + comma + " " + argument + ")? " + behind);
        }
        return from;
    }
}
