package dev.paddock.api.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.security.Asker;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Answers requests: the one service a dialect calls for inference. Each call blocks until the model is ready; call it
 * on a virtual thread. Faults: {@link Fault#MODEL_NOT_FOUND}, {@link Fault#INVALID_REQUEST},
 * {@link Fault#FORBIDDEN}, {@link Fault#CONTEXT_TOO_LONG}, {@link Fault#TOO_LARGE}, {@link Fault#UNSUPPORTED}, {@link Fault#QUEUE_FULL}, {@link
 * Fault#LOAD_FAILED}, {@link Fault#QUARANTINED} and, while streaming, {@link Fault#RUNNER_DIED}.
 */
@ProviderType
public interface InferenceService {
    /**
     * Continues a conversation.
     *
     * @throws PaddockException before the stream begins, see the type
     */
    EventStream chat(ChatRequest request, Asker asker);

    /**
     * Answers or continues a single prompt.
     *
     * @throws PaddockException before the stream begins, see the type
     */
    EventStream complete(CompletionRequest request, Asker asker);

    /**
     * How many tokens a conversation has as a prompt, with its tools and all that the template adds. Loads the model; the
     * number may be more than its context holds.
     *
     * @throws PaddockException as {@link #chat}
     */
    int countTokens(ChatRequest request, Asker asker);

    /**
     * Turns texts into vectors.
     *
     * @throws PaddockException with {@link Fault#UNSUPPORTED} when the model gives none, {@link
     *     Fault#CONTEXT_TOO_LONG} when an input does not fit and may not be cut
     */
    Embeddings embed(EmbedRequest request, Asker asker);

    /**
     * Scores documents against a question.
     *
     * @throws PaddockException with {@link Fault#UNSUPPORTED} when the model is no reranker, {@link
     *     Fault#CONTEXT_TOO_LONG} when a document does not fit and may not be cut
     */
    Ranking rerank(RerankRequest request, Asker asker);

    /**
     * Loads a model without asking it anything, or renews its keep-alive.
     *
     * @return how long loading took; zero when it was loaded already
     */
    Duration load(String model, Options options, Optional<KeepAlive> keepAlive, Asker asker);

    /**
     * Unloads a model as soon as it is idle.
     *
     * @return false when it was not loaded
     * @throws PaddockException with {@link Fault#MODEL_NOT_FOUND}
     */
    boolean unload(String model, Asker asker);
}
