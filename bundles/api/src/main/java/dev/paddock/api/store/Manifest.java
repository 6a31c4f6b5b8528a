package dev.paddock.api.store;

import dev.paddock.api.model.Digest;
import java.util.List;
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
public record Manifest(Optional<Layer> config, List<Layer> layers) {
    public Manifest {
        layers = List.copyOf(layers);
    }

    /** The last layer of one of these types: later ones replace earlier ones. */
    public Optional<Layer> last(String... mediaTypes) {
        Set<String> wanted = Set.of(mediaTypes);
        return layers.stream().filter(l -> wanted.contains(l.mediaType())).reduce((_, later) -> later);
    }

    /** All layers of a type. */
    public List<Layer> all(String mediaType) {
        return layers.stream().filter(l -> l.mediaType().equals(mediaType)).toList();
    }

    /** Every reference it has: the layers in order, then the configuration. */
    public Stream<Layer> references() {
        return Stream.concat(layers.stream(), config.stream());
    }

    /** Every blob it needs, its configuration included. */
    public Set<Digest> digests() {
        return references().map(Layer::digest).collect(Collectors.toSet());
    }

    /** Bytes of all layers and the configuration; stays at the largest number when hostile sizes add up to more. */
    public long size() {
        return references().mapToLong(Layer::size).reduce(0, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
    }
}
