package dev.paddock.prompt.go;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A parsed template.
 *
 * @param root what is run
 * @param templates bodies by the names they are defined with
 */
record Tree(List<Node> root, Map<String, List<Node>> templates) {
    /** Whether nodes write nothing but white space. */
    static boolean blank(List<Node> nodes) {
        return nodes.stream()
                .allMatch(node -> node instanceof Node.Text text && text.text().isBlank());
    }

    /** The first call of a template that gives it no value. */
    Optional<Node.Call> bareCall() {
        return Stream.concat(Stream.of(root), templates.values().stream())
                .flatMap(Tree::bareCalls)
                .findFirst();
    }

    private static Stream<Node.Call> bareCalls(List<Node> nodes) {
        return nodes.stream().flatMap(node -> switch (node) {
            case Node.Call call when call.pipe().isEmpty() -> Stream.of(call);
            case Node.Branch branch -> Stream.concat(bareCalls(branch.body()), bareCalls(branch.otherwise()));
            default -> Stream.of();
        });
    }
}
