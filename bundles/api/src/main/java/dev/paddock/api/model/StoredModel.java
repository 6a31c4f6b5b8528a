package dev.paddock.api.model;

import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One installed model, resolved: all that is needed to list, show or run it without reading the store again.
 *
 * @param name its name as spelled on disk
 * @param digest SHA-256 of the manifest file: the model's id
 * @param size bytes of all its layers and its configuration
 * @param modifiedAt when the manifest was written
 * @param details facts about the weights
 * @param capabilities what it can do
 * @param weights the GGUF file
 * @param weightsDigest digest of that file: equal weights share one runner
 * @param adapters LoRA adapters (GGUF files) that belong to it, each with scale 1
 * @param template its chat template; empty when it has none
 * @param goTemplate the Go template of its manifest, used or not: a gap in a text is filled by it
 * @param system default system text, or empty
 * @param options default options
 * @param messages stored messages that come first in every chat
 * @param licenses licence texts
 * @param projectors GGUF files of its vision or audio encoders
 * @param draft a small model (GGUF) that guesses ahead for it
 * @param traits what its configuration asks of whoever runs it
 * @param damage why it cannot be used, in words for a person; empty when nothing is known against it
 */
public record StoredModel(
        ModelName name,
        Digest digest,
        long size,
        Instant modifiedAt,
        ModelDetails details,
        Set<Capability> capabilities,
        Path weights,
        Digest weightsDigest,
        List<Path> adapters,
        Optional<ChatTemplate> template,
        Optional<ChatTemplate> goTemplate,
        String system,
        Options options,
        List<Message> messages,
        List<String> licenses,
        List<Path> projectors,
        Optional<Path> draft,
        Traits traits,
        String damage) {
    public StoredModel {
        adapters = List.copyOf(adapters);
        projectors = List.copyOf(projectors);
    }

    /** A sound model of text alone. */
    public StoredModel(
            ModelName name,
            Digest digest,
            long size,
            Instant modifiedAt,
            ModelDetails details,
            Set<Capability> capabilities,
            Path weights,
            Digest weightsDigest,
            List<Path> adapters,
            Optional<ChatTemplate> template,
            String system,
            Options options,
            List<Message> messages,
            List<String> licenses) {
        this(
                name,
                digest,
                size,
                modifiedAt,
                details,
                capabilities,
                weights,
                weightsDigest,
                adapters,
                template,
                template.filter(chat -> chat.language() == ChatTemplate.Language.GO),
                system,
                options,
                messages,
                licenses,
                List.of(),
                Optional.empty(),
                Traits.NONE,
                "");
    }

    /** The same model, said to be unusable for this reason. */
    public StoredModel withDamage(String reason) {
        return new StoredModel(
                name,
                digest,
                size,
                modifiedAt,
                details,
                capabilities,
                weights,
                weightsDigest,
                adapters,
                template,
                goTemplate,
                system,
                options,
                messages,
                licenses,
                projectors,
                draft,
                traits,
                reason);
    }
}
