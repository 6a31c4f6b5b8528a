package dev.paddock.prompt.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Schemas that must all hold for one value, each taken without its references and combinations: what those lead to is
 * among them.
 */
final class Branch {
    /**
     * The way to a schema from where its value is asked for.
     *
     * @param before what led there; null at its beginning
     * @param length schemas on the way
     */
    record Trail(Node node, Trail before, int length) {
        /** Whether a schema is on the way. */
        boolean holds(Node other) {
            for (Trail at = this; at != null; at = at.before) if (at.node == other) return true;
            return false;
        }
    }

    private final Map<Node, Trail> trails;

    Branch() {
        trails = new LinkedHashMap<>();
    }

    private Branch(Map<Node, Trail> trails) {
        this.trails = new LinkedHashMap<>(trails);
    }

    /** One that goes on from here on its own. */
    Branch copy() {
        return new Branch(trails);
    }

    /** Adds a schema that must hold. */
    void add(Trail trail) {
        trails.putIfAbsent(trail.node(), trail);
    }

    /** The schemas, in the order in which their properties are written. */
    List<Node> nodes() {
        return new ArrayList<>(trails.keySet());
    }

    /** A schema and those that it led to. */
    List<Node> under(Node top) {
        return trails.values().stream()
                .filter(t -> t.holds(top))
                .map(Trail::node)
                .toList();
    }
}
