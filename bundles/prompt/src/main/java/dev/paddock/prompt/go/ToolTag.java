package dev.paddock.prompt.go;

import java.util.List;
import java.util.Optional;

/** Finds what a template writes before an assistant's tool calls: the first text in the branch that asks for them. */
final class ToolTag {
    /** Models that mark no calls begin them with the object itself. */
    private static final String NONE = "{";

    private ToolTag() {}

    static String of(Tree tree) {
        return calls(tree.root())
                .flatMap(branch -> firstText(branch.body()))
                .map(ToolTag::tag)
                .filter(tag -> !tag.isEmpty())
                .orElse(NONE);
    }

    /** Without the object of a call that the text may go on with. */
    private static String tag(String text) {
        String whole = text.strip().replace("\r\n", "\n");
        int object = whole.indexOf('{');
        return object < 0 ? whole : whole.substring(0, object);
    }

    private static Optional<Node.Branch> calls(List<Node> nodes) {
        for (var node : nodes) {
            if (!(node instanceof Node.Branch branch)) continue;
            if (branch.kind() == Node.Kind.IF && Names.uses(branch.pipe(), "ToolCalls")) return Optional.of(branch);
            var found = calls(branch.body()).or(() -> calls(branch.otherwise()));
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    /** White space alone is none; nothing that is printed may stand before it. */
    private static Optional<String> firstText(List<Node> nodes) {
        for (var node : nodes) {
            switch (node) {
                case Node.Text text
                when !text.text().isBlank() -> {
                    return Optional.of(text.text());
                }
                case Node.Branch branch -> {
                    return firstText(branch.body()).or(() -> firstText(branch.otherwise()));
                }
                case Node.Action action
                when action.pipe().variables().isEmpty() -> {
                    return Optional.empty();
                }
                default -> {}
            }
        }
        return Optional.empty();
    }
}
