package dev.paddock.store;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.json.Json;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of a model's two templates it is used with. The Go template of its manifest comes first, as in Ollama, except
 * where the Jinja template of its file can do more, or where Ollama has code of its own in place of the Go template.
 */
enum TemplateChoice {
    /** The better of the two. */
    AUTO,
    /** The Go template, where there is one. */
    ALWAYS,
    /** The Jinja template, where there is one. */
    NEVER;

    private static final Pattern TOOL_ROLE = Pattern.compile("[\"'](tool|ipython|observation)[\"']");
    private static final Set<String> HARMONY = Set.of("gptoss", "gpt-oss");

    /** @throws IllegalArgumentException naming the setting when this is none of its values */
    static TemplateChoice setting(String value) {
        try {
            return valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    FileModelStore.PID + ": go.template must be auto, always or never, not \"" + value + "\"", e);
        }
    }

    /**
     * The template to use.
     *
     * @param go the Go template, if there is one
     * @param jinja the Jinja template, if there is one
     * @param config the model's configuration
     */
    Optional<ChatTemplate> of(Optional<ChatTemplate> go, Optional<ChatTemplate> jinja, Map<String, Object> config) {
        if (go.isEmpty() || jinja.isEmpty()) return go.or(() -> jinja);
        return renderedByCode(config) || !allowed(go.get(), jinja.get(), config) ? jinja : go;
    }

    /** For these Ollama does not look at the Go template; what its code writes is what the Jinja template says. */
    private static boolean renderedByCode(Map<String, Object> config) {
        return !Json.text(config, "renderer").isEmpty()
                || !Json.text(config, "parser").isEmpty();
    }

    private boolean allowed(ChatTemplate go, ChatTemplate jinja, Map<String, Object> config) {
        return isHarmony(go.text(), config)
                || switch (this) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> !prefersJinja(go, jinja);
                };
    }

    /** gpt-oss's Go template, as long as it is about channels, is the one that Ollama's parser goes with. */
    private static boolean isHarmony(String go, Map<String, Object> config) {
        return HARMONY.contains(Json.text(config, "model_family"))
                && go.contains("<|start|>")
                && go.contains("<|end|>");
    }

    private static boolean prefersJinja(ChatTemplate go, ChatTemplate jinja) {
        Set<Capability> byGo = chat(go);
        Set<Capability> byJinja = chat(jinja);
        boolean goRound = roundTrip(go.text(), ".ToolCalls");
        boolean jinjaRound = roundTrip(jinja.text(), "tool_calls");
        if (byGo.equals(byJinja)) return byGo.contains(Capability.TOOLS) && jinjaRound && !goRound;
        return byJinja.size() > byGo.size() && (!goRound || jinjaRound);
    }

    private static Set<Capability> chat(ChatTemplate template) {
        var shown = EnumSet.of(Capability.TOOLS, Capability.THINKING);
        shown.retainAll(ModelFacts.shownBy(template));
        return shown;
    }

    /** Whether a template writes calls of earlier turns and what they gave. */
    private static boolean roundTrip(String text, String calls) {
        return text.contains(calls) && TOOL_ROLE.matcher(text).find();
    }
}
