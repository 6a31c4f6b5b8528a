package dev.paddock.dialect.openai.responses;

import java.util.HashMap;
import java.util.Map;

/**
 * What the model knows the tools by, and what the client does. A namespace is put before the name, since templates know
 * none; a call is told with both apart, which is how Codex finds the server behind it. One thread.
 */
final class ToolNames {
    private static final String BETWEEN = "__";

    private final Map<String, Path> paths = new HashMap<>();

    /**
     * How a client names a tool.
     *
     * @param namespace the group it is in; empty when it is in none
     */
    record Path(String namespace, String name) {
        /** The name that the model is told. */
        String joined() {
            boolean alone = namespace.isEmpty() || name.startsWith(namespace + BETWEEN);
            return alone ? name : namespace + BETWEEN + name;
        }
    }

    /** @return the name that the model is told */
    String add(Path path) {
        paths.put(path.joined(), path);
        return path.joined();
    }

    /** The client's name of a tool that the model calls. */
    Path path(String joined) {
        return paths.getOrDefault(joined, new Path("", joined));
    }
}
