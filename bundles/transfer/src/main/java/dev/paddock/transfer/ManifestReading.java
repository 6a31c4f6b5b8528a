package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads what kind of model a manifest is of. */
final class ManifestReading {
    private static final int MAX_LAYERS = 1000;
    private static final String TITLE = "org.opencontainers.image.title";
    /** GGUF files in manifests that are not of Ollama's kind. */
    private static final Set<String> GGUF_TYPES = Set.of(
            "application/vnd.docker.ai.gguf.v3",
            "application/vnd.cncf.model.weight.v1.raw",
            "application/vnd.gguf",
            "application/x-gguf",
            "application/gguf");

    private final byte[] content;
    private final Manifest manifest;
    private final Function<Layer, List<BlobSource>> sources;

    /** @param sources where the content of a layer is */
    ManifestReading(byte[] content, Manifest manifest, Function<Layer, List<BlobSource>> sources) {
        this.content = content;
        this.manifest = manifest;
        this.sources = sources;
    }

    /** @throws PaddockException when this server can make nothing of it */
    Offer offer() {
        if (manifest.layers().size() > MAX_LAYERS) {
            throw invalid(
                    "the manifest names " + manifest.layers().size() + " layers, at most " + MAX_LAYERS + " are taken");
        }
        if (!manifest.all(MediaType.TENSOR).isEmpty()) {
            throw new PaddockException(
                    Fault.UNSUPPORTED,
                    "the model consists of single tensors (safetensors), which this server cannot run; pull a GGUF variant"
                            + " of it, or create one from the safetensors folder");
        }
        List<Layer> weights = manifest.all(MediaType.MODEL);
        if (weights.isEmpty()) {
            Map<String, Offer.Wanted> files = foreign();
            if (!files.isEmpty()) return new Offer.Files(files, Offer.Rest.NONE);
            throw invalid("the registry's manifest is none of a model: it names no GGUF weights");
        }
        if (manifest.config().isEmpty() || manifest.layers().isEmpty()) {
            throw invalid("the registry's manifest is none of a model: it names no configuration or no layers");
        }
        if (weights.size() > 1) return split(weights);
        return new Offer.Ready(content, manifest, all());
    }

    private List<Offer.Wanted> all() {
        return manifest.references().map(this::wanted).toList();
    }

    private Offer.Wanted wanted(Layer layer) {
        return new Offer.Wanted(layer, sources.apply(layer));
    }

    /** Of several weights the last counts to Ollama; that nobody means so, but parts of a split model are sent so. */
    private Offer split(List<Layer> weights) {
        Map<String, Offer.Wanted> files = new LinkedHashMap<>();
        for (Layer part : weights) {
            files.put(name(files.size() + 1, weights.size()), wanted(part));
        }
        List<Layer> others = manifest.layers().stream()
                .filter(layer -> !layer.mediaType().equals(MediaType.MODEL))
                .toList();
        return new Offer.Files(
                files, new Offer.Rest(others, others.stream().map(this::wanted).toList()));
    }

    private static String name(int part, int parts) {
        return String.format(Locale.ROOT, "model-%05d-of-%05d.gguf", part, parts);
    }

    /** GGUF files by the title or the type that others give them. */
    private Map<String, Offer.Wanted> foreign() {
        Map<String, Offer.Wanted> files = new LinkedHashMap<>();
        List<String> titles = titles();
        for (int n = 0; n < manifest.layers().size(); n++) {
            Layer layer = manifest.layers().get(n);
            String title = n < titles.size() ? titles.get(n) : "";
            boolean named = title.matches("[A-Za-z0-9_][A-Za-z0-9_. -]{0,250}\\.gguf");
            if (!named && !GGUF_TYPES.contains(layer.mediaType())) continue;
            files.put(named ? title : "model-" + (n + 1) + ".gguf", wanted(layer));
        }
        return files;
    }

    private List<String> titles() {
        try {
            if (!(Json.object(content).get("layers") instanceof List<?> layers)) return List.of();
            return layers.stream().map(ManifestReading::title).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String title(Object layer) {
        boolean annotated = layer instanceof Map<?, ?> map && map.get("annotations") instanceof Map<?, ?>;
        return annotated ? Json.text((Map<?, ?>) ((Map<?, ?>) layer).get("annotations"), TITLE) : "";
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
