package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules for values in Gemma's notation that a JSON Schema allows: types, {@code enum}, {@code const}, {@code properties}
 * with those required, {@code items}. Other keywords do not narrow the rules. Keys come in the order of the alphabet,
 * as the models' templates write them.
 */
final class GemmaGrammar {
    private static final int MOST_DEPTH = 16;

    private final GrammarBuilder grammar;
    private final String quote;
    private String anything;

    GemmaGrammar(GrammarBuilder grammar, String quote) {
        this.grammar = grammar;
        this.quote = quote;
    }

    /** The rule of an object, brackets included. */
    String object(Map<?, ?> schema, int depth) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties) || properties.isEmpty()) {
            return Boolean.FALSE.equals(schema.get("additionalProperties")) || depth == 0
                    ? grammar.rule("object", "\"{}\"")
                    : anyObject();
        }
        List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
        var sorted = new TreeMap<String, Object>();
        properties.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        List<String> first = new ArrayList<>();
        // From the last to the first: what may follow each member, and what an object may begin with.
        String tail = "\"\"";
        boolean open = true;
        for (String key : sorted.descendingKeySet()) {
            String value = value(sorted.get(key), depth + 1);
            String member = grammar.rule("member", grammar.literal(key + ":") + " " + value);
            if (required.contains(key)) first.clear();
            first.add(member + " " + tail);
            boolean optional = !required.contains(key);
            open &= optional;
            String next = "\",\" " + member + " " + tail;
            tail = grammar.rule("members", optional ? next + " | " + tail : next);
        }
        if (open) first.add("\"\"");
        return grammar.rule("object", "\"{\" (" + String.join(" | ", first) + ") \"}\"");
    }

    private String value(Object schema, int depth) {
        if (!(schema instanceof Map<?, ?> map) || depth > MOST_DEPTH) return any();
        if (map.containsKey("const")) return constant(map.get("const"));
        if (map.get("enum") instanceof List<?> values && !values.isEmpty()) {
            return grammar.rule(
                    "enum",
                    String.join(" | ", values.stream().map(this::constant).toList()));
        }
        if (!(map.get("type") instanceof String type)) return any();
        return switch (type) {
            case "string" -> text();
            case "integer" -> integer();
            case "number" -> number();
            case "boolean" -> grammar.rule("boolean", "\"true\" | \"false\"");
            case "null" -> grammar.literal("null");
            case "array" -> array(map.containsKey("items") ? value(map.get("items"), depth + 1) : any());
            case "object" -> object(map, depth);
            default -> any();
        };
    }

    private String constant(Object value) {
        return switch (value) {
            case String string -> grammar.literal(quote + string + quote);
            case Map<?, ?> map -> anyObject();
            case List<?> list -> array(any());
            case null, default -> grammar.literal(String.valueOf(value));
        };
    }

    private String text() {
        String mark = grammar.literal(quote);
        return grammar.rule("text", mark + " " + grammar.textWithout(List.of(quote)) + " " + mark);
    }

    private String integer() {
        return grammar.rule("integer", "\"-\"? (\"0\" | [1-9] [0-9]{0,15})");
    }

    private String number() {
        return grammar.rule("number", integer() + " (\".\" [0-9]{1,16})?");
    }

    private String array(String item) {
        return grammar.rule("array", "\"[\" (" + item + " (\",\" " + item + ")*)? \"]\"");
    }

    private String anyObject() {
        String member = grammar.rule("any-member", "[a-zA-Z_] [a-zA-Z0-9_-]{0,63} \":\" " + any());
        return grammar.rule("any-object", "\"{\" (" + member + " (\",\" " + member + ")*)? \"}\"");
    }

    /** A scalar or an array of scalars: what a schema leaves open does not nest deeper. */
    private String any() {
        if (anything == null) {
            String scalar = grammar.rule("scalar", text() + " | " + number() + " | \"true\" | \"false\" | \"null\"");
            anything = grammar.rule("any", scalar + " | " + array(scalar));
        }
        return anything;
    }
}
