package dev.paddock.store;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufGate;
import dev.paddock.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A model that is one GGUF file: which files are, and what its manifest is. */
final class GgufModel {
    private static final Set<String> PARTS = Set.of("adapter", "mmproj", "projector");
    private static final int LONGEST_NAME = 80;

    private GgufModel() {}

    /** The configuration's content; fails with INVALID_REQUEST for a file that is no whole model. */
    static byte[] config(GgufGate gate, Path file) {
        try {
            GgufFile gguf = gate.read(file, 0);
            String type = gguf.text("general.type").orElse("model");
            if (PARTS.contains(type) || gguf.architecture().equals("clip")) {
                throw StoreFaults.invalid("the file is no model but an adapter or projector; create a model with it");
            }
            if (gguf.integer("split.count").orElse(1) > 1) {
                throw StoreFaults.invalid("the file is one part of a split model; create the model from its parts");
            }
            if (gguf.architecture().isEmpty() || gguf.tensors().isEmpty()) {
                throw StoreFaults.invalid("the file holds no model: it has no architecture or no tensors");
            }
            return Json.bytes(ModelFacts.config(gguf));
        } catch (IOException e) {
            throw StoreFaults.invalid("the file is not a sound GGUF file: " + e.getMessage());
        }
    }

    /**
     * Stores the configuration and writes the manifest.
     *
     * @param from the file's own name
     */
    static Manifest manifest(Stock stock, Blob weights, String from) {
        byte[] description = config(stock.gate(), weights.file());
        Blob config = stock.blobs().put(new ByteArrayInputStream(description));
        return manifest(config, new Layer(MediaType.MODEL, weights.digest(), weights.size()).takenFrom(from));
    }

    static Manifest manifest(Blob config, Layer weights) {
        return new Manifest(Optional.of(new Layer(MediaType.CONFIG, config.digest(), config.size())), List.of(weights));
    }

    /** A name for a file that comes without one: what it is called, as far as the grammar allows. */
    static ModelName name(Path file) {
        String stem =
                file.getFileName().toString().replaceAll("(?i)\\.gguf$", "").toLowerCase(Locale.ROOT);
        String name = stem.replaceAll("[^a-z0-9_.-]+", "-").replaceAll("^[^a-z0-9_]+", "");
        if (name.isEmpty()) throw StoreFaults.invalid("say which name the model shall have");
        return ModelName.parse(name.substring(0, Math.min(name.length(), LONGEST_NAME)));
    }
}
