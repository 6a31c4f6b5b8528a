package dev.paddock.runner;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.ProtocolException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Turns text into tokens and back on a thread of its own, so that a long text delays neither decoding nor a cancel. */
final class TextWorker {
    private static final int MOST_WAITING = 256;
    /** Of all texts that wait; one of the largest that a message can hold fits. */
    private static final long MOST_CHARACTERS = 16L << 20;

    private final Vocabulary vocabulary;
    private final Connection connection;
    private final ArrayBlockingQueue<Message.FromServer> orders = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waiting = new AtomicLong();

    TextWorker(Vocabulary vocabulary, Connection connection) {
        this.vocabulary = vocabulary;
        this.connection = connection;
        Thread.ofPlatform().daemon().name("texts").start(this::work);
    }

    void submit(Message.Tokenize order) throws IOException {
        submit(order.id(), order, order.text().length());
    }

    void submit(Message.Detokenize order) throws IOException {
        submit(order.id(), order, order.tokens().length);
    }

    private void submit(long id, Message.FromServer order, int size) throws IOException {
        long sum = waiting.addAndGet(size);
        if (sum <= MOST_CHARACTERS && orders.offer(order)) return;
        waiting.addAndGet(-size);
        connection.send(new Message.Failed(
                id, Fault.QUEUE_FULL, orders.size() + " texts with " + (sum - size) + " characters wait already"));
    }

    private void work() {
        try {
            while (true) answer(orders.take());
        } catch (IOException | InterruptedException e) {
            // The connection has ended, and with it this process.
            return;
        }
    }

    private void answer(Message.FromServer order) throws IOException {
        if (order instanceof Message.Tokenize tokenize) {
            waiting.addAndGet(-tokenize.text().length());
            answer(
                    tokenize.id(),
                    () -> new Message.Tokens(
                            tokenize.id(),
                            vocabulary.tokenize(tokenize.text(), tokenize.addSpecial(), tokenize.parseSpecial())));
        } else if (order instanceof Message.Detokenize detokenize) {
            waiting.addAndGet(-detokenize.tokens().length);
            answer(
                    detokenize.id(),
                    () -> new Message.Text(detokenize.id(), vocabulary.detokenize(detokenize.tokens())));
        }
    }

    /** A failure is that request's alone. */
    private void answer(long id, Supplier<Message> work) throws IOException {
        try {
            connection.send(work.get());
        } catch (ProtocolException e) {
            connection.send(new Message.Failed(id, Fault.INVALID_REQUEST, "the answer is too long: " + e.getMessage()));
        } catch (LlamaException e) {
            connection.send(new Message.Failed(id, e.code(), e.getMessage()));
        } catch (IllegalStateException | IndexOutOfBoundsException | ArithmeticException e) {
            connection.send(new Message.Failed(id, Fault.INTERNAL, "the runner failed: " + e));
        }
    }
}
