package dev.paddock.store;

import dev.paddock.api.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model consists of.
 *
 * @param config its configuration; absent only in manifests that are an empty object
 * @param layers everything else, in the order of the file
 */
record Manifest(Optional<Layer> config, List<Layer> layers) {
    Manifest {
        layers = List.copyOf(layers);
    }

    /** Reads a manifest; fails when it is no JSON or a digest is none. */
    static Manifest parse(byte[] content) throws IOException {
        Map<String, Object> json = Json.object(content);
        Optional<Layer> config = Optional.empty();
        if (json.get("config") instanceof Map<?, ?> map) config = Optional.of(Layer.parse(map));
        List<Layer> layers = new ArrayList<>();
        if (json.get("layers") instanceof List<?> list) {
            for (Object layer : list) {
                if (!(layer instanceof Map<?, ?> map)) throw new IOException("a layer is no JSON object");
                layers.add(Layer.parse(map));
            }
        }
        return new Manifest(config, layers);
    }

    /** The file's content: Ollama's order of keys, one line. */
    byte[] bytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaType.MANIFEST);
        config.ifPresent(layer -> json.put("config", layer.json()));
        json.put("layers", layers.stream().map(Layer::json).toList());
        var out = new ByteArrayOutputStream();
        out.writeBytes(Json.bytes(json));
        out.write('\n');
        return out.toByteArray();
    }

    /** The last layer of one of these types: later ones replace earlier ones. */
    Optional<Layer> last(String... mediaTypes) {
        Set<String> wanted = Set.of(mediaTypes);
        return layers.stream().filter(l -> wanted.contains(l.mediaType())).reduce((_, later) -> later);
    }

    List<Layer> all(String mediaType) {
        return layers.stream().filter(l -> l.mediaType().equals(mediaType)).toList();
    }

    /** Every blob it needs, its configuration included. */
    Set<Digest> digests() {
        return Stream.concat(config.stream(), layers.stream())
                .map(Layer::digest)
                .collect(Collectors.toSet());
    }

    /** Bytes of all layers and the configuration; stays at the largest number when hostile sizes add up to more. */
    long size() {
        long sum = 0;
        for (Layer layer : layers) sum = saturated(sum, layer.size());
        return saturated(sum, config.map(Layer::size).orElse(0L));
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
