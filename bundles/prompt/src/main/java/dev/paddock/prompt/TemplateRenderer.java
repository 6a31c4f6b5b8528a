package dev.paddock.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.prompt.TemplateCheck;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Renders Jinja chat templates as Hugging Face's libraries do and Go templates as Ollama does. Safe for many threads.
 */
@Component
public final class TemplateRenderer implements PromptRenderer, TemplateCheck {
    private final Clock clock;
    private final TemplateCache<GoPrompt> goPrompts = new TemplateCache<>(GoPrompt::parse);
    private final TemplateCache<JinjaPrompt> jinjaPrompts = new TemplateCache<>(JinjaPrompt::parse);

    /** Templates see this machine's time. */
    @Activate
    public TemplateRenderer() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    TemplateRenderer(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String render(ChatTemplate template, PromptInput input) {
        return switch (template.language()) {
            case JINJA -> jinja(template.text(), input);
            case GO -> go(template.text(), input);
        };
    }

    @Override
    public void check(ChatTemplate template) {
        try {
            switch (template.language()) {
                case JINJA -> jinjaPrompts.get(template.text());
                case GO -> goPrompts.get(template.text());
            }
        } catch (TemplateException | GoTemplateException e) {
            throw new PaddockException(Fault.INVALID_REQUEST, "template error: " + e.getMessage(), e);
        }
    }

    private String jinja(String source, PromptInput input) {
        try {
            return jinjaPrompts.get(source).render(input, LocalDateTime.now(clock));
        } catch (TemplateException.Raised e) {
            throw new PaddockException(Fault.INVALID_REQUEST, e.getMessage(), e);
        } catch (TemplateException e) {
            throw failed(e);
        }
    }

    private String go(String source, PromptInput input) {
        try {
            return goPrompts.get(source).render(input, LocalDate.now(clock));
        } catch (GoTemplateException e) {
            throw failed(e);
        }
    }

    private static PaddockException failed(RuntimeException why) {
        return new PaddockException(
                Fault.TEMPLATE_FAILED, "the model's chat template failed: " + why.getMessage(), why);
    }
}
