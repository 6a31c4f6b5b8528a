package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Layer;
import dev.paddock.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model that is being made: its layers so far, and the content of those that may have to be written. One thread. */
final class Draft {
    private final Map<String, Object> config;
    private final List<Layer> layers;
    private final Map<Digest, byte[]> contents = new LinkedHashMap<>();

    Draft(Map<String, Object> config, List<Layer> layers) {
        this.config = new LinkedHashMap<>(config);
        this.layers = new ArrayList<>(layers);
    }

    Map<String, Object> config() {
        return config;
    }

    List<Layer> layers() {
        return layers;
    }

    /** The content of a layer that is new in this model; null for one whose blob must be there. */
    byte[] content(Digest digest) {
        return contents.get(digest);
    }

    void add(String mediaType, byte[] content) {
        layers.add(layer(mediaType, content));
    }

    void replace(String mediaType, byte[] content) {
        remove(mediaType);
        add(mediaType, content);
    }

    void remove(String mediaType) {
        layers.removeIf(layer -> layer.mediaType().equals(mediaType));
    }

    /** Describes content that goes with the model without being one of its layers: the configuration. */
    Layer layer(String mediaType, byte[] content) {
        if (content.length > Json.MAX_BYTES) {
            throw new PaddockException(
                    Fault.TOO_LARGE,
                    "a text of " + content.length + " bytes is over the limit of " + Json.MAX_BYTES + " for a "
                            + mediaType.substring(mediaType.lastIndexOf('.') + 1));
        }
        Digest digest = Digest.of(content);
        contents.put(digest, content);
        return new Layer(mediaType, digest, content.length);
    }
}
