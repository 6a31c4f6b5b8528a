package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.Branch.Trail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows references and combinations from schemas that must hold for one value: {@code allOf} adds schemas, {@code
 * anyOf} and {@code oneOf} fork. What comes out are branches; the value must keep to one of them.
 */
final class Branching {
    private static final int MOST_BRANCHES = 500;
    private static final int LONGEST_TRAIL = 200;
    private static final int MOST_FORKS = 100;

    /**
     * Schemas of which one must hold.
     *
     * @param exclusive whether the others must not
     */
    private record Fork(Node owner, String keyword, List<Node> options, Trail trail, boolean exclusive) {}

    /** A branch that still grows. */
    private record Growing(Branch branch, Set<Node> seen, List<Fork> forks) {
        Growing copy() {
            return new Growing(branch.copy(), new HashSet<>(seen), new ArrayList<>(forks));
        }
    }

    private final SchemaDocument document;
    private final Complaints complaints;
    private final Schemas schemas;
    private String why = "";

    Branching(SchemaDocument document, Schemas schemas) {
        this.document = document;
        this.schemas = schemas;
        complaints = document.complaints();
    }

    /** Why there is no branch; empty when there is one. */
    String why() {
        return why;
    }

    /** The branches of schemas that must all hold. */
    List<Branch> of(Collection<Node> all) {
        Growing start = new Growing(new Branch(), new HashSet<>(), new ArrayList<>());
        for (Node node : all) if (!visit(new Trail(node, null, 1), start)) return List.of();
        return forked(start, 0);
    }

    /** Takes in a schema and what it leads to; false when nothing is allowed by it. */
    private boolean visit(Trail trail, Growing growing) {
        schemas.work().spend(1);
        Node node = trail.node();
        if (trail.before() != null && trail.before().holds(node)) {
            throw complaints.invalid(node, "refers to itself with no value in between");
        }
        if (trail.length() > LONGEST_TRAIL) {
            throw complaints.tooLarge(node, "is reached by more than " + LONGEST_TRAIL + " references");
        }
        if (node.constant().isPresent()) {
            if (!node.constant().get() && why.isEmpty()) why = "false " + Complaints.at(node) + " allows nothing";
            return node.constant().get();
        }
        if (!growing.seen().add(node)) return true;
        Keywords.check(node, complaints);
        return lead(node, trail, growing);
    }

    /** In the order of the keywords, so that properties come in the order in which they are read. */
    private boolean lead(Node node, Trail trail, Growing growing) {
        for (Object keyword : node.keywords().keySet()) {
            switch (String.valueOf(keyword)) {
                case "properties" -> growing.branch().add(trail);
                case "$ref" -> {
                    if (!visit(longer(document.resolve(node), trail), growing)) return false;
                }
                case "allOf" -> {
                    for (Node part : options(node, "allOf")) if (!visit(longer(part, trail), growing)) return false;
                }
                case "anyOf" -> growing.forks().add(new Fork(node, "anyOf", options(node, "anyOf"), trail, false));
                case "oneOf" -> growing.forks().add(new Fork(node, "oneOf", options(node, "oneOf"), trail, true));
                default -> {}
            }
        }
        growing.branch().add(trail);
        return true;
    }

    private static Trail longer(Node node, Trail trail) {
        return new Trail(node, trail, trail.length() + 1);
    }

    private List<Node> options(Node node, String keyword) {
        List<Node> options = document.children(node, keyword);
        if (options.isEmpty()) throw complaints.malformed(node, keyword, "a list of schemas that is not empty");
        return options;
    }

    /** @param depth how many choices were made before */
    private List<Branch> forked(Growing growing, int depth) {
        if (growing.forks().isEmpty()) return List.of(growing.branch());
        if (depth + growing.forks().size() > MOST_FORKS) {
            throw complaints.tooLarge(document.root(), "has more than " + MOST_FORKS + " choices for one value");
        }
        Fork fork = growing.forks().removeFirst();
        List<List<Branch>> options = new ArrayList<>();
        int count = 0;
        for (Node option : fork.options()) {
            Growing way = growing.copy();
            boolean open = visit(longer(option, fork.trail()), way);
            options.add(open ? forked(way, depth + 1) : List.of());
            count += options.getLast().size();
            if (count > MOST_BRANCHES) {
                throw complaints.tooLarge(
                        fork.owner(), "has more than " + MOST_BRANCHES + " alternatives for one value");
            }
        }
        if (fork.exclusive() && fork.options().size() > 1) checkApart(fork, options);
        return options.stream().flatMap(List::stream).toList();
    }

    /** A grammar cannot say "this one and none of the others"; if they exclude each other it need not. */
    private void checkApart(Fork fork, List<List<Branch>> options) {
        for (int i = 0; i < options.size(); i++) {
            for (int j = i + 1; j < options.size(); j++) {
                if (apart(options.get(i), options.get(j))) continue;
                complaints.unheld(
                        fork.owner(), "oneOf", "a value may keep to both number " + (i + 1) + " and " + (j + 1));
                return;
            }
        }
    }

    private boolean apart(List<Branch> one, List<Branch> other) {
        Apart apart = new Apart(schemas);
        for (Branch left : one) {
            for (Branch right : other) {
                if (!apart.sure(schemas.facts(left), schemas.facts(right), 0)) return false;
            }
        }
        return true;
    }
}
