package dev.paddock.gguf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@link GgufCopy} changes of a header. Names are those of the source; what it does not have is no error, but a
 * change of nothing. No change touches the bytes of a tensor.
 *
 * @param renamedKeys metadata keys, old to new; the value stays
 * @param put values that replace those of their (new) keys, or are added at the end
 * @param removedKeys metadata that is left out
 * @param renamedTensors old name to new
 * @param droppedTensors tensors that are left out with their data
 */
public record GgufEdit(
        Map<String, String> renamedKeys,
        Map<String, MetadataValue> put,
        Set<String> removedKeys,
        Map<String, String> renamedTensors,
        Set<String> droppedTensors) {
    /** Changes nothing. */
    public static final GgufEdit NONE = new Builder().build();

    public GgufEdit {
        renamedKeys = Map.copyOf(renamedKeys);
        put = Collections.unmodifiableMap(new LinkedHashMap<>(put));
        removedKeys = Set.copyOf(removedKeys);
        renamedTensors = Map.copyOf(renamedTensors);
        droppedTensors = Set.copyOf(droppedTensors);
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Collects changes; one thread. */
    public static final class Builder {
        private final Map<String, String> renamedKeys = new LinkedHashMap<>();
        private final Map<String, MetadataValue> put = new LinkedHashMap<>();
        private final Set<String> removedKeys = new LinkedHashSet<>();
        private final Map<String, String> renamedTensors = new LinkedHashMap<>();
        private final Set<String> droppedTensors = new LinkedHashSet<>();

        /** Another key for a value. */
        public Builder renameKey(String from, String to) {
            renamedKeys.put(from, to);
            return this;
        }

        /** Replaces or adds a value. */
        public Builder put(String key, MetadataValue value) {
            put.put(key, value);
            return this;
        }

        /** Leaves a value out. */
        public Builder removeKey(String key) {
            removedKeys.add(key);
            return this;
        }

        /** Another name for a tensor. */
        public Builder renameTensor(String from, String to) {
            renamedTensors.put(from, to);
            return this;
        }

        /** Leaves a tensor out. */
        public Builder dropTensor(String name) {
            droppedTensors.add(name);
            return this;
        }

        /** What was collected. */
        public GgufEdit build() {
            return new GgufEdit(renamedKeys, put, removedKeys, renamedTensors, droppedTensors);
        }
    }
}
