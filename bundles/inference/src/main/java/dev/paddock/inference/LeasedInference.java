package dev.paddock.inference;

import dev.paddock.api.explain.Decisions;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatInterceptor;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.inference.Ranking;
import dev.paddock.api.inference.RerankRequest;
import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Work;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Filling;
import dev.paddock.api.prompt.Grammars;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Keys;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each request on a leased model. The steps are in {@link #answer}; nothing is held between requests. */
@Component(configurationPid = LeasedInference.PID)
@Designate(ocd = LeasedInference.Config.class)
public final class LeasedInference implements InferenceService, SettingCheck {
    /** Where the settings of inference are. */
    public static final String PID = "dev.paddock.inference";

    private static final Logger LOG = LoggerFactory.getLogger(LeasedInference.class);
    private static final int MOST_NAMES_LOGGED = 10;

    /** How conversations meet the limits of a model. Changes count from the next request on. */
    @ObjectClassDefinition(name = "Paddock inference", description = "Long conversations, shared prompts, tools.")
    public @interface Config {
        @AttributeDefinition(
                name = "Context policy",
                description = "What happens when a conversation does not fit the context and the request does not say:"
                        + " error = it is refused with the numbers; truncate = the oldest messages are left out and"
                        + " counted; shift = as truncate, and an answer that fills the context goes on while its oldest"
                        + " tokens are dropped and counted, where the model can do that.")
        String context_policy() default "error";

        @AttributeDefinition(
                name = "Shared cache",
                description = "Whose requests start from each other's computed prompts: identity = only those of the"
                        + " same one; server = all. With server, the time to the first token tells one user whether"
                        + " another one sent the same text.")
        String cache_share() default "identity";

        @AttributeDefinition(
                name = "Prompted tools",
                description =
                        "Whether tools are offered to models whose templates have no place for them, in the words of"
                                + " their format; the answer and explain tell. false = such requests are refused, as in Ollama.")
        boolean tools_prompted() default true;
    }

    private final Models models;
    private final AdapterSets adapterSets;
    private final Scheduler scheduler;
    private final PromptRenderer renderer;
    private final PromptPaths paths;
    private final Grammars grammars;
    private final MetadataCache<ControlTokens> controlTokens;
    private final MetadataCache<PairForm> pairForms;
    private final Interceptors interceptors = new Interceptors();
    private final PromptNotes notes = new PromptNotes();
    private final Door door;
    private volatile Settings settings;

    /** Who counts what keys take; without it nobody has one. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile Keys keys;

    /** Wires the services it asks. */
    @Activate
    public LeasedInference(
            @Reference ModelStore store,
            @Reference Scheduler scheduler,
            @Reference PromptRenderer renderer,
            @Reference PromptPaths paths,
            @Reference Grammars grammars,
            Config config) {
        this(
                store,
                scheduler,
                renderer,
                paths,
                grammars,
                Defaults.read(Config.class, config, Settings::of, LOG::error));
    }

    LeasedInference(
            ModelStore store,
            Scheduler scheduler,
            PromptRenderer renderer,
            PromptPaths paths,
            Grammars grammars,
            Settings settings) {
        this.models = new Models(store);
        this.adapterSets = new AdapterSets(store);
        this.scheduler = scheduler;
        this.door = new Door(scheduler, store, () -> keys);
        this.renderer = renderer;
        this.paths = paths;
        this.grammars = grammars;
        this.controlTokens = new MetadataCache<>(
                model -> ControlTokens.of(paths.of(model, false).signs()));
        this.pairForms = new MetadataCache<>(model -> PairForm.of(store.metadata(model)));
        this.settings = settings;
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, Settings::of);
    }

    /** The settings changed: they count from the next request on. */
    @Modified
    void modified(Config config) {
        try {
            settings = Settings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    /** Somebody came who may put conversations differently. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addInterceptor(ChatInterceptor interceptor, Map<String, Object> properties) {
        interceptors.add(interceptor, properties);
    }

    /** And went; conversations that are being prepared go on as they are. */
    void removeInterceptor(ChatInterceptor interceptor) {
        interceptors.remove(interceptor);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDecisions(Decisions service) {
        notes.bind(service);
    }

    void unbindDecisions(Decisions service) {
        notes.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addObserver(Observer observer) {
        door.add(observer);
    }

    void removeObserver(Observer observer) {
        door.remove(observer);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDrain(Drain service) {
        door.bind(service);
    }

    void unbindDrain(Drain service) {
        door.unbind(service);
    }

    @Override
    public EventStream chat(ChatRequest request, Asker asker) {
        var job = conversation(request, asker);
        return answer(Work.Kind.CHAT, job, request.keepAlive(), Estimate.of(request.messages(), job.options()));
    }

    @Override
    public int countTokens(ChatRequest request, Asker asker) {
        var job = conversation(request, asker);
        var wanted = new LeaseRequest(job.model(), job.options(), request.keepAlive(), asker, 0);
        return door.visit(Work.Kind.COUNT, wanted, guest -> {
            int tokens = job.source()
                    .prepare(job.model(), guest.lease().model(), Integer.MAX_VALUE)
                    .tokens()
                    .length;
            guest.done(0, Duration.ZERO);
            return tokens;
        });
    }

    private Job conversation(ChatRequest request, Asker asker) {
        long started = System.nanoTime();
        var model = models.resolve(request.model(), asker);
        Models.requireText(model, request.model(), "chat");
        var can = paths.capabilities(model);
        Models.requireThinking(can, request.model(), request.think());
        var offer = ToolOffer.of(request);
        var path = paths.of(model, !offer.tools().isEmpty());
        var told = offer.told(model, can, path, settings.promptedTools());
        TemplateVariables.check(request.variables());
        if (request.messages().isEmpty()) {
            throw new PaddockException(Fault.INVALID_REQUEST, "messages: at least one is needed");
        }
        told.ifPresent(what -> notes.tools(model, asker, what));
        var messages = interceptors.apply(
                Conversation.ofChat(model, request.messages()),
                (interceptor, what) -> notes.changed(model, asker, interceptor, what));
        notes.prompted(model, asker, path);
        var source = new TemplatePrompt(
                renderer,
                path,
                controlTokens.of(model),
                messages,
                offer.tools(),
                request.think(),
                can.contains(Capability.THINKING),
                request.variables(),
                List.of(),
                "");
        var adapters = adapterSets.of(model, request.form());
        var options = Conversation.ended(merge(model, request.options()), path, messages);
        return new Job(model, source, offer, told.stream().toList(), request.form(), adapters, options, asker, started);
    }

    @Override
    public EventStream complete(CompletionRequest request, Asker asker) {
        long started = System.nanoTime();
        var model = models.resolve(request.model(), asker);
        Models.requireText(model, request.model(), "generate");
        Models.requireThinking(paths.capabilities(model), request.model(), request.think());
        var options = merge(model, request.options());
        var adapters = adapterSets.of(model, request.form());
        var source = prompt(model, request);
        if (source instanceof TemplatePrompt prompt) notes.prompted(model, asker, prompt.path());
        var job = new Job(model, source, ToolOffer.NONE, List.of(), request.form(), adapters, options, asker, started);
        return answer(Work.Kind.COMPLETE, job, request.keepAlive(), Estimate.of(request, options));
    }

    private PromptSource prompt(StoredModel model, CompletionRequest request) {
        if (request.raw()) return new RawPrompt(request.prompt(), controlTokens.of(model), request.context());
        var own = request.template().map(text -> new ChatTemplate(ChatTemplate.Language.GO, text));
        if (!request.suffix().isEmpty()) return gap(model, request, own);
        boolean continued = !request.context().isEmpty();
        var messages = Conversation.ofPrompt(model, request.system(), request.prompt(), continued);
        return rendered(model, request, own, messages);
    }

    /** By the request's template, the model's, or the tokens of its vocabulary. */
    private PromptSource gap(StoredModel model, CompletionRequest request, Optional<ChatTemplate> own) {
        Filling filling = own.<Filling>map(Filling.ByTemplate::new)
                .or(() -> paths.filling(model))
                .orElseThrow(() -> Models.noInsert(model));
        return switch (filling) {
            case Filling.ByTokens tokens ->
                new FillPrompt(request.prompt(), request.suffix(), tokens, controlTokens.of(model), request.context());
            case Filling.ByTemplate(var template) ->
                rendered(model, request, Optional.of(template), List.of(new Message(Role.USER, request.prompt())));
        };
    }

    private PromptSource rendered(
            StoredModel model, CompletionRequest request, Optional<ChatTemplate> own, List<Message> messages) {
        return new TemplatePrompt(
                renderer,
                own.map(template -> paths.of(model, template)).orElseGet(() -> paths.of(model, false)),
                controlTokens.of(model),
                messages,
                List.of(),
                request.think(),
                paths.capabilities(model).contains(Capability.THINKING),
                Map.of(),
                request.context(),
                request.suffix());
    }

    private EventStream answer(Work.Kind kind, Job job, Optional<KeepAlive> keepAlive, long tokens) {
        job.check();
        Constraint.check(grammars, job);
        var wanted = new LeaseRequest(job.model(), job.options(), keepAlive, job.asker(), tokens);
        return door.enter(kind, wanted, guest -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new PaddockException(Fault.CANCELLED, "the request to " + job.name() + " was cancelled");
            }
            return new Launch(grammars, settings, job, guest).start();
        });
    }

    private static Options merge(StoredModel model, Options asked) {
        var merged = model.options().with(asked);
        if (!merged.unknown().isEmpty()) {
            var names = merged.unknown().stream()
                    .distinct()
                    .limit(MOST_NAMES_LOGGED)
                    .map(name -> name.replaceAll("[^\\w.-]", "?"))
                    .toList();
            LOG.warn(
                    "options not known here are ignored for {}: {}",
                    model.name().display(),
                    names);
        }
        return merged;
    }

    @Override
    public Embeddings embed(EmbedRequest request, Asker asker) {
        long started = System.nanoTime();
        var model = models.resolve(request.model(), asker);
        Models.requireVectors(model, request.model());
        VectorBounds.checkCount("input", request.inputs().size());
        var options = merge(model, request.options());
        long tokens = Estimate.ofInputs(request.inputs());
        var wanted = new LeaseRequest(model, options, request.keepAlive(), asker, tokens);
        return door.visit(Work.Kind.EMBED, wanted, guest -> {
            var lease = guest.lease();
            var abilities = lease.model().facts().abilities();
            if (abilities.rank()) throw Models.unsupported(request.model(), "embeddings, it is a reranker");
            if (!abilities.embed()) throw Models.unsupported(request.model(), "embeddings");
            var window = Window.of(model.name().display(), lease.model().facts(), options);
            var vectors = Embedding.answer(request, lease, window, started);
            guest.done(vectors.promptTokens(), vectors.total());
            return vectors;
        });
    }

    @Override
    public Ranking rerank(RerankRequest request, Asker asker) {
        long started = System.nanoTime();
        var model = models.resolve(request.model(), asker);
        Models.requireRanking(model, request.model());
        VectorBounds.checkCount("documents", request.documents().size());
        var options = merge(model, request.options());
        var form = pairForms.of(model);
        long tokens = Estimate.ofPairs(request.query(), request.documents());
        var wanted = new LeaseRequest(model, options, request.keepAlive(), asker, tokens);
        return door.visit(Work.Kind.RERANK, wanted, guest -> {
            var lease = guest.lease();
            if (!lease.model().facts().abilities().rank()) throw Models.unsupported(request.model(), "reranking");
            var window = Window.of(model.name().display(), lease.model().facts(), options);
            var scores = Reranking.answer(request, form, lease, window, started);
            guest.done(scores.promptTokens(), scores.total());
            return scores;
        });
    }

    @Override
    public Duration load(String model, Options options, Optional<KeepAlive> keepAlive, Asker asker) {
        var stored = models.resolve(model, asker);
        var wanted = new LeaseRequest(stored, merge(stored, options), keepAlive, asker, 0);
        return door.visit(Work.Kind.LOAD, wanted, guest -> {
            guest.done(0, Duration.ZERO);
            return guest.lease().loadTime();
        });
    }

    @Override
    public boolean unload(String model, Asker asker) {
        return scheduler.unload(models.find(model, asker));
    }
}
