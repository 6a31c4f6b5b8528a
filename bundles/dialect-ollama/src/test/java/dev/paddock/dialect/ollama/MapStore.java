package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A store in memory that begins with the model "tiny" and remembers recipes. */
final class MapStore implements ModelStore {
    final List<StoredModel> models = new ArrayList<>(List.of(model("tiny")));
    final Set<Digest> blobs = new HashSet<>();
    final List<ModelRecipe> recipes = new ArrayList<>();
    PaddockException failure;
    /** Every model is there, but none can be read. */
    boolean unreadable;

    static StoredModel model(String name) {
        return new StoredModel(
                ModelName.parse(name),
                Digest.of(name.getBytes()),
                42,
                Instant.parse("2026-11-22T10:00:00.123456789Z"),
                new ModelDetails("", "gguf", "llama", List.of("llama"), "4.1M", "Q8_0", 2048, 256),
                EnumSet.of(Capability.TOOLS, Capability.COMPLETION),
                Path.of("/models/blob"),
                Digest.of(new byte[0]),
                List.of(),
                Optional.of(new ChatTemplate(ChatTemplate.Language.JINJA, "{{ x }}")),
                "Be kind.",
                Options.of(Map.of(Option.TEMPERATURE.key(), 0.5, Option.STOP.key(), List.of("<|im_end|>", "x"))),
                List.of(new Message(Role.USER, "hi")),
                List.of("MIT"));
    }

    @Override
    public List<StoredModel> list() {
        return models;
    }

    @Override
    public Optional<StoredModel> find(ModelName name) {
        if (unreadable) throw new PaddockException(Fault.MODEL_DAMAGED, "the manifest cannot be read");
        return models.stream().filter(m -> m.name().matches(name)).findFirst();
    }

    @Override
    public Map<String, Object> metadata(StoredModel model) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", "llama");
        metadata.put("general.name", "secret");
        metadata.put("tokenizer.ggml.tokens", List.of("a", "b"));
        return metadata;
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.contains(digest);
    }

    @Override
    public void putBlob(Digest expected, InputStream content) {
        try {
            if (!Digest.of(content.readAllBytes()).equals(expected)) {
                throw new PaddockException(Fault.INVALID_REQUEST, "digest mismatch");
            }
            blobs.add(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public StoredModel create(ModelName name, ModelRecipe recipe, Consumer<String> progress) {
        recipes.add(recipe);
        progress.accept("parsing GGUF");
        if (failure != null) throw failure;
        progress.accept("success");
        StoredModel made = model(name.display());
        models.add(made);
        return made;
    }

    @Override
    public void delete(ModelName name) {
        boolean found = models.removeIf(m -> m.name().matches(name));
        if (!found) throw new PaddockException(Fault.MODEL_NOT_FOUND, "no model " + name.display());
    }
}
