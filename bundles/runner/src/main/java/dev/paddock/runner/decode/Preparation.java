package dev.paddock.runner.decode;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import java.io.IOException;

/**
 * Makes the sequences that take long to make, on a thread of its own: the first grammar of a model sorts its whole
 * vocabulary, DRY looks for each of its breakers in all tokens, and adapters are files. Neither streams nor a cancel
 * wait for that.
 */
final class Preparation implements AutoCloseable {
    /** Makes what a request computes with. */
    interface Maker {
        /**
         * Makes it, ready to compute.
         *
         * @throws LlamaException when the order cannot be followed, as when its grammar does not parse
         */
        Sequence make(Request request);
    }

    private final Requests requests;
    private final Maker maker;
    private final Answers answers;
    private final AdapterFiles adapterFiles = new AdapterFiles();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("preparation").unstarted(this::work);

    Preparation(Requests requests, Maker maker, Answers answers) {
        this.requests = requests;
        this.maker = maker;
        this.answers = answers;
    }

    /** Whether an order is to be made here; others are made faster than a step takes. */
    static boolean slow(GenerationOrder order) {
        return order.grammar().isPresent()
                || order.sampling().dry().multiplier() > 0
                || !order.adapters().isEmpty();
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            Request next = requests.takeRaw();
            while (next != null) {
                prepare(next);
                next = requests.takeRaw();
            }
        } catch (IOException | InterruptedException e) {
            // The connection has ended, and with it this process.
            return;
        }
    }

    /** A failure is that request's alone. */
    private void prepare(Request request) throws IOException {
        try {
            adapterFiles.read(request.order().order().adapters());
            Sequence sequence = maker.make(request);
            if (!requests.made(request, sequence)) sequence.close();
        } catch (LlamaException
                | IllegalStateException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            if (requests.drop(request)) answers.fail(request, e);
        } catch (OutOfMemoryError e) {
            if (requests.drop(request)) {
                answers.fail(request, Fault.OUT_OF_MEMORY, "its grammar or samplers are too large for the runner");
            }
        }
    }

    /** Waits until nothing is being made, and frees what was made for requests that never ran. */
    @Override
    public void close() {
        requests.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requests.closeWaiting();
    }
}
