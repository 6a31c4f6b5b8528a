package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Downloads that run, each once however many wait for it. Safe for many threads. */
final class Downloads {
    private final Map<Digest, Shared> running = new HashMap<>();

    /** One download, its thread and how many wait for it. */
    private static final class Shared {
        private final Download download;
        private final Background<Void> background;
        private int waiting = 1;

        Shared(Download download, Runnable done) {
            this.download = download;
            this.background = new Background<>(
                    "transfer-blob",
                    () -> {
                        download.run();
                        return null;
                    },
                    done);
        }
    }

    /**
     * A place among those who wait; leaving it as the last one stops the download.
     *
     * @param first whether the download was begun for this one
     */
    record Place(Downloads all, Shared shared, boolean first) implements AutoCloseable {
        /** Waits so long. */
        boolean await(long millis) throws InterruptedException {
            return shared.background.await(millis);
        }

        long completed() {
            return shared.download.completed();
        }

        /** How it ended. */
        void outcome() throws InterruptedException {
            shared.background.outcome();
        }

        @Override
        public void close() {
            all.leave(shared);
        }
    }

    /**
     * Joins the download of that content, or begins it.
     *
     * @param begin makes one
     * @param done is called when a download that was made here has ended
     */
    Place join(Digest digest, long size, Supplier<Download> begin, Runnable done) {
        synchronized (running) {
            Shared shared = running.get(digest);
            // One that failed lasts until all have seen it; who comes now would only see the same.
            if (shared == null || shared.background.failed()) {
                shared = new Shared(begin.get(), done);
                running.put(digest, shared);
                shared.background.start();
                return new Place(this, shared, true);
            }
            if (shared.download.size() != size) {
                throw new PaddockException(
                        Fault.INVALID_REQUEST,
                        digest + " is being pulled with " + shared.download.size() + " bytes, here it has " + size);
            }
            shared.waiting++;
            return new Place(this, shared, false);
        }
    }

    private void leave(Shared shared) {
        synchronized (running) {
            if (--shared.waiting > 0) return;
            running.remove(shared.download.digest(), shared);
        }
        shared.background.close();
    }
}
