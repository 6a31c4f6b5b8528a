package dev.paddock.api.model;

import dev.paddock.api.prompt.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new model is made of: either GGUF files that were uploaded as blobs, or an installed model, with changes.
 *
 * @param from an installed model to derive from
 * @param files relative file name to the digest of an uploaded blob
 * @param template a Go template that replaces the model's, if given
 * @param system a system text that replaces the model's, if given
 * @param options merged over the parent's
 * @param messages replace the parent's when not empty
 * @param licenses added to the parent's
 */
public record ModelRecipe(
        Optional<ModelName> from,
        Map<String, Digest> files,
        Optional<String> template,
        Optional<String> system,
        Options options,
        List<Message> messages,
        List<String> licenses) {}
