package dev.paddock.runner.protocol;

import dev.paddock.api.engine.Logprob;
import java.util.ArrayList;
import java.util.List;

/** Chunks of one request that become one when they are written. */
final class OpenChunk {
    /** A joined chunk stays far below a frame's limit. */
    private static final int FULL = 1 << 20;
    /** Ids, value and a few bytes of text. */
    private static final int LOGPROB = 32;

    private final List<Message.Chunk> parts = new ArrayList<>(1);
    private int size;

    OpenChunk(Message.Chunk first) {
        append(first);
    }

    long id() {
        return parts.getFirst().id();
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size > FULL;
    }

    void append(Message.Chunk part) {
        parts.add(part);
        size += size(part);
    }

    /** About the bytes it takes on the wire. */
    static int size(Message.Chunk chunk) {
        int size = 68 + 3 * chunk.text().length() + Integer.BYTES * chunk.tokens().length;
        for (Logprob logprob : chunk.logprobs()) {
            size += LOGPROB * (1 + logprob.top().size());
        }
        return size;
    }

    Message.Chunk join() {
        if (parts.size() == 1) return parts.getFirst();
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (Message.Chunk part : parts) {
            text.append(part.text());
            count += part.tokens().length;
        }
        int[] tokens = new int[count];
        int filled = 0;
        for (Message.Chunk part : parts) {
            System.arraycopy(part.tokens(), 0, tokens, filled, part.tokens().length);
            filled += part.tokens().length;
        }
        List<Logprob> logprobs = new ArrayList<>();
        for (Message.Chunk part : parts) logprobs.addAll(part.logprobs());
        return new Message.Chunk(
                id(), text.toString(), tokens, logprobs, parts.getLast().soFar());
    }
}
