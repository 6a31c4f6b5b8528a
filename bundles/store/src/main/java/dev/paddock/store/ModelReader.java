package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all that is to know about one model: its manifest, its small layers and the header of its weights. */
final class ModelReader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReader.class);
    /** Arrays of the header are not needed here; skipping them keeps a vocabulary of 130,000 tokens cheap. */
    private static final long NO_ARRAYS = 0;

    private final Blobs blobs;

    ModelReader(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * Reads one model. Weights that are missing or broken are logged and leave the model listed, so that it can be
     * shown and removed.
     *
     * @throws IOException when the manifest, the configuration or a small layer cannot be read
     */
    StoredModel read(ManifestFile file) throws IOException {
        byte[] content = file.content();
        Manifest manifest = Manifests.parse(content);
        Layer weights = manifest.last(MediaType.MODEL)
                .orElseThrow(() -> new IOException("it has no GGUF weights; other kinds are not supported"));
        Map<String, Object> config = config(manifest);
        Path path = blobs.path(weights.digest());
        Optional<GgufFile> gguf = header(file, path);
        Optional<ChatTemplate> template = template(manifest, gguf);
        return new StoredModel(
                file.name(),
                Digest.of(content),
                manifest.size(),
                Files.getLastModifiedTime(file.path()).toInstant(),
                ModelFacts.details(weights.from(), config, gguf),
                ModelFacts.capabilities(config, gguf, template),
                path,
                weights.digest(),
                paths(manifest, MediaType.ADAPTER),
                template,
                system(manifest),
                options(file, manifest),
                messages(manifest),
                licenses(manifest),
                paths(manifest, MediaType.PROJECTOR),
                paths(manifest, MediaType.DRAFT).stream().findFirst(),
                ModelFacts.traits(config),
                "");
    }

    private List<Path> paths(Manifest manifest, String mediaType) {
        return manifest.all(mediaType).stream()
                .map(layer -> blobs.path(layer.digest()))
                .toList();
    }

    private Map<String, Object> config(Manifest manifest) throws IOException {
        Layer config = manifest.config().orElseThrow(() -> new IOException("it has no configuration"));
        return Json.object(blobs.read(config.digest()));
    }

    private static Optional<GgufFile> header(ManifestFile file, Path weights) {
        try {
            return Optional.of(GgufFile.read(weights, NO_ARRAYS));
        } catch (IOException e) {
            LOG.warn("model {}: its weights cannot be read: {}", file.name().display(), StoreFaults.reason(e));
            return Optional.empty();
        }
    }

    /** The file's own Jinja template comes first: nothing renders Go templates in this version. */
    private Optional<ChatTemplate> template(Manifest manifest, Optional<GgufFile> gguf) throws IOException {
        Optional<String> jinja = gguf.flatMap(g -> g.text("tokenizer.chat_template"));
        if (jinja.isPresent()) return jinja.map(text -> new ChatTemplate(ChatTemplate.Language.JINJA, text));
        Optional<Layer> layer = manifest.last(MediaType.TEMPLATE, MediaType.PROMPT);
        if (layer.isEmpty()) return Optional.empty();
        return Optional.of(new ChatTemplate(
                ChatTemplate.Language.GO, blobs.text(layer.get().digest())));
    }

    private String system(Manifest manifest) throws IOException {
        Optional<Layer> layer = manifest.last(MediaType.SYSTEM);
        return layer.isEmpty() ? "" : blobs.text(layer.get().digest());
    }

    /** An option of the wrong type is logged and left out rather than making the model unusable. */
    private Options options(ManifestFile file, Manifest manifest) throws IOException {
        Optional<Layer> layer = manifest.last(MediaType.PARAMS);
        if (layer.isEmpty()) return Options.NONE;
        Options options = Options.NONE;
        for (var entry : Json.object(blobs.read(layer.get().digest())).entrySet()) {
            if (entry.getValue() == null) continue;
            try {
                options = options.with(Options.of(Map.of(entry.getKey(), entry.getValue())));
            } catch (PaddockException e) {
                LOG.warn("model {}: stored {}; it is left out", file.name().display(), e.getMessage());
            }
        }
        return options;
    }

    private List<Message> messages(Manifest manifest) throws IOException {
        Optional<Layer> layer = manifest.last(MediaType.MESSAGES);
        return layer.isEmpty()
                ? List.of()
                : StoredMessages.parse(blobs.read(layer.get().digest()));
    }

    private List<String> licenses(Manifest manifest) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Layer layer : manifest.all(MediaType.LICENSE)) texts.add(blobs.text(layer.digest()));
        return texts;
    }
}
