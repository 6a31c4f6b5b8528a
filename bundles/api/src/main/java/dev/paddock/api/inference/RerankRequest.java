package dev.paddock.api.inference;

import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.KeepAlive;
import java.util.List;
import java.util.Optional;

/**
 * Documents to be scored by how well they answer a question.
 *
 * @param model name as the client wrote it
 * @param query the question
 * @param documents at least one
 * @param truncate cuts the end off a document that does not fit, instead of refusing it
 * @param options over the model's own
 * @param keepAlive how long the model stays loaded afterwards; empty = unchanged or the default
 */
public record RerankRequest(
        String model,
        String query,
        List<String> documents,
        boolean truncate,
        Options options,
        Optional<KeepAlive> keepAlive) {
    public RerankRequest {
        documents = List.copyOf(documents);
    }
}
