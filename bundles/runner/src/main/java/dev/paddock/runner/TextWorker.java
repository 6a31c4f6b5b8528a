package dev.paddock.runner;

import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.FailureCode;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;

/** Turns text into tokens and back on a thread of its own, so that a long text delays neither decoding nor a cancel. */
final class TextWorker {
    private static final int MOST_WAITING = 256;

    private final Vocabulary vocabulary;
    private final Connection connection;
    private final ArrayBlockingQueue<Message.FromServer> orders = new ArrayBlockingQueue<>(MOST_WAITING);

    TextWorker(Vocabulary vocabulary, Connection connection) {
        this.vocabulary = vocabulary;
        this.connection = connection;
        Thread.ofPlatform().daemon().name("texts").start(this::work);
    }

    void submit(Message.Tokenize order) throws IOException {
        submit(order.id(), order);
    }

    void submit(Message.Detokenize order) throws IOException {
        submit(order.id(), order);
    }

    private void submit(long id, Message.FromServer order) throws IOException {
        if (!orders.offer(order)) {
            connection.send(new Message.Failed(id, FailureCode.QUEUE_FULL, MOST_WAITING + " texts wait already"));
        }
    }

    private void work() {
        try {
            while (true) {
                answer(orders.take());
            }
        } catch (IOException | InterruptedException e) {
            // The connection has ended, and with it this process.
            return;
        }
    }

    private void answer(Message.FromServer order) throws IOException {
        if (order instanceof Message.Tokenize tokenize) {
            try {
                int[] tokens = vocabulary.tokenize(tokenize.text(), tokenize.addSpecial(), tokenize.parseSpecial());
                connection.send(new Message.Tokens(tokenize.id(), tokens));
            } catch (LlamaException e) {
                connection.send(new Message.Failed(tokenize.id(), e.code(), e.getMessage()));
            }
        } else if (order instanceof Message.Detokenize detokenize) {
            try {
                connection.send(new Message.Text(detokenize.id(), vocabulary.detokenize(detokenize.tokens())));
            } catch (LlamaException e) {
                connection.send(new Message.Failed(detokenize.id(), e.code(), e.getMessage()));
            }
        }
    }
}
