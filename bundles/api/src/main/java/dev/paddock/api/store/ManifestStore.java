package dev.paddock.api.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Which blobs make which model. Safe for many threads and for several servers on one directory. */
@ProviderType
public interface ManifestStore {
    /**
     * The manifest of that name, compared without regard to case.
     *
     * @throws PaddockException with {@link Fault#MODEL_DAMAGED} when it is there but cannot be read
     */
    Optional<StoredManifest> manifest(ModelName name);

    /**
     * Reads a manifest from anywhere.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when it is too large, no JSON, or a digest is none
     */
    Manifest parse(byte[] content);

    /** A manifest in Ollama's form: its order of keys, one line. */
    byte[] write(Manifest manifest);

    /**
     * Gives blobs a name, replacing a model that has it; blobs that nobody uses any more are removed when pruning is on.
     * Tells {@code writing manifest}, and {@code removing unused layers} when there are some.
     *
     * @param content the manifest's bytes, kept as they are
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when the content is no manifest of a model, {@link
     *     Fault#STORE_FAILED} when one of its blobs is not there in its full size
     */
    StoredModel install(ModelName name, byte[] content, Consumer<Progress> told);

    /**
     * The configuration that a model of these weights has, in Ollama's order of keys.
     *
     * @param weights a GGUF file
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when the file is no sound GGUF
     */
    Map<String, Object> describe(Path weights);
}
