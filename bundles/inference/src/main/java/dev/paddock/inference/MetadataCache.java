package dev.paddock.inference;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Remembers what was read of the weights used last, since reading a file's header takes a while. Many threads. */
final class MetadataCache<T> {
    private static final int SIZE = 16;
    private final Function<StoredModel, T> reader;
    private final Map<Digest, T> known = new LinkedHashMap<>(SIZE, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, T> eldest) {
            return size() > SIZE;
        }
    };

    /** @param reader looks only at the model's weights */
    MetadataCache(Function<StoredModel, T> reader) {
        this.reader = reader;
    }

    T of(StoredModel model) {
        synchronized (known) {
            var found = known.get(model.weightsDigest());
            if (found != null) return found;
        }
        var read = reader.apply(model);
        synchronized (known) {
            known.put(model.weightsDigest(), read);
        }
        return read;
    }
}
