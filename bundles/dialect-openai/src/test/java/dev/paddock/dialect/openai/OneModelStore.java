package dev.paddock.dialect.openai;

import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.TensorFact;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Lists one model, or none; a dialect for OpenAI asks a store for nothing else. */
final class OneModelStore implements ModelStore {
    boolean empty;

    @Override
    public List<StoredModel> list() {
        if (empty) return List.of();
        return List.of(new StoredModel(
                ModelName.parse("ann/tiny"),
                Digest.of(new byte[0]),
                1,
                Instant.ofEpochSecond(1234),
                new ModelDetails("", "gguf", "llama", List.of(), "", "", 0, 0),
                Set.of(Capability.COMPLETION),
                Path.of("x"),
                Digest.of(new byte[0]),
                List.of(),
                Optional.empty(),
                "",
                Options.NONE,
                List.of(),
                List.of()));
    }

    @Override
    public Optional<StoredModel> find(ModelName name) {
        return list().stream().filter(m -> m.name().matches(name)).findFirst();
    }

    @Override
    public Map<String, Object> metadata(StoredModel model, Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TensorFact> tensors(StoredModel model) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(ModelName source, ModelName destination) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Freed delete(ModelName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void used(StoredModel model) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told) {
        throw new UnsupportedOperationException();
    }
}
