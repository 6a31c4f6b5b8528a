package dev.paddock.prompt.grammar;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A JSON Schema and the schemas within it, found by their places and by references. Bounded in depth and number. */
final class SchemaDocument {
    private static final int DEEPEST = 200;
    private static final int LONGEST_PATH = 5000;
    private static final int MOST_SCHEMAS = 20_000;

    private final Map<String, Node> nodes = new HashMap<>();
    private final Complaints complaints;
    private final Node root;

    SchemaDocument(Object schema, Complaints complaints) {
        this.complaints = complaints;
        root = new Node(schema, "", 0, null);
        nodes.put("", root);
        check(root);
    }

    /** The whole. */
    Node root() {
        return root;
    }

    /** Where to complain. */
    Complaints complaints() {
        return complaints;
    }

    /** The schema that is a keyword's value. */
    Node child(Node parent, String keyword) {
        return at(parent, keyword, parent.get(keyword));
    }

    /** One of the schemas that a keyword's value, an object, holds. */
    Node child(Node parent, String keyword, String name) {
        Map<?, ?> all = (Map<?, ?>) parent.get(keyword);
        Node between = new Node(all, parent.path() + "/" + keyword, parent.depth() + 1, parent.resource());
        return at(between, name, all.get(name));
    }

    /** The schemas of a keyword's value, a list. */
    List<Node> children(Node parent, String keyword) {
        if (!(parent.get(keyword) instanceof List<?> list)) {
            throw complaints.malformed(parent, keyword, "a list of schemas");
        }
        Node between = new Node(list, parent.path() + "/" + keyword, parent.depth() + 1, parent.resource());
        List<Node> children = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) children.add(at(between, String.valueOf(i), list.get(i)));
        return children;
    }

    private Node at(Node parent, String name, Object value) {
        String path = parent.path() + "/" + name.replace("~", "~0").replace("/", "~1");
        Node known = nodes.get(path);
        if (known != null) return known;
        checkPath(parent, name);
        boolean own = value instanceof Map<?, ?> map && map.get("$id") instanceof String id && !id.startsWith("#");
        Node node = new Node(value, path, parent.depth() + 1, own ? null : parent.resource());
        check(node);
        nodes.put(path, node);
        return node;
    }

    private void checkPath(Node parent, String name) {
        if (parent.depth() >= DEEPEST || parent.path().length() + name.length() > LONGEST_PATH) {
            throw complaints.tooLarge(
                    root, "has paths of more than " + DEEPEST + " names or " + LONGEST_PATH + " characters");
        }
    }

    private void check(Node node) {
        if (nodes.size() > MOST_SCHEMAS) {
            throw complaints.tooLarge(root, "holds more than " + MOST_SCHEMAS + " schemas");
        }
        if (!(node.value() instanceof Map<?, ?>) && !(node.value() instanceof Boolean)) {
            throw complaints.invalid(node, "must be an object, true or false");
        }
    }

    /** What a schema's {@code $ref} refers to. */
    Node resolve(Node from) {
        if (!(from.get("$ref") instanceof String reference)) throw complaints.malformed(from, "$ref", "a text");
        int hash = reference.indexOf('#');
        String document = hash < 0 ? reference : reference.substring(0, hash);
        String pointer = hash < 0 ? "" : decoded(from, reference.substring(hash + 1));
        Node resource = from.resource();
        if (!document.isEmpty() && !document.equals(resource.get("$id"))) {
            throw complaints.invalid(
                    from, "$ref", "refers to " + reference + ": only references within the schema are followed");
        }
        if (pointer.isEmpty()) return resource;
        if (!pointer.startsWith("/")) {
            throw complaints.invalid(from, "$ref", "refers to " + reference + ": write it as a JSON pointer, #/...");
        }
        return follow(from, resource, pointer);
    }

    /** Goes down name by name; what lies between need not be a schema. */
    private Node follow(Node from, Node resource, String pointer) {
        Node at = resource;
        String[] names = pointer.substring(1).split("/", -1);
        for (int i = 0; i < names.length; i++) {
            String name = names[i].replace("~1", "/").replace("~0", "~");
            Object value = null;
            if (at.value() instanceof Map<?, ?> map) value = map.get(name);
            else if (at.value() instanceof List<?> list && name.matches("[0-9]{1,5}")) {
                int index = Integer.parseInt(name);
                value = index < list.size() ? list.get(index) : null;
            }
            boolean last = i + 1 == names.length;
            boolean there = last ? value instanceof Map<?, ?> || value instanceof Boolean : value != null;
            if (!there)
                throw complaints.invalid(from, "$ref", "refers to " + from.get("$ref") + ", which is no schema here");
            at = last || isResource(value) ? at(at, name, value) : between(at, name, value);
        }
        return at;
    }

    private static boolean isResource(Object value) {
        return value instanceof Map<?, ?> map && map.get("$id") instanceof String id && !id.startsWith("#");
    }

    private Node between(Node parent, String name, Object value) {
        checkPath(parent, name);
        String path = parent.path() + "/" + name.replace("~", "~0").replace("/", "~1");
        return new Node(value, path, parent.depth() + 1, parent.resource());
    }

    /** A fragment's percent signs; a plus is a plus there. */
    private String decoded(Node from, String fragment) {
        if (fragment.indexOf('%') < 0) return fragment;
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw complaints.invalid(from, "$ref", "refers to " + from.get("$ref") + ", which is no reference");
        }
    }
}
