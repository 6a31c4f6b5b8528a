package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Progress;
import java.util.function.Consumer;

/** Tells what is being done; each step is also a place to stop at when the thread was interrupted. One thread. */
final class Steps {
    /** What Ollama puts where a blob's digest would be: its clients draw figures only beside one, and cut it in the middle. */
    static final String NO_DIGEST = "0000000000000000000";

    private final Consumer<Progress> told;

    Steps(Consumer<Progress> told) {
        this.told = told;
    }

    /** @throws PaddockException with {@link Fault#CANCELLED} when the thread was interrupted */
    void say(String status) {
        say(Progress.step(status));
    }

    /** @throws PaddockException with {@link Fault#CANCELLED} when the thread was interrupted */
    void say(Progress progress) {
        stopIfInterrupted();
        told.accept(progress);
    }

    /** Tells without stopping. */
    void tell(Progress progress) {
        told.accept(progress);
    }

    /** @throws PaddockException with {@link Fault#CANCELLED} when the thread was interrupted */
    static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) throw cancelled(null);
    }

    static PaddockException cancelled(Exception cause) {
        return new PaddockException(Fault.CANCELLED, "making the model was cancelled", cause);
    }
}
