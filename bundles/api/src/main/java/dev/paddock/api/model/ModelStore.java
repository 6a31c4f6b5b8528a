package dev.paddock.api.model;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The models on this machine, in Ollama's layout. Safe for many threads. Changes made by others on disk are seen at the
 * next call.
 */
@ProviderType
public interface ModelStore {
    /** Every readable model, most recently modified first. Unreadable ones are left out and logged. */
    List<StoredModel> list();

    /** The model of that name, compared without regard to case. */
    Optional<StoredModel> find(ModelName name);

    /**
     * The key-values of the model's GGUF header in file order. Arrays are {@link List}s.
     *
     * @throws PaddockException with {@link Fault#MODEL_DAMAGED} when the file is missing or not readable as GGUF
     */
    Map<String, Object> metadata(StoredModel model);

    /** Whether a blob with this content is there. */
    boolean hasBlob(Digest digest);

    /**
     * Stores content under its digest; content that is already there is not written again.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when the content has another digest (nothing is
     *     kept), {@link Fault#STORE_FAILED} when it cannot be written
     */
    void putBlob(Digest expected, InputStream content);

    /**
     * Makes a model, replacing one of the same name.
     *
     * @param progress told each step in words that Ollama's clients know ("parsing GGUF", "writing manifest", ...)
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for a recipe that cannot work or a file that is not a
     *     sound GGUF
     */
    StoredModel create(ModelName name, ModelRecipe recipe, Consumer<String> progress);

    /**
     * Removes a model and every blob that no other model uses. A runner that has it loaded goes on.
     *
     * @throws PaddockException with {@link Fault#MODEL_NOT_FOUND}
     */
    void delete(ModelName name);
}
