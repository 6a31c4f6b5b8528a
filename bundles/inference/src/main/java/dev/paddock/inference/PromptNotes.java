package dev.paddock.inference;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.security.Asker;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who ask why what became of a conversation on its way to the prompt. Safe for many threads. */
final class PromptNotes {
    private static final Logger LOG = LoggerFactory.getLogger(PromptNotes.class);

    private final AtomicReference<Decisions> decisions = new AtomicReference<>();

    void bind(Decisions service) {
        decisions.set(service);
    }

    void unbind(Decisions service) {
        decisions.compareAndSet(service, null);
    }

    /** A conversation was put differently. */
    void changed(StoredModel model, Asker asker, String interceptor, String what) {
        tell(model, asker, interceptor + ": " + what, Map.of("interceptor", interceptor));
    }

    /** How a model is prompted, where that is not by a template of its own. */
    void prompted(StoredModel model, Asker asker, PromptPath path) {
        String origin = path.origin().name().toLowerCase(Locale.ROOT);
        switch (path.origin()) {
            case FAMILY, PLAIN -> tell(model, asker, "prompted otherwise: " + path.why(), Map.of("origin", origin));
            case REQUEST, MODELFILE, GGUF -> {}
        }
    }

    /** How a model learns of tools, where that is not by its template. */
    void tools(StoredModel model, Asker asker, String what) {
        tell(model, asker, what, Map.of());
    }

    private void tell(StoredModel model, Asker asker, String text, Map<String, Object> numbers) {
        var service = decisions.get();
        String name = model.name().display();
        if (service == null) {
            LOG.info("{} {}: {}", Decision.Kind.PROMPT, name, text);
            return;
        }
        try {
            service.add(new Decision(Instant.now(), Decision.Kind.PROMPT, asker.request(), name, text, numbers));
        } catch (RuntimeException e) {
            LOG.warn("{} {}: {} (it could not be remembered)", Decision.Kind.PROMPT, name, text, e);
        }
    }
}
