package dev.paddock.testkit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.TensorFact;
import dev.paddock.api.prompt.ChatTemplate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A store in memory. Starts with what it is given; knows nothing of files. Safe for many threads. */
public final class FakeStore implements ModelStore {
    /** The ChatML template that every model here has. */
    public static final ChatTemplate CHATML = new ChatTemplate(
            ChatTemplate.Language.JINJA,
            "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
                    + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}");

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, StoredModel> models = new ConcurrentHashMap<>();
    private final List<ModelName> uses = new CopyOnWriteArrayList<>();

    /** A store with models of these names; each has weights of its own. */
    public static FakeStore with(String... names) {
        var store = new FakeStore();
        for (String name : names) store.add(model(name));
        return store;
    }

    /** A small model of that name: ChatML, all of completion, tools and thinking, default options. */
    public static StoredModel model(String name) {
        var weights = Digest.of(("weights of " + name).getBytes(StandardCharsets.UTF_8));
        return new StoredModel(
                ModelName.parse(name),
                Digest.of(name.getBytes(StandardCharsets.UTF_8)),
                1000,
                EPOCH,
                new ModelDetails("", "gguf", "llama", List.of("llama"), "1.0K", "F32", 8192, 64),
                Set.of(Capability.COMPLETION, Capability.TOOLS, Capability.THINKING),
                Path.of("fake", weights.fileName()),
                weights,
                List.of(),
                Optional.of(CHATML),
                "",
                Options.NONE,
                List.of(),
                List.of("Apache-2.0"));
    }

    /** Puts a model in, replacing one of the same name. */
    public void add(StoredModel model) {
        models.put(key(model.name()), model);
    }

    private static String key(ModelName name) {
        return name.full().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<StoredModel> list() {
        return models.values().stream()
                .sorted(Comparator.comparing(StoredModel::modifiedAt)
                        .reversed()
                        .thenComparing(model -> key(model.name())))
                .toList();
    }

    @Override
    public Optional<StoredModel> find(ModelName name) {
        return Optional.ofNullable(models.get(key(name)));
    }

    @Override
    public Map<String, Object> metadata(StoredModel model, Path file) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", model.details().family());
        metadata.put("general.name", model.name().model());
        metadata.put("general.parameter_count", 1000L);
        metadata.put("llama.context_length", model.details().contextLength());
        metadata.put("tokenizer.ggml.tokens", List.of("a", "b"));
        model.template().ifPresent(template -> metadata.put("tokenizer.chat_template", template.text()));
        return metadata;
    }

    @Override
    public List<TensorFact> tensors(StoredModel model) {
        return List.of(new TensorFact("token_embd.weight", "F32", List.of(64L, 2L)));
    }

    @Override
    public void copy(ModelName source, ModelName destination) {
        StoredModel model = required(source);
        add(renamed(model, destination));
    }

    private static StoredModel renamed(StoredModel model, ModelName name) {
        return new StoredModel(
                name,
                model.digest(),
                model.size(),
                model.modifiedAt(),
                model.details(),
                model.capabilities(),
                model.weights(),
                model.weightsDigest(),
                model.adapters(),
                model.template(),
                model.system(),
                model.options(),
                model.messages(),
                model.licenses());
    }

    @Override
    public void used(StoredModel model) {
        uses.add(model.name());
    }

    /** The models that were said to be used, in order. */
    public List<ModelName> uses() {
        return List.copyOf(uses);
    }

    @Override
    public List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told) {
        throw new PaddockException(Fault.UNSUPPORTED, "a store in memory takes no files over");
    }

    private StoredModel required(ModelName name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private static PaddockException missing(ModelName name) {
        return new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name.display() + "' not found");
    }

    @Override
    public Freed delete(ModelName name) {
        StoredModel model = models.remove(key(name));
        if (model == null) throw missing(name);
        return new Freed(1, model.size());
    }
}
