package dev.paddock.transfer.net;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** An answer whose status says that it did not work, in the words that Ollama's clients know. */
public final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Statuses that go away by themselves: timeouts, too much work, what stands between us and the registry. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    private final int status;
    private final String retryAfter;

    private StatusException(int status, String message, String retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Reads what an answer says about its failure. */
    public static StatusException of(Reply reply) {
        String text =
                switch (reply.status()) {
                    case 401 -> "unauthorized: access denied";
                    case 404 -> "file does not exist";
                    default -> reply.status() + ": " + reply.errorText();
                };
        return new StatusException(
                reply.status(), text, reply.header("Retry-After").orElse(""));
    }

    /** The status, 400 and more, or one that was not expected. */
    public int status() {
        return status;
    }

    /** Whether it may work later. */
    public boolean passing() {
        return PASSING.contains(status);
    }

    /** When to come again, as the server said it. */
    public Optional<String> retryAfter() {
        return retryAfter.isEmpty() ? Optional.empty() : Optional.of(retryAfter);
    }
}
