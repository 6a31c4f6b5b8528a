package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.ModelFiles;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The chat templates of a model: a file of its own, or a text or a list of named texts in one of two configurations. */
final class ChatTemplates {
    private static final long BYTES = 4L << 20;

    private ChatTemplates() {}

    static void find(Vocabulary vocabulary, ModelFiles files) throws IOException {
        Optional<String> file = files.text("chat_template.jinja", BYTES);
        if (file.isPresent()) {
            vocabulary.template("", file.get());
            return;
        }
        for (String name : new String[] {"tokenizer_config.json", "chat_template.json"}) {
            var config = files.config(name);
            JsonNode found =
                    config.flatMap(c -> c.value("chat_template")).orElse(JsonNodeFactory.instance.missingNode());
            take(vocabulary, found);
            if (!found.isMissingNode()) return;
        }
    }

    private static void take(Vocabulary vocabulary, JsonNode found) {
        if (found.isString()) vocabulary.template("", found.asString());
        for (JsonNode named : found) {
            String name = named.path("name").asString("");
            String text = named.path("template").asString("");
            boolean sound = name.matches("[A-Za-z0-9_-]{1,64}") && !text.isEmpty();
            if (sound) vocabulary.template(name.equals("default") ? "" : name, text);
        }
    }
}
