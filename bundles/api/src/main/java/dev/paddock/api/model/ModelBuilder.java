package dev.paddock.api.model;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Makes models of others and of files that were uploaded as blobs. Safe for many threads. */
@ProviderType
public interface ModelBuilder {
    /**
     * Makes a model, replacing one of the same name. Blocks; interrupting the thread stops it and nothing is changed.
     *
     * @param told each step, in words that Ollama's clients know; must not block for long
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for a recipe that cannot work or a file that is not
     *     sound, {@link Fault#UNSUPPORTED} for what no part of this server can convert, {@link Fault#MODEL_NOT_FOUND}
     *     for a parent that is nowhere, {@link Fault#STORE_FAILED} when the disk is full or fails
     */
    StoredModel build(ModelName name, ModelRecipe recipe, Consumer<Progress> told);
}
