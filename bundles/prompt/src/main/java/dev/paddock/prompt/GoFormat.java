package dev.paddock.prompt;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.go.ThinkTags;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Models with a Go template that no family's format knows: the tags around thoughts and before tool calls are those that
 * the template itself writes into earlier turns.
 */
@Component(property = "service.ranking:Integer=-500")
public final class GoFormat implements ChatFormat {
    private static final String NO_TAG = "{";

    private final TemplateCache<Optional<GoPrompt>> prompts = new TemplateCache<>(GoFormat::parsed);

    private static Optional<GoPrompt> parsed(String source) {
        try {
            return Optional.of(GoPrompt.parse(source));
        } catch (GoTemplateException e) {
            return Optional.empty();
        }
    }

    private Optional<GoPrompt> prompt(ChatTemplate template) {
        return template.language() == ChatTemplate.Language.GO ? prompts.get(template.text()) : Optional.empty();
    }

    @Override
    public String name() {
        return "go-template";
    }

    @Override
    public boolean accepts(ChatTemplate template) {
        return prompt(template).isPresent();
    }

    @Override
    public Set<Capability> capabilities(ChatTemplate template) {
        var found = EnumSet.noneOf(Capability.class);
        prompt(template).ifPresent(prompt -> {
            if (prompt.names().contains("tools")) found.add(Capability.TOOLS);
            if (prompt.names().contains("suffix")) found.add(Capability.INSERT);
            if (prompt.thinkTags().isPresent()) found.add(Capability.THINKING);
        });
        return found;
    }

    @Override
    public OutputParser parser(String prompt, List<Tool> tools) {
        return new GoParser(Optional.empty(), prompt, new CallScanner(NO_TAG, tools));
    }

    @Override
    public OutputParser parser(ChatTemplate template, String prompt, List<Tool> tools) {
        Optional<ThinkTags> tags = prompt(template).flatMap(GoPrompt::thinkTags);
        String toolTag = prompt(template).map(GoPrompt::toolTag).orElse(NO_TAG);
        return new GoParser(tags, prompt, new CallScanner(toolTag, tools));
    }
}
