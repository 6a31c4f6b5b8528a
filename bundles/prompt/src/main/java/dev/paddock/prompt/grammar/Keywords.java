package dev.paddock.prompt.grammar;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The keywords of JSON Schema, by what is done about them. */
final class Keywords {
    /** What is held to; of some not every value. */
    private static final Set<String> HELD = Set.of(
            "$ref",
            "type",
            "nullable",
            "enum",
            "const",
            "allOf",
            "anyOf",
            "oneOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "properties",
            "required",
            "additionalProperties",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
            "prefixItems",
            "items",
            "additionalItems",
            "unevaluatedItems",
            "minItems",
            "maxItems",
            "uniqueItems");

    /** Of those, what only leads to other schemas, or allows more. */
    private static final Set<String> LEADING = Set.of("$ref", "allOf", "anyOf", "oneOf", "nullable");

    /** What says nothing about values. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "id",
            "$anchor",
            "$comment",
            "$defs",
            "definitions",
            "$vocabulary",
            "title",
            "description",
            "default",
            "example",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "discriminator",
            "externalDocs",
            "xml");

    private Keywords() {}

    /** Refuses or notes each keyword of a schema that nothing is known of; those that begin with {@code x-} mean nothing. */
    static void check(Node node, Complaints complaints) {
        for (Object key : node.keywords().keySet()) {
            String keyword = String.valueOf(key);
            boolean known = HELD.contains(keyword) || ANNOTATIONS.contains(keyword) || keyword.startsWith("x-");
            if (!known) complaints.unheld(node, keyword);
        }
    }

    /** Whether a keyword alone may make a difference; those that lead to other schemas do not. */
    static boolean restricts(String keyword) {
        return HELD.contains(keyword) && !LEADING.contains(keyword);
    }

    /** Where a message about values of a type points: the first of some schemas that says something of them. */
    static String place(List<Node> nodes, JsonType type) {
        return place(nodes, k -> kind(k).contains(type) || (type == JsonType.STRING && k.equals("format")));
    }

    /** Where a message about keywords points: the first of some schemas that has one of them. */
    static String place(List<Node> nodes, Predicate<String> keyword) {
        Node first = nodes.stream()
                .filter(n -> n.keywords().keySet().stream().anyMatch(k -> keyword.test(String.valueOf(k))))
                .findFirst()
                .orElse(nodes.getFirst());
        return Complaints.at(first);
    }

    /** The kind of value that a keyword speaks of; empty when it is no particular one. */
    static Set<JsonType> kind(String keyword) {
        return switch (keyword) {
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" -> JsonType.named("number");
            case "minLength", "maxLength", "pattern" -> JsonType.named("string");
            case "properties",
                    "required",
                    "additionalProperties",
                    "unevaluatedProperties",
                    "minProperties",
                    "maxProperties" -> JsonType.named("object");
            case "prefixItems", "items", "additionalItems", "unevaluatedItems", "minItems", "maxItems", "uniqueItems" ->
                JsonType.named("array");
            default -> Set.of();
        };
    }
}
