package dev.paddock.prompt.go;

import java.util.List;
import java.util.Optional;

/**
 * What stands around a thought, without white space around it; neither is empty.
 *
 * @param open for example {@code <think>}
 * @param close for example {@code </think>}
 */
public record ThinkTags(String open, String close) {
    private static final String FIELD = "Thinking";

    /** The texts at the ends of the list that prints a message's thought; the last one found counts. */
    static Optional<ThinkTags> of(Tree tree) {
        var found = search(tree.root(), false, new ThinkTags("", ""));
        return found.open().isEmpty() || found.close().isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private static ThinkTags search(List<Node> nodes, boolean ofMessage, ThinkTags before) {
        ThinkTags found = before;
        for (var node : nodes) {
            switch (node) {
                case Node.Action action -> {
                    if (ofMessage && Names.uses(action.pipe(), FIELD)) found = found.around(nodes);
                }
                case Node.Branch branch -> {
                    boolean range = branch.kind() == Node.Kind.RANGE;
                    boolean inner = range ? Names.uses(branch.pipe(), "Messages") : ofMessage;
                    found = search(branch.body(), inner, found);
                    found = search(branch.otherwise(), inner, found);
                }
                default -> {}
            }
        }
        return found;
    }

    private ThinkTags around(List<Node> nodes) {
        String first = nodes.getFirst() instanceof Node.Text text ? text.text().strip() : open;
        String last = nodes.getLast() instanceof Node.Text text ? text.text().strip() : close;
        return new ThinkTags(first, last);
    }
}
