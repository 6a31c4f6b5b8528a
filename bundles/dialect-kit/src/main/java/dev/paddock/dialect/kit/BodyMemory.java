package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that large request bodies take. Reading JSON takes several times the body, and what was read stays until
 * the answer has ended: many at once would take the memory of everybody else. Small bodies are not counted. Safe for
 * many threads.
 */
final class BodyMemory {
    /** A request that takes no more than this is never refused. */
    static final int SMALL = 64 << 10;
    /** Characters of two bytes in a buffer that grows, and the text that is made of it. */
    private static final int WHILE_READING = 4;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most bytes of all requests together; one alone is never refused */
    BodyMemory(long most) {
        this.most = most;
    }

    /** Bytes that are taken now. */
    long taken() {
        return taken.get();
    }

    /** What one request takes. One thread. */
    final class Share implements AutoCloseable {
        private long came;
        private long held;
        private long mine;

        /**
         * So many bytes of the body have come.
         *
         * @throws PaddockException with {@link Fault#QUEUE_FULL} when there is no memory for it beside the others
         */
        void came(long bytes) {
            came = bytes;
            grow();
        }

        /** Maps and lists for so many bytes have been made of it, texts not counted; throws as {@link #came}. */
        void holds(long bytes) {
            held = bytes;
            grow();
        }

        /** The body was read to its end. */
        void complete() {
            set(came + held - SMALL);
        }

        private void grow() {
            set(WHILE_READING * came + held - SMALL);
            if (mine > 0 && taken.get() > most && taken.get() > mine) {
                close();
                throw new PaddockException(
                        Fault.QUEUE_FULL, "too many large requests are being answered; try again in a moment");
            }
        }

        @Override
        public void close() {
            set(0);
        }

        private void set(long wanted) {
            long bytes = Math.max(0, wanted);
            taken.addAndGet(bytes - mine);
            mine = bytes;
        }
    }
}
