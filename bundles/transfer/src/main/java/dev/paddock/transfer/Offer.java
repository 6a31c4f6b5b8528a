package dev.paddock.transfer;

import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a registry has under a name. */
sealed interface Offer {
    /** All content that must come, in the order in which clients hear of it. */
    List<Wanted> wanted();

    /**
     * Content and where it is.
     *
     * @param sources in the order in which they are asked
     */
    record Wanted(Layer layer, List<BlobSource> sources) {}

    /**
     * A manifest of a model of Ollama's kind, which is installed as it is.
     *
     * @param content its bytes
     * @param manifest what they say
     */
    record Ready(byte[] content, Manifest manifest, List<Wanted> wanted) implements Offer {}

    /**
     * GGUF files that a model is made of: the parts of a split one, or files that the manifest of another kind names.
     *
     * @param files by their names
     * @param rest what else the model has, and comes too
     */
    record Files(Map<String, Wanted> files, Rest rest) implements Offer {
        @Override
        public List<Wanted> wanted() {
            return Stream.concat(files.values().stream(), rest.wanted().stream())
                    .toList();
        }
    }

    /**
     * What a manifest of Ollama's kind names beside its weights.
     *
     * @param layers to be added to the model
     */
    record Rest(List<Layer> layers, List<Wanted> wanted) {
        static final Rest NONE = new Rest(List.of(), List.of());
    }
}
