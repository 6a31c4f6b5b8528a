package dev.paddock.store;

import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.Traits;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.gguf.GgufFile;
import dev.paddock.json.Json;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a configuration and a GGUF header say about a model. Pure functions. */
final class ModelFacts {
    private static final String FORMAT = "gguf";

    private ModelFacts() {}

    /** The configuration of a model made from a GGUF file, in Ollama's order of keys. */
    static Map<String, Object> config(GgufFile gguf) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_format", FORMAT);
        config.put("model_family", gguf.architecture());
        config.put("model_families", List.of(gguf.architecture()));
        config.put("model_type", ParameterCount.text(gguf.parameterCount()));
        config.put("file_type", fileType(gguf));
        gguf.architectureInteger("context_length").ifPresent(n -> config.put("context_length", n));
        gguf.architectureInteger("embedding_length").ifPresent(n -> config.put("embedding_length", n));
        config.put("architecture", "amd64");
        config.put("os", "linux");
        return config;
    }

    /** The configuration's word comes first, the file's fills the gaps. */
    static ModelDetails details(String parent, Map<String, Object> config, Optional<GgufFile> gguf) {
        Map<String, Object> merged = new LinkedHashMap<>();
        gguf.ifPresent(g -> merged.putAll(config(g)));
        config.forEach((key, value) -> {
            if (value != null && !value.equals("")) merged.put(key, value);
        });
        String family = Json.text(merged, "model_family");
        List<String> families = Json.texts(config, "model_families");
        return new ModelDetails(
                parent,
                Json.text(merged, "model_format"),
                family,
                families.isEmpty() && !family.isEmpty() ? List.of(family) : families,
                Json.text(merged, "model_type"),
                Json.text(merged, "file_type"),
                Json.number(merged, "context_length"),
                Json.number(merged, "embedding_length"));
    }

    /**
     * What lists of models say that a model can do. What its template adds is a guess by its text, since lists must be
     * quick; {@link dev.paddock.api.prompt.PromptPaths#capabilities} knows.
     *
     * @param template the one that is used
     * @param go the Go template, used or not: gaps are filled by it
     */
    static Set<Capability> capabilities(
            Map<String, Object> config,
            Optional<GgufFile> gguf,
            Optional<ChatTemplate> template,
            Optional<ChatTemplate> go) {
        Set<Capability> found = EnumSet.noneOf(Capability.class);
        for (String word : Json.texts(config, "capabilities")) {
            for (Capability known : Capability.values()) {
                if (known.name().equals(word.toUpperCase(Locale.ROOT))) found.add(known);
            }
        }
        boolean embedding = gguf.isPresent()
                && gguf.get().architectureInteger("pooling_type").isPresent();
        if (embedding) found.add(Capability.EMBEDDING);
        else if (found.isEmpty()) found.add(Capability.COMPLETION);
        template.ifPresent(t -> found.addAll(shownBy(t)));
        if (go.isPresent() && go.get().text().contains(".Suffix")) found.add(Capability.INSERT);
        return Collections.unmodifiableSet(found);
    }

    static Set<Capability> shownBy(ChatTemplate template) {
        Set<Capability> found = EnumSet.noneOf(Capability.class);
        String text = template.text();
        switch (template.language()) {
            case JINJA -> {
                if (text.contains("tools") || text.contains("tool_call")) found.add(Capability.TOOLS);
                boolean cutsThoughtsOff = text.contains("split('</think>')") && !text.contains("reasoning_content");
                if ((text.contains("<think>") && text.contains("</think>")) || cutsThoughtsOff) {
                    found.add(Capability.THINKING);
                }
            }
            case GO -> {
                if (text.contains(".Tools")) found.add(Capability.TOOLS);
                if (text.contains(".Thinking")) found.add(Capability.THINKING);
            }
        }
        return found;
    }

    static Traits traits(Map<String, Object> config) {
        return new Traits(Json.text(config, "renderer"), Json.text(config, "parser"), Json.text(config, "requires"));
    }

    private static String fileType(GgufFile gguf) {
        return gguf.fileType().map(Enum::name).orElse("unknown");
    }
}
