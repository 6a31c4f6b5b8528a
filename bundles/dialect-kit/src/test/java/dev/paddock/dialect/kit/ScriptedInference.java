package dev.paddock.dialect.kit;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.inference.Ranking;
import dev.paddock.api.inference.RerankRequest;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.inference.Usage;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.security.Asker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Plays a script of events and failures, and remembers what it was asked. Knows the model "tiny" only. */
public final class ScriptedInference implements InferenceService {
    public static final Usage USAGE = new Usage(
            new Tally(7, 3, 5, 0, 0, 0, 0, Duration.ofMillis(2), Duration.ofMillis(3)),
            0,
            Duration.ofMillis(1),
            Duration.ofMillis(6));
    private static final Object CLOSED = new Object();

    public final List<Object> asked = new CopyOnWriteArrayList<>();
    public final List<Asker> askers = new CopyOnWriteArrayList<>();
    public final CountDownLatch opened = new CountDownLatch(1);
    public final CountDownLatch closed = new CountDownLatch(1);
    private final BlockingQueue<Object> script = new LinkedBlockingQueue<>();
    private volatile Function<Object, ScriptedInference> each = _ -> this;
    private volatile boolean loadsForEver;
    private volatile int dropped;
    private volatile List<String> notes = List.of();

    /** Adds pieces of content. */
    public ScriptedInference say(String... pieces) {
        for (String piece : pieces) piece(new OutputPiece.Content(piece));
        return this;
    }

    /** Adds a piece of any kind. */
    public ScriptedInference piece(OutputPiece piece) {
        script.add(new ChatEvent.Delta(piece));
        return this;
    }

    /** Adds how likely some tokens were. */
    public ScriptedInference likely(Logprob... logprobs) {
        script.add(new ChatEvent.Likely(List.of(logprobs)));
        return this;
    }

    /** Adds an end that cost something else than {@link #USAGE}. */
    public ScriptedInference end(StopReason reason, Usage usage) {
        script.add(new ChatEvent.Done(reason, "", usage, List.of(1, 2, 3)));
        return this;
    }

    /** Adds an end by a stop text. */
    public ScriptedInference stop(String text) {
        script.add(new ChatEvent.Done(StopReason.STOP, text, USAGE, List.of(1, 2, 3)));
        return this;
    }

    /** Adds the end. */
    public ScriptedInference end(StopReason reason) {
        return end(reason, new Usage(USAGE.tally(), dropped, USAGE.load(), USAGE.total()));
    }

    /** So many messages were left out of every later answer. */
    public ScriptedInference dropped(int messages) {
        dropped = messages;
        return this;
    }

    /** Every later answer has these notes. */
    public ScriptedInference notes(String... all) {
        notes = List.of(all);
        return this;
    }

    /** Adds a call and all pieces of it, its arguments in these parts. */
    public ScriptedInference call(int index, ToolCall call, String... arguments) {
        piece(new OutputPiece.CallBegun(index, call.id(), call.name()));
        for (String json : arguments) piece(new OutputPiece.CallArguments(index, json));
        return piece(new OutputPiece.Call(index, call));
    }

    /** Adds a failure. */
    public ScriptedInference fail(Fault fault, String message) {
        return fail(new PaddockException(fault, message));
    }

    /** Adds a failure. */
    public ScriptedInference fail(PaddockException failure) {
        script.add(failure);
        return this;
    }

    /** Every later answer plays the script that this gives for its request, which was asked on any thread. */
    public ScriptedInference each(Function<Object, ScriptedInference> scripts) {
        each = scripts;
        return this;
    }

    /** Every later call blocks until its thread is interrupted. */
    public ScriptedInference loadsForEver() {
        loadsForEver = true;
        return this;
    }

    @Override
    public EventStream chat(ChatRequest request, Asker asker) {
        askers.add(asker);
        return play(request.model(), request);
    }

    @Override
    public EventStream complete(CompletionRequest request, Asker asker) {
        askers.add(asker);
        return play(request.model(), request);
    }

    /** Each message counts ten, each tool a hundred. */
    @Override
    public int countTokens(ChatRequest request, Asker asker) {
        askers.add(asker);
        known(request.model());
        asked.add(request);
        return 10 * request.messages().size() + 100 * request.tools().size();
    }

    @Override
    public Embeddings embed(EmbedRequest request, Asker asker) {
        askers.add(asker);
        return computed(request.model(), request, Embeddings.class);
    }

    @Override
    public Ranking rerank(RerankRequest request, Asker asker) {
        askers.add(asker);
        return computed(request.model(), request, Ranking.class);
    }

    private <T> T computed(String model, Object request, Class<T> type) {
        known(model);
        asked.add(request);
        Object next = script.remove();
        if (next instanceof PaddockException failure) throw failure;
        return type.cast(next);
    }

    /** Adds what the next call of {@link #embed} gives. */
    public ScriptedInference embeddings(Embeddings embeddings) {
        script.add(embeddings);
        return this;
    }

    /** Adds what the next call of {@link #rerank} gives. */
    public ScriptedInference ranking(Ranking ranking) {
        script.add(ranking);
        return this;
    }

    @Override
    public Duration load(String model, Options options, Optional<KeepAlive> keepAlive, Asker asker) {
        askers.add(asker);
        known(model);
        asked.add(new Load(model, options, keepAlive));
        return Duration.ofMillis(4);
    }

    @Override
    public boolean unload(String model, Asker asker) {
        known(model);
        asked.add(new Unload(model));
        return true;
    }

    /** A call of {@link #load}. */
    public record Load(String model, Options options, Optional<KeepAlive> keepAlive) {}

    /** A call of {@link #unload}. */
    public record Unload(String model) {}

    private EventStream play(String model, Object request) {
        known(model);
        asked.add(request);
        opened.countDown();
        ScriptedInference player = each.apply(request);
        return player == this ? play() : player.play();
    }

    private EventStream play() {
        if (loadsForEver) block();
        if (script.peek() instanceof PaddockException failure) throw failure;
        return new Playback();
    }

    private void block() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            closed.countDown();
            throw new PaddockException(Fault.CANCELLED, "interrupted");
        }
    }

    private static void known(String model) {
        if (!model.equals("tiny")) throw new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + model + "' not found");
    }

    private final class Playback implements EventStream {
        private volatile boolean over;

        @Override
        public boolean hasNext() {
            return !over;
        }

        @Override
        public ChatEvent next() {
            try {
                Object next = script.take();
                if (next instanceof PaddockException failure) {
                    over = true;
                    throw failure;
                }
                if (next == CLOSED) throw new PaddockException(Fault.CANCELLED, "closed");
                over = next instanceof ChatEvent.Done;
                return (ChatEvent) next;
            } catch (InterruptedException e) {
                throw new PaddockException(Fault.CANCELLED, "interrupted", e);
            }
        }

        @Override
        public int droppedMessages() {
            return dropped;
        }

        @Override
        public List<String> notes() {
            return notes;
        }

        @Override
        public Serving serving() {
            return new Serving("CPU (test)", 4096, Duration.ofMillis(2), Duration.ofMillis(1));
        }

        @Override
        public int promptTokens() {
            return USAGE.tally().promptTokens();
        }

        @Override
        public OptionalInt cachedTokens() {
            return OptionalInt.of(USAGE.tally().cachedTokens());
        }

        @Override
        public String model() {
            return "tiny:latest";
        }

        @Override
        public void close() {
            closed.countDown();
            if (!over) script.add(CLOSED);
        }
    }
}
