package dev.paddock.prompt.grammar;

import java.util.Map;
import java.util.Optional;

/** A schema within a document. There is one object for each place, so that places can be compared by identity. */
final class Node {
    private final Object schema;
    private final String path;
    private final int depth;
    private final Node resource;

    /** @param resource what its references start from; null = itself */
    Node(Object schema, String path, int depth, Node resource) {
        this.schema = schema;
        this.path = path;
        this.depth = depth;
        this.resource = resource == null ? this : resource;
    }

    /** JSON pointer; empty for the whole document. */
    String path() {
        return path;
    }

    /** How many names the path has. */
    int depth() {
        return depth;
    }

    /** The schema with an identity of its own that it is part of. */
    Node resource() {
        return resource;
    }

    /** The value at this place. */
    Object value() {
        return schema;
    }

    /** Whether it is {@code true} or {@code false}; empty when it has keywords. */
    Optional<Boolean> constant() {
        return schema instanceof Boolean constant ? Optional.of(constant) : Optional.empty();
    }

    /** Its keywords; none when it is {@code true} or {@code false}. */
    Map<?, ?> keywords() {
        return schema instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Whether it has a keyword. */
    boolean has(String keyword) {
        return keywords().containsKey(keyword);
    }

    /** A keyword's value; null when it is not there. */
    Object get(String keyword) {
        return keywords().get(keyword);
    }
}
