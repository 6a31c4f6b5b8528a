package dev.paddock.prompt.go;

import java.util.ArrayList;
import java.util.List;

/** Leaves out what stands behind the first place that prints a field. One thread. */
final class Cut {
    private final String field;
    private boolean found;

    private Cut(String field) {
        this.field = field;
    }

    static List<Node> behind(String field, List<Node> nodes) {
        return new Cut(field).list(nodes);
    }

    private List<Node> list(List<Node> nodes) {
        List<Node> kept = new ArrayList<>();
        for (var node : nodes) {
            if (found) break;
            kept.add(node(node));
        }
        return List.copyOf(kept);
    }

    private Node node(Node node) {
        switch (node) {
            case Node.Action action -> found = Names.uses(action.pipe(), field);
            case Node.Branch branch -> {
                return branch(branch);
            }
            default -> {}
        }
        return node;
    }

    /** Each way goes on up to its own place. */
    private Node branch(Node.Branch branch) {
        List<Node> body = list(branch.body());
        boolean foundInBody = found;
        found = false;
        List<Node> otherwise = list(branch.otherwise());
        found |= foundInBody;
        return new Node.Branch(branch.kind(), branch.pipe(), body, otherwise, branch.at());
    }
}
