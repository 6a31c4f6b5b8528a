package dev.paddock.api.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.StoredModel;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Decides how models are prompted. What was decided is kept for as long as the model's files are the same. */
@ProviderType
public interface PromptPaths {
    /**
     * The path of a model.
     *
     * @param tools whether tools are offered: some models have a template of their own for that
     * @throws PaddockException with {@link Fault#UNAVAILABLE} while no chat format is installed
     */
    PromptPath of(StoredModel model, boolean tools);

    /** The path of a model with a template that the request brought. */
    PromptPath of(StoredModel model, ChatTemplate template);

    /** How the model fills gaps; empty when it cannot. */
    Optional<Filling> filling(StoredModel model);

    /**
     * What the model can do as it is prompted. Lists of models go by {@link StoredModel#capabilities}, which guesses from
     * the template's text and is quicker; this one looks at what reads the answers.
     */
    Set<Capability> capabilities(StoredModel model);
}
