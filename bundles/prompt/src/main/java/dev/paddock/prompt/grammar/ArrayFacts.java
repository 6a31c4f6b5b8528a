package dev.paddock.prompt.grammar;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for arrays at a place. Where the first items have schemas and further ones are not spoken of, there are none
 * further unless there must be.
 */
final class ArrayFacts {
    private final Branch branch;
    private final List<Node> nodes;
    private final SchemaDocument document;
    private final KeywordReader reader;
    /** The schemas of the first items that each has. */
    private final Map<Node, List<Node>> firsts = new HashMap<>();

    private int prefix;
    private long least;
    private long most = Part.ENDLESS;
    private boolean open;

    ArrayFacts(Branch branch, SchemaDocument document, KeywordReader reader) {
        this.branch = branch;
        nodes = branch.nodes();
        this.document = document;
        this.reader = reader;
        for (Node node : nodes) take(node);
    }

    private void take(Node node) {
        reader.count(node, "minItems").ifPresent(n -> least = Math.max(least, n));
        reader.count(node, "maxItems").ifPresent(n -> most = Math.min(most, n));
        List<Node> first = List.of();
        if (node.has("prefixItems")) first = document.children(node, "prefixItems");
        else if (node.get("items") instanceof List<?>) first = document.children(node, "items");
        firsts.put(node, first);
        prefix = Math.max(prefix, first.size());
        open |= rest(node) != null && !Boolean.FALSE.equals(rest(node).value());
    }

    /** Takes note of what is asked of arrays that may have several items, and cannot be held to. */
    void check() {
        for (Node node : nodes) {
            if (most > 1 && reader.flag(node, "uniqueItems"))
                document.complaints().unheld(node, "uniqueItems");
            boolean known = !node.has("unevaluatedItems") || node.get("unevaluatedItems") instanceof Boolean;
            if (!known) document.complaints().unheld(node, "unevaluatedItems");
        }
    }

    /** The schema of its further items; null when it has none. */
    private Node rest(Node node) {
        String keyword = node.get("items") instanceof List<?> ? "additionalItems" : "items";
        return node.has(keyword) ? document.child(node, keyword) : null;
    }

    /** Fewest items. */
    long least() {
        return least;
    }

    /** Most items that are valid; {@link Part#ENDLESS} = without bound. */
    long most() {
        return most;
    }

    /** Most items that are written. */
    long mostWritten() {
        return prefix == 0 || open ? most : Math.min(most, Math.max(prefix, least));
    }

    /** Whether no two items may be equal. */
    boolean unique() {
        return nodes.stream().anyMatch(n -> reader.flag(n, "uniqueItems"));
    }

    /** How many first items have schemas of their own. */
    int prefix() {
        return prefix;
    }

    /** What must hold for an item. */
    Set<Node> item(int index) {
        reader.work().spend(nodes.size());
        Set<Node> schemas = new LinkedHashSet<>();
        for (Node node : nodes) {
            schema(node, index).ifPresent(schemas::add);
            if (!Boolean.FALSE.equals(node.get("unevaluatedItems"))) continue;
            boolean known =
                    branch.under(node).stream().anyMatch(n -> schema(n, index).isPresent());
            if (!known) schemas.add(document.child(node, "unevaluatedItems"));
        }
        return schemas;
    }

    private Optional<Node> schema(Node node, int index) {
        List<Node> first = firsts.get(node);
        return Optional.ofNullable(index < first.size() ? first.get(index) : rest(node));
    }

    /** Where they are, for messages. */
    String at() {
        return Keywords.place(nodes, JsonType.ARRAY);
    }
}
