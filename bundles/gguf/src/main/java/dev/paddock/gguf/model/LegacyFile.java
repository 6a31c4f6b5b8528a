package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.MetadataValue;
import dev.paddock.gguf.TensorInfo;
import dev.paddock.gguf.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of an older layout, and the changes that are collected for it. One thread. */
final class LegacyFile {
    private final GgufFile file;
    private final GgufEdit.Builder edit = new GgufEdit.Builder();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private boolean refused;
    private boolean dropped;

    LegacyFile(GgufFile file) {
        this.file = file;
        for (TensorInfo tensor : file.tensors()) tensors.put(tensor.name(), tensor);
    }

    String architecture() {
        return file.architecture();
    }

    boolean has(String key) {
        return file.metadata().containsKey(key);
    }

    long number(String key) {
        return file.integer(key).orElse(0);
    }

    String text(String key) {
        return file.text(key).orElse("");
    }

    List<?> list(String key) {
        return file.list(key).map(list -> (List<?>) list).orElse(List.of());
    }

    ValueType element(String key) {
        return has(key) ? file.entries().get(key).element() : null;
    }

    Optional<TensorInfo> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    boolean hasTensors(String prefix) {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    boolean hasTensorsEnding(String suffix) {
        return tensors.keySet().stream().anyMatch(name -> name.endsWith(suffix));
    }

    /** llama.cpp refuses the file as it is. */
    LegacyFile refused(boolean certain) {
        refused |= certain;
        return this;
    }

    /** All of an architecture's metadata under the name of another. */
    LegacyFile becomes(String other) {
        String old = architecture() + ".";
        for (String key : file.metadata().keySet()) {
            if (key.startsWith(old)) edit.renameKey(key, other + "." + key.substring(old.length()));
        }
        edit.put("general.architecture", MetadataValue.text(other));
        return refused(true);
    }

    LegacyFile rename(String from, String to) {
        if (has(from) && !has(to)) edit.renameKey(from, to);
        return this;
    }

    LegacyFile put(String key, MetadataValue value) {
        edit.put(key, value);
        return this;
    }

    /** @param present the key that would hold it, by the name it has in the file */
    LegacyFile putIfMissing(String present, String key, MetadataValue value) {
        return has(present) ? this : put(key, value);
    }

    LegacyFile remove(String key) {
        edit.removeKey(key);
        return this;
    }

    LegacyFile renameTensor(String from, String to) {
        if (tensors.containsKey(from)) {
            edit.renameTensor(from, to);
            refused = true;
        }
        return this;
    }

    /** Renames all tensors in whose names a part stands. */
    LegacyFile renameTensors(String part, String other) {
        for (String name : tensors.keySet()) {
            if (name.contains(part)) renameTensor(name, name.replace(part, other));
        }
        return this;
    }

    /** Biases of time steps that are not called so. */
    LegacyFile biases() {
        for (String name : tensors.keySet()) if (name.endsWith(".ssm_dt")) renameTensor(name, name + ".bias");
        return this;
    }

    /** Sinks of attention that are not called weights. */
    LegacyFile sinks() {
        for (String name : tensors.keySet()) if (name.endsWith(".attn_sinks")) renameTensor(name, name + ".weight");
        return this;
    }

    Optional<TensorInfo> firstTensor(String suffix) {
        return tensors.values().stream().filter(t -> t.name().endsWith(suffix)).findFirst();
    }

    /** Leaves tensors out that llama.cpp keeps in files of their own. */
    LegacyFile drop(String... prefixes) {
        for (String name : tensors.keySet()) {
            for (String prefix : prefixes) {
                if (!name.startsWith(prefix)) continue;
                edit.dropTensor(name);
                dropped = true;
                refused = true;
            }
        }
        return this;
    }

    /** Numbers of each layer become the largest of them, as one number. */
    LegacyFile largest(String key) {
        long most = list(key).stream()
                .mapToLong(n -> n instanceof Long value ? value : 0)
                .max()
                .orElse(0);
        return most > 0 ? put(key, MetadataValue.uint32(most)).refused(true) : this;
    }

    /** Three sections of a position get their fourth. */
    LegacyFile sections(String from, String to) {
        List<?> three = list(from);
        if (three.size() != 3 || !three.stream().allMatch(Long.class::isInstance)) return this;
        List<Long> four = List.of((Long) three.get(0), (Long) three.get(1), (Long) three.get(2), 0L);
        return put(to, MetadataValue.int32s(four)).refused(true);
    }

    /** Cuts what is told of tokens to as many as there are rows of weights. */
    LegacyFile cutVocabulary() {
        long rows = tensor("token_embd.weight").map(t -> t.dims().getLast()).orElse(Long.MAX_VALUE);
        for (String key : List.of("tokens", "scores", "token_type")) {
            List<?> values = list("tokenizer.ggml." + key);
            if (values.size() <= rows) continue;
            var cut = new MetadataValue.Array(element("tokenizer.ggml." + key), values.subList(0, (int) rows));
            put("tokenizer.ggml." + key, cut).refused(true);
        }
        return this;
    }

    /** The layout with the changes that were collected. */
    Optional<LegacyLayout> rewritten(String name) {
        GgufEdit changes = edit.build();
        if (changes.isEmpty()) return Optional.empty();
        String leftOut = dropped ? "what it has beside its text model, such as an encoder of images or sounds" : "";
        return Optional.of(new LegacyLayout(name, refused, Optional.of(changes), leftOut));
    }

    /** A layout whose weights would have to change. */
    static Optional<LegacyLayout> hopeless(String name) {
        return Optional.of(new LegacyLayout(name, true, Optional.empty(), ""));
    }
}
