package dev.paddock.api.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A model in a running runner. Safe for many threads. Every call fails with {@link Fault#RUNNER_DIED} once it died. */
@ProviderType
public interface LoadedModel extends AutoCloseable {
    /** What the runner reported when it was ready. */
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

    /** Completes, with the reason in words, when the runner has ended for whatever cause. */
    CompletionStage<String> ended();

    /** Stops the runner: gracefully, then by force. Blocks until the process is gone; closing twice is harmless. */
    @Override
    void close();
}
