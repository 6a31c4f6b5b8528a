package dev.paddock.prompt.grammar;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for objects at a place. Where properties are named and others are not spoken of, no others are written.
 */
final class ObjectFacts {
    private static final int MOST_PROPERTIES = 1000;

    private final Branch branch;
    private final List<Node> nodes;
    private final SchemaDocument document;
    private final KeywordReader reader;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final Optional<Set<Node>> additional;
    private long least;
    private long most = Part.ENDLESS;

    ObjectFacts(Branch branch, SchemaDocument document, KeywordReader reader) {
        this.branch = branch;
        nodes = branch.nodes();
        this.document = document;
        this.reader = reader;
        for (Node node : nodes) take(node);
        names.addAll(required);
        additional = findAdditional();
        if (names.size() > MOST_PROPERTIES) {
            throw document.complaints()
                    .tooLarge(nodes.getFirst(), "has more than " + MOST_PROPERTIES + " properties in one object");
        }
    }

    private void take(Node node) {
        reader.count(node, "minProperties").ifPresent(n -> least = Math.max(least, n));
        reader.count(node, "maxProperties").ifPresent(n -> most = Math.min(most, n));
        for (Object name : reader.object(node, "properties").keySet()) names.add(String.valueOf(name));
        for (Object name : reader.list(node, "required")) {
            if (!(name instanceof String)) throw document.complaints().malformed(node, "required", "a list of texts");
            required.add((String) name);
        }
    }

    /** Takes note of what cannot be held to. */
    void check() {
        boolean countable = least > most || least <= names.size() + 1L || additional.isEmpty();
        for (Node node : nodes) {
            boolean known = !node.has("unevaluatedProperties") || node.get("unevaluatedProperties") instanceof Boolean;
            if (!known) document.complaints().unheld(node, "unevaluatedProperties");
            if (countable || !node.has("minProperties")) continue;
            document.complaints().unheld(node, "minProperties", "names that are free may be the same");
        }
        if (!countable) least = 0;
    }

    /** Names that schemas speak of, in their order. */
    Set<String> names() {
        return names;
    }

    /** Names that must be there. */
    Set<String> required() {
        return required;
    }

    /** Fewest properties. */
    long least() {
        return least;
    }

    /** Most properties that are valid; {@link Part#ENDLESS} = without bound. */
    long most() {
        return most;
    }

    /** Most properties that are written; {@link Part#ENDLESS} = without bound, or there are no more anyway. */
    long mostWritten() {
        return most >= names.size() && additional.isEmpty() ? Part.ENDLESS : most;
    }

    /** What must hold for a property of this name. */
    Set<Node> property(String name) {
        reader.work().spend(nodes.size());
        Set<Node> schemas = new LinkedHashSet<>();
        for (Node node : nodes) {
            if (names(node, name)) {
                schemas.add(document.child(node, "properties", name));
            } else if (node.has("additionalProperties")) {
                schemas.add(document.child(node, "additionalProperties"));
            }
            if (!Boolean.FALSE.equals(node.get("unevaluatedProperties"))) continue;
            boolean known = branch.under(node).stream().anyMatch(n -> names(n, name) || n.has("additionalProperties"));
            if (!known) schemas.add(document.child(node, "unevaluatedProperties"));
        }
        return schemas;
    }

    private boolean names(Node node, String name) {
        return reader.object(node, "properties").containsKey(name);
    }

    /** What must hold for properties of other names that are written; empty when none are. */
    Optional<Set<Node>> additional() {
        return additional;
    }

    private Optional<Set<Node>> findAdditional() {
        Set<Node> schemas = new LinkedHashSet<>();
        boolean named = false;
        for (Node node : nodes) {
            named |= node.has("properties") || Boolean.FALSE.equals(node.get("unevaluatedProperties"));
            if (node.has("additionalProperties")) schemas.add(document.child(node, "additionalProperties"));
        }
        boolean closed = schemas.stream().anyMatch(s -> Boolean.FALSE.equals(s.value()));
        return closed || (named && schemas.isEmpty()) ? Optional.empty() : Optional.of(schemas);
    }

    /** Whether any object will do. */
    boolean isFree() {
        return names.isEmpty()
                && least == 0
                && most == Part.ENDLESS
                && additional.isPresent()
                && additional.get().stream().allMatch(s -> Boolean.TRUE.equals(s.value()));
    }

    /** Whether a property of this name is written in some object. */
    boolean writes(String name) {
        return names.contains(name) || additional.isPresent();
    }

    /** Where they are, for messages. */
    String at() {
        return Keywords.place(nodes, JsonType.OBJECT);
    }
}
