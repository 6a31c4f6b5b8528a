package dev.paddock.itest.e2e;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A prompt whose greedy answer by the starter model is known exactly.
 *
 * @param name what it shows
 * @param skill the kind of prompt
 * @param messages the conversation as chat APIs take it
 * @param tools tools on offer, or a missing node
 * @param think whether reasoning is asked for, or a missing node
 * @param prompt the rendered prompt
 * @param answer the raw text the model continues with
 */
public record Golden(
        String name, String skill, JsonNode messages, JsonNode tools, JsonNode think, String prompt, String answer) {
    public static List<Golden> all() throws IOException {
        var file = Layout.root().resolve("distribution/starter/golden.json");
        List<Golden> all = new ArrayList<>();
        for (JsonNode entry : Server.JSON.readTree(Files.readString(file))) all.add(of(entry));
        return all;
    }

    /** The entry with that name. */
    public static Golden named(String name) throws IOException {
        return all().stream().filter(g -> g.name.equals(name)).findFirst().orElseThrow();
    }

    private static Golden of(JsonNode entry) {
        return new Golden(
                entry.path("name").asString(),
                entry.path("skill").asString(),
                entry.path("messages"),
                entry.path("tools"),
                entry.path("think"),
                entry.path("prompt").asString(),
                entry.path("answer").asString());
    }

    /** Whether the answer is plain text: no thoughts, no calls. */
    public boolean plain() {
        return tools.isMissingNode() && think.isMissingNode() && !answer.contains("<");
    }

    @Override
    public String toString() {
        return name;
    }
}
