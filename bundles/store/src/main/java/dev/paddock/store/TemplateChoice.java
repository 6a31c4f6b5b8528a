package dev.paddock.store;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.json.Json;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of a model's two templates it is used with. The Go template of its manifest comes first, as in Ollama, except
 * where the Jinja template of its file can do more, or where Ollama has code of its own in place of the Go template.
 */
final class TemplateChoice {
    private static final Pattern TOOL_ROLE = Pattern.compile("[\"'](tool|ipython|observation)[\"']");

    private TemplateChoice() {}

    /**
     * The template to use.
     *
     * @param go the Go template, if there is one
     * @param jinja the Jinja template, if there is one
     * @param config the model's configuration
     */
    static Optional<ChatTemplate> of(Optional<String> go, Optional<String> jinja, Map<String, Object> config) {
        var first = go.map(text -> new ChatTemplate(Language.GO, text));
        var second = jinja.map(text -> new ChatTemplate(Language.JINJA, text));
        if (first.isEmpty() || second.isEmpty()) return first.or(() -> second);
        boolean other = renderedByCode(config) || prefersJinja(first.get(), second.get());
        return other ? second : first;
    }

    /** For these Ollama does not look at the Go template; what its code writes is what the Jinja template says. */
    private static boolean renderedByCode(Map<String, Object> config) {
        String family = Json.text(config, "model_family");
        return !Json.text(config, "renderer").isEmpty()
                || !Json.text(config, "parser").isEmpty()
                || family.equals("gptoss")
                || family.equals("gpt-oss");
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
