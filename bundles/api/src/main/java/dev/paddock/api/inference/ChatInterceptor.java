package dev.paddock.api.inference;

import dev.paddock.api.prompt.Message;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at each conversation before its prompt is made and may put it differently, without changing what it says: so
 * that its computed beginning can be used again, for example. One service each, asked in the order of their service
 * ranking, highest first; what one changed the next one sees. Called by many threads; must be quick. One that fails is
 * passed over and logged.
 */
@ConsumerType
public interface ChatInterceptor {
    /** A short name for logs and explanations. */
    String name();

    /** What is to be used in place of these messages; empty = they stay as they are. */
    Optional<Change> intercept(List<Message> messages);

    /**
     * A conversation put differently.
     *
     * @param messages in place of those that were given
     * @param what was changed and why, in one sentence, without the text that was changed
     */
    record Change(List<Message> messages, String what) {
        public Change {
            messages = List.copyOf(messages);
        }
    }
}
