package dev.paddock.runner.decode;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.util.List;

/** Turns what was computed into what is said: samples, checks guesses, tells. Decode thread only. */
final class Answers {
    private final Vocabulary vocabulary;
    private final Context context;
    private final Pieces pieces;
    private final Outlet outlet;
    private volatile long generated;

    Answers(Vocabulary vocabulary, Context context, Pieces pieces, Outlet outlet) {
        this.vocabulary = vocabulary;
        this.context = context;
        this.pieces = pieces;
        this.outlet = outlet;
    }

    /** Tokens chosen since start; any thread. */
    long generated() {
        return generated;
    }

    /**
     * Chooses tokens where the batch had output: one, and one more for each guess that turns out right.
     *
     * @return why the answer ended; null when it goes on
     */
    StopReason read(Sequence sequence) throws IOException {
        StopReason ended = null;
        boolean guessed = true;
        while (guessed && ended == null) {
            int token = sequence.sample(context);
            // The end is no token of the answer: a guess of it is forgotten like a wrong one.
            if (vocabulary.endsGeneration(token)) return StopReason.STOP;
            guessed = sequence.guessed(token);
            ended = take(sequence, token, guessed);
        }
        return ended;
    }

    private StopReason take(Sequence sequence, int token, boolean guessed) throws IOException {
        count();
        String text = sequence.accept(token, pieces.of(token, sequence.shown()), guessed);
        StopReason ended = sequence.ended();
        Logprob logprob = sequence.logprob();
        List<Logprob> logprobs = logprob == null ? List.of() : List.of(logprob);
        outlet.send(new Message.Chunk(sequence.request().id(), text, new int[] {token}, logprobs, sequence.tally()));
        return ended;
    }

    /** The last words of an answer. */
    void end(Sequence sequence, StopReason reason) throws IOException {
        String rest = sequence.rest();
        outlet.send(new Message.End(sequence.request().id(), reason, rest, sequence.stop(), sequence.tally()));
    }

    /** Any thread. */
    void fail(Request request, Fault fault, String message) throws IOException {
        outlet.send(new Message.Failed(request.id(), fault, message));
    }

    void fail(Request request, RuntimeException cause) throws IOException {
        if (cause instanceof LlamaException told) fail(request, told.code(), told.getMessage());
        else fail(request, Fault.INTERNAL, "the runner failed: " + cause);
    }

    void cancelled(Request request) throws IOException {
        fail(request, Fault.CANCELLED, "cancelled as asked");
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void count() {
        generated++;
    }
}
