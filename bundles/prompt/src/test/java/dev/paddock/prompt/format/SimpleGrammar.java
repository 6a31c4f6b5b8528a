package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A grammar builder that is enough to see what formats build: objects have all their properties, values are short, and
 * text is of a few letters that no mark is made of.
 */
final class SimpleGrammar implements GrammarBuilder {
    private final StringBuilder rules = new StringBuilder();
    private int count;

    @Override
    public String rule(String hint, String body) {
        String name = hint + "-" + count++;
        rules.append(name).append(" ::= ").append(body).append('\n');
        return name;
    }

    @Override
    public String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    @Override
    public String schema(Object schema, boolean strict, String where) {
        if (!(schema instanceof Map<?, ?> map) || !(map.get("properties") instanceof Map<?, ?> properties)) {
            return jsonObject();
        }
        List<String> members = new ArrayList<>();
        properties.keySet().stream()
                .map(String::valueOf)
                .sorted()
                .forEach(name ->
                        members.add(literal("\"" + name + "\": ") + " " + value((Map<?, ?>) properties.get(name))));
        return rule("object", "\"{\" " + String.join(" \", \" ", members) + " \"}\"");
    }

    private static String value(Map<?, ?> schema) {
        return switch (String.valueOf(schema.get("type"))) {
            case "integer" -> "[1-9]";
            case "boolean" -> "(\"true\" | \"false\")";
            case "array" -> "\"[]\"";
            case "object" -> "\"{}\"";
            default -> "\"\\\"\" [a-zA-Z{}]{0,8} \"\\\"\"";
        };
    }

    @Override
    public String jsonObject() {
        return rule("any", "\"{\" (\"\\\"x\\\": \" [0-9])? \"}\"");
    }

    @Override
    public String jsonValue() {
        return rule("value", "[0-9]");
    }

    @Override
    public String textWithout(List<String> texts) {
        return rule("text", "[xyz \\n]*");
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public String text(String root) {
        return rules.toString();
    }
}
