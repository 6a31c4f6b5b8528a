package dev.paddock.inference;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Filling;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptPath.Origin;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.scheduler.Arrival;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.Lease;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The inference service among scripted neighbours that count what they give and get back. */
final class Desk {
    static final ChatTemplate PLAIN = new ChatTemplate(ChatTemplate.Language.JINJA, "plain");

    final FakeEngine engine = new FakeEngine();
    final FakeStore models = FakeStore.with("m");
    final List<PromptInput> rendered = new CopyOnWriteArrayList<>();
    final List<ChatTemplate> templates = new CopyOnWriteArrayList<>();
    final List<LeaseRequest> leases = new CopyOnWriteArrayList<>();
    final List<Long> used = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final LeasedInference inference;

    PromptRenderer renderer = Desk::chatMl;
    UnaryOperator<LoadedModel> wrap = UnaryOperator.identity();
    ChatFormat format = new Everything();
    List<String> stops = List.of();
    Optional<Filling> filling = Optional.empty();
    int contextLength = 512;

    Desk() {
        this(Settings.DEFAULT);
    }

    Desk(Settings settings) {
        inference = new LeasedInference(
                models,
                new OneModel(),
                (template, input) -> {
                    rendered.add(input);
                    templates.add(template);
                    return renderer.render(template, input);
                },
                new OnePath(),
                new LineGrammars(),
                settings);
    }

    static String chatMl(ChatTemplate template, PromptInput input) {
        StringBuilder text = new StringBuilder();
        for (var message : input.messages()) {
            String role = message.role().name().toLowerCase(Locale.ROOT);
            text.append("<|im_start|>")
                    .append(role)
                    .append('\n')
                    .append(message.content())
                    .append("<|im_end|>\n");
        }
        return text.append("<|im_start|>assistant\n").toString();
    }

    /** Replaces the model {@code m} by one with these properties. */
    void model(Set<Capability> capabilities, Optional<ChatTemplate> template) {
        model(FakeStore.model("m"), List.of(), capabilities, template);
    }

    /** Replaces the model {@code m} by one with this adapter. */
    void adapt(Path adapter) {
        var m = FakeStore.model("m");
        model(m, List.of(adapter), m.capabilities(), m.template());
    }

    private void model(
            StoredModel m, List<Path> adapters, Set<Capability> capabilities, Optional<ChatTemplate> template) {
        models.add(new StoredModel(
                m.name(),
                m.digest(),
                m.size(),
                m.modifiedAt(),
                m.details(),
                capabilities,
                m.weights(),
                m.weightsDigest(),
                adapters,
                template,
                m.system(),
                m.options(),
                m.messages(),
                m.licenses()));
    }

    /** Leases the one model there is, loaded anew each time. */
    private final class OneModel implements Scheduler {
        @Override
        public Lease lease(LeaseRequest request) {
            leases.add(request);
            int context = request.options().integer(Option.NUM_CTX, contextLength);
            var order = new LoadOrder("m", request.model().weights(), "", context, 0, 1, 0);
            var model = wrap.apply(engine.load(order));
            open.incrementAndGet();
            return new Lease() {
                @Override
                public LoadedModel model() {
                    return model;
                }

                @Override
                public Duration loadTime() {
                    return Duration.ofMillis(7);
                }

                @Override
                public void used(long tokens) {
                    used.add(tokens);
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                    open.decrementAndGet();
                }
            };
        }

        @Override
        public List<Arrival> arrivals() {
            return List.of();
        }

        @Override
        public List<DeviceMemory> memory() {
            return List.of();
        }

        @Override
        public List<Resident> residents() {
            return List.of();
        }

        @Override
        public List<Quarantined> quarantined() {
            return List.of();
        }

        @Override
        public boolean release(StoredModel model) {
            return false;
        }

        @Override
        public boolean unload(StoredModel model) {
            return model.name().model().equals("m");
        }
    }

    /** Every model has ChatML's control tokens, and a template if only a plain one. */
    private final class OnePath implements PromptPaths {
        private static final Set<String> CONTROL = Set.of("<s>", "</s>", "<|im_start|>", "<|im_end|>");

        @Override
        public PromptPath of(StoredModel model, boolean tools) {
            return path(model.template().orElse(PLAIN), model.template().isEmpty() ? Origin.PLAIN : Origin.GGUF);
        }

        @Override
        public PromptPath of(StoredModel model, ChatTemplate template) {
            return path(template, Origin.REQUEST);
        }

        @Override
        public Optional<Filling> filling(StoredModel model) {
            return filling;
        }

        @Override
        public Set<Capability> capabilities(StoredModel model) {
            return model.capabilities();
        }

        private PromptPath path(ChatTemplate template, Origin origin) {
            return new PromptPath(new ModelSigns(template, "llama", CONTROL, 12), origin, "a test", format, stops);
        }
    }

    private static final class Everything implements ChatFormat {
        @Override
        public String name() {
            return "everything";
        }

        @Override
        public boolean accepts(ModelSigns signs) {
            return true;
        }

        @Override
        public Set<Capability> capabilities(ModelSigns signs) {
            return Set.of();
        }

        @Override
        public OutputParser parser(AnswerStart start) {
            return new PassThroughParser();
        }
    }
}
