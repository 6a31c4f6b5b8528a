package dev.paddock.prompt.go;

import java.util.List;
import java.util.Map;

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
}
