package dev.paddock.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Renders Jinja chat templates as Hugging Face's libraries do. Safe for many threads. */
@Component
public final class TemplateRenderer implements PromptRenderer {
    private final Clock clock;

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
            case GO ->
                throw new PaddockException(
                        Fault.TEMPLATE_FAILED,
                        "Go templates are not supported in this version; use a model whose GGUF file holds a Jinja"
                                + " template, or create the model anew without TEMPLATE");
        };
    }

    private String jinja(String source, PromptInput input) {
        try {
            var now = LocalDateTime.now(clock);
            return JinjaTemplate.parse(source).render(Variables.of(input, now), () -> now);
        } catch (TemplateException.Raised e) {
            throw new PaddockException(Fault.INVALID_REQUEST, e.getMessage(), e);
        } catch (TemplateException e) {
            throw new PaddockException(Fault.TEMPLATE_FAILED, "the model's chat template failed: " + e.getMessage(), e);
        }
    }
}
