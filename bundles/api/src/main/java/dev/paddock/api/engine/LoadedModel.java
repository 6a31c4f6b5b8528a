package dev.paddock.api.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loaded model. Safe for many threads. When its runner dies it gets another one, and generations go on there; once
 * that is given up, every call fails with {@link Fault#RUNNER_DIED}.
 */
@ProviderType
public interface LoadedModel extends AutoCloseable {
    /** What the runner reported when it was ready; another one may report another process. */
    RunnerFacts facts();

    /** What the runner is doing, as it last said; at most half a second old while it computes. */
    RunnerStatus status();

    /**
     * Text to token ids.
     *
     * @param addSpecial adds what the model wants around a text (begin-of-sequence...)
     * @param parseSpecial reads the text of control tokens as those tokens; false for untrusted text
     */
    int[] tokenize(String text, boolean addSpecial, boolean parseSpecial);

    /** Token ids to text, control tokens included; bytes that are no UTF-8 become U+FFFD. */
    String detokenize(int[] tokens);

    /**
     * Starts a generation.
     *
     * @throws PaddockException with {@link Fault#CONTEXT_TOO_LONG} when the prompt does not fit,
     *     {@link Fault#INVALID_REQUEST} when a number is out of range
     */
    Generation generate(GenerationOrder order);

    /**
     * Computes the vector of each input, or its score when the model {@linkplain Abilities#rank() ranks}. Vectors have
     * length 1 (L2 norm). Blocks; interrupting the thread gives it up.
     *
     * @param inputs token ids, none empty, none longer than the context
     * @throws PaddockException with {@link Fault#UNSUPPORTED} when the model gives no vectors,
     *     {@link Fault#CONTEXT_TOO_LONG} or {@link Fault#INVALID_REQUEST}
     */
    List<float[]> embed(List<int[]> inputs);

    /**
     * Goes on in another runner: starts it as the order says, lets running answers go on there without losing or repeating
     * a token, and ends the old one. Blocks until that is done; nothing changes for callers but a pause. One move at a
     * time.
     *
     * @param order the same model with the same context and number of sequences or more
     * @throws PaddockException as {@link EngineService#load}, when the new runner did not come up; the old one goes on
     */
    Move move(LoadOrder order, Move.Terms terms);

    /** Completes, with the reason in words, when the model is closed or given up. */
    CompletionStage<String> ended();

    /** Stops the runner: gracefully, then by force. Blocks until the process is gone; closing twice is harmless. */
    @Override
    void close();
}
