package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufGate;
import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all that is to know about one model: its manifest, its small layers and the header of its weights. */
final class ModelReader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReader.class);
    /** Arrays of the header are not needed here; skipping them keeps a vocabulary of 130,000 tokens cheap. */
    private static final long NO_ARRAYS = 0;

    private final GgufGate gate;
    private final Blobs blobs;
    private final TemplateChoice choice;

    /** @param choice between a model's two templates */
    ModelReader(Blobs blobs, GgufGate gate, TemplateChoice choice) {
        this.gate = gate;
        this.blobs = blobs;
        this.choice = choice;
    }

    /**
     * A model as read.
     *
     * @param weights its weights' file before it was read
     * @param digests every blob that it needs
     */
    record Result(StoredModel model, Stamp weights, Set<Digest> digests) {}

    Path path(Digest digest) {
        return blobs.path(digest);
    }

    /**
     * Reads one model. A blob that is missing, broken or of another size is told as the model's damage and leaves it
     * listed, so that it can be shown and removed.
     *
     * @throws IOException when the manifest cannot be read, or names no weights
     */
    Result read(ManifestFile file) throws IOException {
        byte[] content = file.content();
        Manifest manifest = Manifests.parse(content);
        Layer weights = manifest.last(MediaType.MODEL)
                .orElseThrow(() -> new IOException("it has no GGUF weights; other kinds are not supported"));
        Stamp stamp = Stamp.of(path(weights.digest()));
        var parts = new Parts();
        manifest.references().forEach(parts::checkSize);
        Map<String, Object> config = parts.read("configuration", Map.of(), () -> config(manifest));
        Optional<GgufFile> gguf = parts.read(
                "weights", Optional.empty(), () -> Optional.of(gate.read(path(weights.digest()), NO_ARRAYS)));
        Optional<ChatTemplate> go = parts.read("chat template", Optional.empty(), () -> goTemplate(manifest));
        Optional<ChatTemplate> jinja = gguf.flatMap(g -> g.text("tokenizer.chat_template"))
                .map(text -> new ChatTemplate(Language.JINJA, text));
        Optional<ChatTemplate> template = choice.of(go, jinja, config);
        var model = new StoredModel(
                file.name(),
                Digest.of(content),
                manifest.size(),
                Files.getLastModifiedTime(file.path()).toInstant(),
                ModelFacts.details(weights.from(), config, gguf),
                ModelFacts.capabilities(config, gguf, template, go),
                path(weights.digest()),
                weights.digest(),
                paths(manifest, MediaType.ADAPTER),
                template,
                go,
                parts.read("system text", "", () -> system(manifest)),
                parts.read("options", Options.NONE, () -> options(file, manifest)),
                parts.read("messages", List.of(), () -> messages(manifest)),
                parts.read("licence", List.of(), () -> licenses(manifest)),
                paths(manifest, MediaType.PROJECTOR),
                paths(manifest, MediaType.DRAFT).stream().findFirst(),
                ModelFacts.traits(config),
                parts.damage());
        return new Result(model, stamp, manifest.digests());
    }

    /** Reads the parts of a model; the first thing that is wrong is its damage. */
    private final class Parts {
        private String damage = "";

        interface Source<T> {
            T read() throws IOException;
        }

        <T> T read(String what, T otherwise, Source<T> source) {
            try {
                return source.read();
            } catch (IOException e) {
                if (damage.isEmpty()) damage = "its " + what + " cannot be read: " + StoreFaults.reason(e);
                return otherwise;
            }
        }

        void checkSize(Layer layer) {
            if (!damage.isEmpty()) return;
            long size = Stamp.of(path(layer.digest())).size();
            if (size < 0) {
                boolean link = Files.isSymbolicLink(path(layer.digest()));
                damage = "blob " + layer.digest() + (link ? " links to a file that is gone" : " is missing");
            } else if (size != layer.size()) {
                damage = "blob " + layer.digest() + " has " + size + " bytes where " + layer.size() + " are expected";
            }
        }

        String damage() {
            return damage;
        }
    }

    private List<Path> paths(Manifest manifest, String mediaType) {
        return manifest.all(mediaType).stream()
                .map(layer -> blobs.path(layer.digest()))
                .toList();
    }

    private Map<String, Object> config(Manifest manifest) throws IOException {
        Layer config = manifest.config().orElseThrow(() -> new IOException("the manifest names none"));
        return Json.object(blobs.read(config.digest()));
    }

    private Optional<ChatTemplate> goTemplate(Manifest manifest) throws IOException {
        Optional<Layer> layer = manifest.last(MediaType.TEMPLATE, MediaType.PROMPT);
        if (layer.isEmpty()) return Optional.empty();
        return Optional.of(new ChatTemplate(Language.GO, blobs.text(layer.get().digest())));
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
