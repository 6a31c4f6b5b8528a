package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form of manifests in files. */
final class Manifests {
    private Manifests() {}

    /** Reads a manifest; fails when it is no JSON or a digest is none. */
    static Manifest parse(byte[] content) throws IOException {
        Map<String, Object> json = Json.object(content);
        Optional<Layer> config = Optional.empty();
        if (json.get("config") instanceof Map<?, ?> map) config = Optional.of(layer(map));
        else if (json.get("config") != null) throw new IOException("the configuration is no JSON object");
        List<Layer> layers = new ArrayList<>();
        if (json.get("layers") instanceof List<?> list) {
            for (Object layer : list) {
                if (!(layer instanceof Map<?, ?> map)) throw new IOException("a layer is no JSON object");
                layers.add(layer(map));
            }
        } else if (json.get("layers") != null) {
            throw new IOException("the layers are no list");
        }
        return new Manifest(config, layers);
    }

    private static Layer layer(Map<?, ?> json) throws IOException {
        try {
            return new Layer(
                    Json.text(json, "mediaType"),
                    Digest.parse(Json.text(json, "digest")),
                    Json.number(json, "size"),
                    Json.text(json, "from"),
                    Json.text(json, "name"));
        } catch (PaddockException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The file's content: Ollama's order of keys, one line. */
    static byte[] bytes(Manifest manifest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaType.MANIFEST);
        manifest.config().ifPresent(layer -> json.put("config", json(layer)));
        json.put("layers", manifest.layers().stream().map(Manifests::json).toList());
        var out = new ByteArrayOutputStream();
        out.writeBytes(Json.bytes(json));
        out.write('\n');
        return out.toByteArray();
    }

    private static Map<String, Object> json(Layer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", layer.mediaType());
        json.put("digest", layer.digest().toString());
        json.put("size", layer.size());
        if (!layer.from().isEmpty()) json.put("from", layer.from());
        if (!layer.name().isEmpty()) json.put("name", layer.name());
        return json;
    }
}
