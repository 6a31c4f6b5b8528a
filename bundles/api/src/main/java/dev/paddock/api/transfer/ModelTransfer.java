package dev.paddock.api.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Progress;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings models from registries and takes them there: Ollama's protocol, plain OCI distribution, Hugging Face. Blocks;
 * interrupting the thread stops it, and what has come stays for another attempt. Safe for many threads: two that pull the
 * same content share one download.
 */
@ProviderType
public interface ModelTransfer {
    /**
     * Brings a model and installs it, replacing one of that name.
     *
     * @param insecure whether plain HTTP may be used
     * @param told progress in the order and words that Ollama's clients know, {@code pulling manifest} first, {@code
     *     success} last; called by one thread at a time; must not block for long
     * @throws PaddockException with {@link Fault#MODEL_NOT_FOUND} when the registry does not have it, {@link
     *     Fault#INVALID_REQUEST} for what the registry answers that cannot be right, {@link Fault#UNSUPPORTED} when
     *     settings forbid it, {@link Fault#STORE_FAILED} when the disk is full, {@link Fault#UNAVAILABLE} when the
     *     registry cannot be reached
     */
    void pull(RemoteModel model, boolean insecure, Consumer<Progress> told);

    /**
     * Takes an installed model to a registry.
     *
     * @param insecure whether plain HTTP may be used
     * @param told as in {@link #pull}, {@code retrieving manifest} first
     * @throws PaddockException as {@link #pull}; with {@link Fault#MODEL_NOT_FOUND} when it is not installed
     */
    void push(RemoteModel model, boolean insecure, Consumer<Progress> told);
}
