package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.TensorFact;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A store in memory that begins with the model "tiny" and remembers recipes. */
final class MapStore implements ModelStore, ModelBuilder {
    final List<StoredModel> models = new ArrayList<>(List.of(model("tiny")));
    final MapBlobs blobs = new MapBlobs();
    final List<ModelRecipe> recipes = new ArrayList<>();
    PaddockException failure;
    /** No file of a model can be read. */
    boolean damaged;
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

    static StoredModel damaged(String name, String why) {
        StoredModel m = model(name);
        return new StoredModel(
                m.name(),
                m.digest(),
                m.size(),
                m.modifiedAt(),
                m.details(),
                m.capabilities(),
                m.weights(),
                m.weightsDigest(),
                m.adapters(),
                m.template(),
                m.goTemplate(),
                m.system(),
                m.options(),
                m.messages(),
                m.licenses(),
                m.projectors(),
                m.draft(),
                m.traits(),
                why);
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
    public Map<String, Object> metadata(StoredModel model, Path file) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", "llama");
        metadata.put("general.name", "secret");
        metadata.put("tokenizer.ggml.tokens", List.of("a", "b"));
        return metadata;
    }

    @Override
    public StoredModel build(ModelName name, ModelRecipe recipe, Consumer<Progress> told) {
        recipes.add(recipe);
        recipe.source().from().filter(from -> find(from).isEmpty()).ifPresent(from -> {
            throw new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + from.model() + "' not found");
        });
        told.accept(Progress.step("parsing GGUF"));
        if (failure != null) throw failure;
        StoredModel made = model(name.display());
        models.add(made);
        told.accept(Progress.step(Progress.SUCCESS));
        return made;
    }

    @Override
    public List<TensorFact> tensors(StoredModel model) {
        if (damaged) throw new PaddockException(Fault.MODEL_DAMAGED, "the weights are not there");
        return List.of(new TensorFact("token_embd.weight", "Q8_0", List.of(256L, 32L)));
    }

    @Override
    public void copy(ModelName source, ModelName destination) {
        find(source).orElseThrow(() -> missing(source));
        models.removeIf(m -> m.name().matches(destination));
        models.add(model(destination.display()));
    }

    @Override
    public void used(StoredModel model) {}

    @Override
    public List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told) {
        throw new PaddockException(Fault.UNSUPPORTED, "a store in memory takes no files over");
    }

    private static PaddockException missing(ModelName name) {
        return new PaddockException(Fault.MODEL_NOT_FOUND, "no model " + name.display());
    }

    @Override
    public Freed delete(ModelName name) {
        boolean found = models.removeIf(m -> m.name().matches(name));
        if (!found) throw missing(name);
        return new Freed(1, 42);
    }
}
