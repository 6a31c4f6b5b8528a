package dev.paddock.api.inference;

import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.KeepAlive;
import java.util.List;
import java.util.Optional;

/**
 * Texts to be turned into vectors.
 *
 * @param model name as the client wrote it
 * @param inputs at least one
 * @param truncate cuts the end off an input that does not fit, instead of refusing it
 * @param dimensions numbers of each vector, the first ones, normalised again; 0 = all
 * @param options over the model's own
 * @param keepAlive how long the model stays loaded afterwards; empty = unchanged or the default
 */
public record EmbedRequest(
        String model,
        List<EmbedInput> inputs,
        boolean truncate,
        int dimensions,
        Options options,
        Optional<KeepAlive> keepAlive) {
    public EmbedRequest {
        inputs = List.copyOf(inputs);
    }
}
