package dev.paddock.runner;

import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.decode.DecodeLoop;
import dev.paddock.runner.decode.Engine;
import dev.paddock.runner.embed.EmbedLoop;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.MemoryFigures;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.LogLevel;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * Serves one parent. The thread of {@link #run} loads and then decodes; another reads the socket and ends the process
 * when the parent is gone, whatever native code is doing; a third writes the heartbeats; a fourth tokenizes.
 */
final class Service {
    private static final float PROGRESS_STEP = 0.01f;

    private final Connection connection;
    private final CompletableFuture<Message.FromServer> work = new CompletableFuture<>();
    private final CountDownLatch sentAway = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile int exitCode;
    private volatile Serving serving;
    private float announced;

    /** What takes requests once the model is there; no loop when it is made for vectors only. */
    private record Serving(DecodeLoop loop, EmbedLoop vectors, TextWorker texts) {
        boolean generates() {
            return loop != null;
        }

        void stop() {
            vectors.stop();
            if (generates()) loop.stop();
        }

        void cancel(long id) throws IOException {
            vectors.cancel(id);
            if (generates()) loop.cancel(id);
        }

        Message.Heartbeat status() {
            RunnerStatus own = generates() ? loop.status().status() : RunnerStatus.IDLE;
            return new Message.Heartbeat(new RunnerStatus(
                    own.running() + vectors.running(),
                    own.waiting() + vectors.waiting(),
                    own.promptTokens() + vectors.tokens(),
                    own.generatedTokens(),
                    own.cache(),
                    vectors.moreBytes()));
        }

        void run() throws IOException, InterruptedException {
            if (generates()) loop.run();
            else vectors.awaitStop();
        }
    }

    Service(Path socket) throws IOException {
        connection = Connection.to(socket, "runner");
        connection.handshake(Main.SOFTWARE);
    }

    /** Loads, serves, and returns the exit code when it was asked to shut down or could not load the model. */
    int run() throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("parent watch").start(this::listen);
        Message.FromServer order;
        try {
            order = work.get();
        } catch (ExecutionException e) {
            return exitCode; // told to shut down before there was anything to do
        }
        try {
            if (order instanceof Message.Load load) serve(load);
            else find(order);
        } catch (LlamaException e) {
            exitCode = 1;
            connection.send(new Message.Failed(Message.LOAD_ID, e.code(), e.getMessage()));
        } finally {
            stopping = true;
            connection.close();
        }
        return exitCode;
    }

    /** Does the one work of a runner that loads nothing, and waits to be sent away. */
    private void find(Message.FromServer question) throws IOException, InterruptedException {
        if (question instanceof Message.Probe probe) connection.send(new Probing().probe(probe.libraries()));
        else if (question instanceof Message.Quantize work) {
            Quantize.run(work, new NativeLog(this::log), connection::send);
        } else connection.send(new Fitting(new NativeLog(this::log)).answer((Message.AskFit) question));
        sentAway.await();
    }

    private void serve(Message.Load order) throws IOException, InterruptedException {
        NativeLog log = new NativeLog(this::log);
        Loader loader = new Loader(log);
        try (Loader.Loaded loaded = loader.load(order, this::announce);
                Engine engine = loaded.generates()
                        ? loader.engine(order, loaded, line -> log(LogLevel.WARN, line), this::announce)
                        : null;
                EmbedLoop vectors = new EmbedLoop(loader.vectors(loaded), connection::send)) {
            DecodeLoop loop = null;
            MemoryFigures prepared = new MemoryFigures();
            if (engine != null) loop = new DecodeLoop(engine, connection::send);
            else prepared = vectors.prepare();
            Serving ready =
                    new Serving(loop, vectors, new TextWorker(loaded.model().vocabulary(), connection));
            serving = ready;
            if (stopping) return;
            connection.send(loader.facts(order, loaded, prepared));
            Heartbeats.start(ready::status, connection);
            ready.run();
        }
    }

    private boolean announce(float fraction) {
        if (fraction - announced >= PROGRESS_STEP || fraction >= 1) {
            announced = fraction;
            try {
                connection.send(new Message.Progress(fraction));
            } catch (IOException e) {
                return false;
            }
        }
        return !stopping;
    }

    private void log(LogLevel level, String line) {
        try {
            connection.send(new Message.Log(level, line));
        } catch (IOException e) {
            System.err.println(line); // nobody reads the socket any more; the parent may still read this
        }
    }

    private void listen() {
        try {
            while (true) hear(connection.receive());
        } catch (IOException e) {
            if (!stopping) System.err.println("runner: the parent is gone: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            System.err.println("runner: the parent watch died: " + e);
            exitCode = 3;
        } finally {
            // Even if the decode thread is deep in native code. After an error of ours too: deaf is as good as dead.
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private void hear(Message message) throws IOException {
        Serving ready = serving;
        switch (message) {
            case Message.Load load -> order(load);
            case Message.Probe probe -> order(probe);
            case Message.AskFit question -> order(question);
            case Message.Quantize work -> order(work);
            case Message.Shutdown shutdown -> stop();
            case Message.Cancel cancel when cancel.id() == Message.LOAD_ID -> stop();
            case Message.Generate generate when ready != null -> generate(ready, generate);
            case Message.Embed embed when ready != null -> ready.vectors().submit(embed);
            case Message.Tokenize tokenize when ready != null -> ready.texts().submit(tokenize);
            case Message.Detokenize detokenize
            when ready != null -> ready.texts().submit(detokenize);
            case Message.Cancel cancel when ready != null -> ready.cancel(cancel.id());
            case Message.Generate generate -> notReady(generate.id());
            case Message.Embed embed -> notReady(embed.id());
            case Message.Tune tune
            when ready != null && ready.generates() -> ready.loop().tune(tune.tuning());
            case Message.Tune tune -> {} // what was loaded with holds
            case Message.Tokenize tokenize -> notReady(tokenize.id());
            case Message.Detokenize detokenize -> notReady(detokenize.id());
            default -> throw new IOException("a message that is not for a runner: " + message);
        }
    }

    private void generate(Serving ready, Message.Generate order) throws IOException {
        if (ready.generates()) {
            ready.loop().submit(order);
        } else {
            connection.send(new Message.Failed(
                    order.id(), Fault.UNSUPPORTED, "this model gives vectors; it does not continue prompts"));
        }
    }

    private void order(Message.FromServer order) throws IOException {
        if (!work.complete(order)) {
            connection.send(new Message.Failed(
                    Message.LOAD_ID, Fault.INVALID_REQUEST, "this runner has its work; another needs another runner"));
        }
    }

    private void notReady(long id) throws IOException {
        connection.send(new Message.Failed(id, Fault.UNAVAILABLE, "the model is not loaded yet"));
    }

    /** While loading, the progress callback sees the mark; before, the order fails; after, the loop ends. */
    private void stop() {
        stopping = true;
        sentAway.countDown();
        work.completeExceptionally(new IOException("shut down"));
        if (serving != null) serving.stop();
    }
}
