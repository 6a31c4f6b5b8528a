package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model that is being made: its configuration, and what its layers will be. One thread. */
final class Blueprint {
    /** What becomes a layer. */
    private sealed interface Part {
        String mediaType();
    }

    /** A layer of the parent. */
    private record Taken(Layer layer) implements Part {
        @Override
        public String mediaType() {
            return layer.mediaType();
        }
    }

    /** A large file. */
    private record Weights(Piece piece) implements Part {
        @Override
        public String mediaType() {
            return piece.mediaType();
        }
    }

    /** Content that is small enough to be held. */
    private record Small(String mediaType, byte[] content) implements Part {}

    private final Map<String, Object> config = new LinkedHashMap<>();
    private final List<Part> parts = new ArrayList<>();

    /** The configuration, to be changed. */
    Map<String, Object> config() {
        return config;
    }

    /** Takes a layer of the parent over. */
    void take(Layer layer) {
        parts.add(new Taken(layer));
    }

    /** The parent's layers of that type which are still in it. */
    List<Layer> taken(String mediaType) {
        return parts.stream()
                .filter(part -> part.mediaType().equals(mediaType))
                .filter(Taken.class::isInstance)
                .map(part -> ((Taken) part).layer())
                .toList();
    }

    /** How many layers of that type it will have. */
    long count(String mediaType) {
        return parts.stream().filter(part -> part.mediaType().equals(mediaType)).count();
    }

    void add(Piece piece) {
        parts.add(new Weights(piece));
    }

    /** Puts a file where the first of its type was, in place of all of them. */
    void replace(Piece piece) {
        put(new Weights(piece));
    }

    /** @throws PaddockException with {@link Fault#TOO_LARGE} */
    void add(String mediaType, byte[] content) {
        parts.add(small(mediaType, content));
    }

    /** @throws PaddockException with {@link Fault#TOO_LARGE} */
    void replace(String mediaType, byte[] content) {
        put(small(mediaType, content));
    }

    void remove(String mediaType) {
        parts.removeIf(part -> part.mediaType().equals(mediaType));
    }

    private void put(Part part) {
        int at = 0;
        while (at < parts.size() && !parts.get(at).mediaType().equals(part.mediaType())) at++;
        remove(part.mediaType());
        parts.add(at, part);
    }

    private static Small small(String mediaType, byte[] content) {
        if (content.length > Json.MAX_BYTES) {
            throw new PaddockException(
                    Fault.TOO_LARGE,
                    "a text of " + content.length + " bytes is over the limit of " + Json.MAX_BYTES + " for a "
                            + mediaType.substring(mediaType.lastIndexOf('.') + 1));
        }
        return new Small(mediaType, content);
    }

    /**
     * Makes sure that every blob is there.
     *
     * @param steps is told each layer and whether it is new
     */
    Manifest store(BlobStore blobs, Steps steps) {
        List<Layer> layers = new ArrayList<>();
        for (Part part : parts) {
            Steps.stopIfInterrupted();
            layers.add(layer(part, blobs, steps));
        }
        Small last = small(MediaType.CONFIG, Json.bytes(ConfigFacts.ordered(config)));
        return new Manifest(Optional.of(stored(last, blobs)), layers);
    }

    private static Layer layer(Part part, BlobStore blobs, Steps steps) {
        return switch (part) {
            case Taken(Layer layer) -> {
                if (blobs.keep(layer.digest()).isEmpty()) throw gone(layer);
                steps.say("using existing layer " + layer.digest());
                yield layer;
            }
            case Weights(Piece piece) -> {
                Blob blob = piece.keep().get();
                boolean fresh = !blob.file().equals(piece.file());
                steps.say((fresh ? "creating new layer " : "using existing layer ") + blob.digest());
                yield new Layer(piece.mediaType(), blob.digest(), blob.size()).takenFrom(piece.source());
            }
            case Small small -> {
                Digest digest = Digest.of(small.content());
                boolean fresh = blobs.keep(digest).isEmpty();
                steps.say((fresh ? "creating new layer " : "using existing layer ") + digest);
                yield stored(small, blobs);
            }
        };
    }

    private static Layer stored(Small small, BlobStore blobs) {
        Blob blob = blobs.put(Digest.of(small.content()), new ByteArrayInputStream(small.content()));
        return new Layer(small.mediaType(), blob.digest(), blob.size());
    }

    static PaddockException gone(Layer layer) {
        return new PaddockException(
                Fault.MODEL_DAMAGED,
                "blob " + layer.digest() + " of " + layer.from() + " is not there; pull or create that model again");
    }
}
