package dev.paddock.engine;

import dev.paddock.runner.protocol.Message;
import java.util.concurrent.Semaphore;

/**
 * Lets so many large questions to a runner in that neither its heap nor the way to it overflows, the largest one at a
 * time; the others wait for their turn. Small ones never wait. Safe for many threads.
 */
final class QuestionGate {
    /** Bytes of the large questions that are inside: about as many as the largest message has. */
    private static final int MOST_BYTES = 16 << 20;
    /** Questions up to this size pass. */
    private static final int SMALL_BYTES = 256 << 10;

    private final Semaphore room = new Semaphore(MOST_BYTES, true);

    /** Being inside; closing it leaves. */
    interface Inside extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for its turn.
     *
     * @throws InterruptedException while it waits; then it is not inside
     */
    Inside enter(Message question) throws InterruptedException {
        int size = (int) Math.min(size(question), MOST_BYTES);
        if (size <= SMALL_BYTES) return () -> {};
        room.acquire(size);
        return () -> room.release(size);
    }

    private static long size(Message question) {
        return switch (question) {
            case Message.Tokenize text -> text.text().length();
            case Message.Detokenize tokens -> (long) Integer.BYTES * tokens.tokens().length;
            case Message.Embed embed ->
                embed.inputs().stream()
                        .mapToLong(input -> (long) Integer.BYTES * input.length)
                        .sum();
            default -> 0;
        };
    }
}
