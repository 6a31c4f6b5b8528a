package dev.paddock.api.model;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The models on this machine, in Ollama's layout. Safe for many threads. Changes made by others on disk are seen at the
 * next call. Models are made by {@link ModelBuilder} and {@link dev.paddock.api.transfer.ModelTransfer}.
 */
@ProviderType
public interface ModelStore {
    /** Every readable model, most recently modified first. Unreadable ones are left out and logged. */
    List<StoredModel> list();

    /** The model of that name, compared without regard to case. */
    Optional<StoredModel> find(ModelName name);

    /**
     * The key-values of the header of one of the model's GGUF files, in file order. Arrays are {@link List}s.
     *
     * @param file {@link StoredModel#weights} or one of its other files
     * @throws PaddockException with {@link Fault#MODEL_DAMAGED} when the file is missing or not readable as GGUF
     */
    Map<String, Object> metadata(StoredModel model, Path file);

    /** {@link #metadata(StoredModel, Path)} of its weights. */
    default Map<String, Object> metadata(StoredModel model) {
        return metadata(model, model.weights());
    }

    /**
     * The tensors of its weights, in file order.
     *
     * @throws PaddockException as {@link #metadata}
     */
    List<TensorFact> tensors(StoredModel model);

    /**
     * Gives a model another name as well; a model that has that name is replaced. No content is copied.
     *
     * @throws PaddockException with {@link Fault#MODEL_NOT_FOUND}
     */
    void copy(ModelName source, ModelName destination);

    /**
     * Removes a model and every blob that no other model uses. A runner that has it loaded goes on.
     *
     * @return what that freed
     * @throws PaddockException with {@link Fault#MODEL_NOT_FOUND}
     */
    Freed delete(ModelName name);

    /** Remembers that a model was used now; cheap enough for every request. */
    void used(StoredModel model);

    /**
     * Takes models over from elsewhere on this machine without a second copy of their content: each blob becomes a hard
     * link where the file system allows it, else a link by name.
     *
     * @param source a GGUF file, or a models directory in Ollama's layout
     * @param name for a GGUF file; a directory brings its own names
     * @param told each step
     * @return the models that came
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when the source is neither, or a name is taken by
     *     another model
     */
    List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told);

    /**
     * What a removal gave back.
     *
     * @param blobs files removed
     * @param bytes their size
     */
    record Freed(int blobs, long bytes) {}
}
