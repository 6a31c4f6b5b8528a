package dev.paddock.inference;

import dev.paddock.api.inference.ChatInterceptor;
import dev.paddock.api.inference.ChatInterceptor.Change;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.service.BestFirst;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who may put a conversation differently before its prompt is made. Safe for many threads. */
final class Interceptors {
    private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);

    private final BestFirst<ChatInterceptor> interceptors = new BestFirst<>();

    void add(ChatInterceptor interceptor, Map<String, ?> properties) {
        interceptors.add(interceptor, properties);
    }

    void remove(ChatInterceptor interceptor) {
        interceptors.remove(interceptor);
    }

    /**
     * The conversation as all of them leave it.
     *
     * @param told of each that changed something: its name and what it changed
     */
    List<Message> apply(List<Message> messages, BiConsumer<String, String> told) {
        List<Message> now = messages;
        for (ChatInterceptor interceptor : interceptors.stream().toList()) {
            var change = ask(interceptor, now);
            if (change.isEmpty()) continue;
            now = change.get().messages();
            told.accept(interceptor.name(), change.get().what());
        }
        return now;
    }

    /** One that fails in whatever way must not cost the client its answer. */
    private static Optional<Change> ask(ChatInterceptor interceptor, List<Message> messages) {
        try {
            var change = interceptor.intercept(messages);
            if (change.isEmpty() || !change.get().messages().isEmpty()) return change;
            LOG.warn("{} is passed over: it left no message of the conversation", interceptor.name());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("{} is passed over: it failed", interceptor.name(), e);
        }
        return Optional.empty();
    }
}
