package dev.paddock.api.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import org.osgi.annotation.versioning.ProviderType;

/** Renders chat templates. Templates are untrusted: output size, loops and depth are bounded. */
@ProviderType
public interface PromptRenderer {
    /**
     * The prompt text up to and including the opening of the assistant's turn.
     *
     * @throws PaddockException with {@link Fault#TEMPLATE_FAILED} when the template does not parse or run,
     *     {@link Fault#INVALID_REQUEST} when the template itself refuses the messages ({@code raise_exception})
     */
    String render(ChatTemplate template, PromptInput input);
}
