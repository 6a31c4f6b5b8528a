package dev.paddock.prompt;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.prompt.format.PlainFormat;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.go.ThinkTags;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Models with a Go template that no family's format knows: the tags around thoughts and before tool calls are those that
 * the template itself writes into earlier turns. Where it does not know tools, they are offered and read as
 * {@link PlainFormat} does.
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
    public boolean accepts(ModelSigns signs) {
        return prompt(signs.template()).isPresent();
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        var found = EnumSet.noneOf(Capability.class);
        prompt(signs.template()).ifPresent(prompt -> {
            if (prompt.names().contains("tools")) found.add(Capability.TOOLS);
            if (prompt.names().contains("suffix")) found.add(Capability.INSERT);
            if (prompt.thinkTags().isPresent()) found.add(Capability.THINKING);
        });
        return found;
    }

    /** What reads answers to templates that do not know tools, and their thoughts. */
    private PlainFormat plain(ModelSigns signs) {
        var tags = prompt(signs.template()).flatMap(GoPrompt::thinkTags);
        return PlainFormat.thinking(tags.map(found -> new ThoughtMarks(found.open(), found.close())));
    }

    private boolean knowsTools(ModelSigns signs) {
        return prompt(signs.template())
                .map(prompt -> prompt.names().contains("tools"))
                .orElse(true);
    }

    /** Those of {@link PlainFormat}: which marks a template has is not known without it. */
    @Override
    public Set<String> markers() {
        return new PlainFormat().markers();
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        if (!knowsTools(start.signs())) return plain(start.signs()).parser(start);
        var own = prompt(start.signs().template());
        Optional<ThinkTags> tags = own.flatMap(GoPrompt::thinkTags);
        String toolTag = own.map(GoPrompt::toolTag).orElse(NO_TAG);
        return new GoParser(tags, start, new CallScanner(toolTag, start.tools()));
    }

    @Override
    public Optional<ThoughtMarks> thoughts(ModelSigns signs) {
        return plain(signs).thoughts(signs);
    }

    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        return knowsTools(signs) ? input : plain(signs).prepare(signs, input);
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        return plain(start.signs()).answer(grammar, start, content);
    }

    /** Of templates that know tools only the mark before calls is known, not how they are written. */
    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        return knowsTools(start.signs())
                ? Optional.empty()
                : plain(start.signs()).calls(grammar, start, choice);
    }
}
