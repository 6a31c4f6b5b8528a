package dev.paddock.api.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at a chat template before a model is made with it. Renders nothing. */
@ProviderType
public interface TemplateCheck {
    /**
     * Does nothing when the template can be parsed.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} and {@code template error: } with line, column and what
     *     is wrong there (a Jinja template: the line)
     */
    void check(ChatTemplate template);
}
