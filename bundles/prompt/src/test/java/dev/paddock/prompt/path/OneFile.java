package dev.paddock.prompt.path;

import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.TensorFact;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.testkit.FakeStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store in which every model has the same file; counts how often that is read. */
final class OneFile implements ModelStore {
    final AtomicInteger reads = new AtomicInteger();
    private final FakeStore store = FakeStore.with("m");
    private final Map<String, Object> metadata = new HashMap<>();

    /** A key-value of the file. */
    OneFile put(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    /** The vocabulary: texts and their types as in GGUF (1 normal, 2 unknown, 3 control, 4 user-defined). */
    OneFile tokens(Map<String, Integer> types) {
        List<String> texts = new ArrayList<>(types.keySet());
        put("tokenizer.ggml.tokens", texts);
        return put("tokenizer.ggml.token_type", texts.stream().map(types::get).toList());
    }

    /** A model with this file and this template. */
    static StoredModel model(ChatTemplate template) {
        return model(Optional.of(template));
    }

    static StoredModel model(Optional<ChatTemplate> template) {
        return model(Set.of(Capability.COMPLETION), template, template.filter(t -> t.language() == Language.GO));
    }

    /** A model that is used with one template and has another as well. */
    static StoredModel model(ChatTemplate used, ChatTemplate go) {
        return model(Set.of(Capability.COMPLETION), Optional.of(used), Optional.of(go));
    }

    static StoredModel embedding() {
        return model(Set.of(Capability.EMBEDDING), Optional.empty(), Optional.empty());
    }

    static StoredModel model(Set<Capability> capabilities, Optional<ChatTemplate> template, Optional<ChatTemplate> go) {
        var m = FakeStore.model("m");
        return new StoredModel(
                m.name(),
                m.digest(),
                m.size(),
                m.modifiedAt(),
                m.details(),
                capabilities,
                m.weights(),
                m.weightsDigest(),
                m.adapters(),
                template,
                go,
                m.system(),
                m.options(),
                m.messages(),
                m.licenses(),
                m.projectors(),
                m.draft(),
                m.traits(),
                m.damage());
    }

    @Override
    public List<StoredModel> list() {
        return store.list();
    }

    @Override
    public Optional<StoredModel> find(ModelName name) {
        return store.find(name);
    }

    @Override
    public Map<String, Object> metadata(StoredModel model, Path file) {
        reads.incrementAndGet();
        return metadata;
    }

    @Override
    public List<TensorFact> tensors(StoredModel model) {
        return store.tensors(model);
    }

    @Override
    public void copy(ModelName source, ModelName destination) {
        store.copy(source, destination);
    }

    @Override
    public Freed delete(ModelName name) {
        return store.delete(name);
    }

    @Override
    public void used(StoredModel model) {
        store.used(model);
    }

    @Override
    public List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told) {
        return store.adopt(source, name, told);
    }
}
