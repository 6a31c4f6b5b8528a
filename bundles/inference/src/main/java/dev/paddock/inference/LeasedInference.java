package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.inference.Ranking;
import dev.paddock.api.inference.RerankRequest;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.Lease;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.security.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each request on a leased model. The steps are in {@link #answer}; nothing is held between requests. */
@Component
public final class LeasedInference implements InferenceService {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedInference.class);
    private static final int MOST_NAMES_LOGGED = 10;

    private final Models models;
    private final Scheduler scheduler;
    private final PromptRenderer renderer;
    private final ControlTokens.Cache controlTokens;
    private final ChatFormats formats = new ChatFormats();

    /** Wires the services it asks; chat formats come and go by {@link #addFormat}. */
    @Activate
    public LeasedInference(
            @Reference ModelStore store, @Reference Scheduler scheduler, @Reference PromptRenderer renderer) {
        this.models = new Models(store);
        this.scheduler = scheduler;
        this.renderer = renderer;
        this.controlTokens = new ControlTokens.Cache(store);
    }

    /** A chat format came. */
    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void addFormat(ChatFormat format, Map<String, Object> properties) {
        int ranking = properties.get("service.ranking") instanceof Integer given ? given : 0;
        long id = properties.get("service.id") instanceof Long given ? given : 0;
        formats.add(format, ranking, id);
    }

    /** A chat format went. */
    void removeFormat(ChatFormat format) {
        formats.remove(format);
    }

    @Override
    public EventStream chat(ChatRequest request, Identity identity) {
        long started = System.nanoTime();
        var model = models.resolve(request.model());
        Models.requireText(model, request.model(), "chat");
        if (!request.tools().isEmpty()) Models.requireTools(model);
        Models.requireThinking(model, request.model(), request.think());
        if (request.messages().isEmpty()) {
            throw new PaddockException(Fault.INVALID_REQUEST, "messages: at least one is needed");
        }
        var messages = Conversation.ofChat(model, request.messages());
        var source = new TemplatePrompt(
                renderer, formats, controlTokens.of(model), messages, request.tools(), request.think(), List.of());
        return answer(model, source, request.options(), request.keepAlive(), identity, started);
    }

    @Override
    public EventStream complete(CompletionRequest request, Identity identity) {
        long started = System.nanoTime();
        var model = models.resolve(request.model());
        Models.requireText(model, request.model(), "generate");
        Models.requireThinking(model, request.model(), request.think());
        return answer(model, prompt(model, request), request.options(), request.keepAlive(), identity, started);
    }

    private PromptSource prompt(StoredModel model, CompletionRequest request) {
        if (request.raw()) return new RawPrompt(request.prompt(), controlTokens.of(model), request.context());
        boolean continued = !request.context().isEmpty();
        var messages = Conversation.ofPrompt(model, request.system(), request.prompt(), continued);
        return new TemplatePrompt(
                renderer, formats, controlTokens.of(model), messages, List.of(), request.think(), request.context());
    }

    private EventStream answer(
            StoredModel model,
            PromptSource source,
            Options asked,
            Optional<KeepAlive> keepAlive,
            Identity identity,
            long started) {
        var options = merge(model, asked);
        var lease = scheduler.lease(new LeaseRequest(model, options, keepAlive, identity));
        try {
            return generate(model, source, options, lease, started);
        } catch (Throwable failure) {
            lease.close();
            throw failure;
        }
    }

    /** Starting the generation comes last: whatever fails before it leaves only the lease to give back. */
    private static EventStream generate(
            StoredModel model, PromptSource source, Options options, Lease lease, long started) {
        String name = model.name().display();
        if (Thread.currentThread().isInterrupted()) {
            throw new PaddockException(Fault.CANCELLED, "the request to " + name + " was cancelled");
        }
        var loaded = lease.model();
        var prompt = source.prepare(model, loaded);
        var order = Orders.of(name, loaded.facts(), options, prompt.tokens());
        var generation = loaded.generate(order);
        return new AnswerStream(name, prompt.tokens(), lease, generation, prompt.parser(), started);
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
    public Embeddings embed(EmbedRequest request, Identity identity) {
        throw new PaddockException(Fault.UNSUPPORTED, "not yet");
    }

    @Override
    public Ranking rerank(RerankRequest request, Identity identity) {
        throw new PaddockException(Fault.UNSUPPORTED, "not yet");
    }

    @Override
    public Duration load(String model, Options options, Optional<KeepAlive> keepAlive, Identity identity) {
        var stored = models.resolve(model);
        try (var lease = scheduler.lease(new LeaseRequest(stored, merge(stored, options), keepAlive, identity))) {
            return lease.loadTime();
        }
    }

    @Override
    public boolean unload(String model) {
        return scheduler.unload(models.resolve(model));
    }
}
