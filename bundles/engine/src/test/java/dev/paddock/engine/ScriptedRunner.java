package dev.paddock.engine;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.LogLevel;
import dev.paddock.runner.protocol.Message;
import dev.paddock.testkit.FakeVocabulary;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A runner without a model, for tests of the host: it repeats the prompt byte by byte. The model file's name says how
 * it misbehaves: {@code refuse}, {@code exit}, {@code mute} (says nothing after hello), {@code silent} (no heartbeats),
 * {@code stubborn} (does not end when told to), {@code nonsense}; a {@link ScriptedFate} says when it dies. It does not
 * use a draft model with {@code other} in its name.
 */
final class ScriptedRunner {
    /** What each runner says that the prompt took. */
    static final Duration PROMPT_TIME = Duration.ofNanos(7);

    private final Connection connection;
    private final Map<Long, Thread> running = new ConcurrentHashMap<>();
    private final Set<Long> cancelled = ConcurrentHashMap.newKeySet();
    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong generatedTokens = new AtomicLong();
    private String behaviour = "";
    private ScriptedFate fate;

    private ScriptedRunner(Connection connection) {
        this.connection = connection;
    }

    public static void main(String[] args) throws Exception {
        System.err.println("scripted runner in " + Path.of("").toAbsolutePath());
        System.err.println("environment " + System.getenv().keySet());
        if (args[0].equals("warm")) return;
        try (var connection = Connection.to(Path.of(args[0]), "runner")) {
            connection.handshake("scripted runner");
            new ScriptedRunner(connection).serve();
        } catch (EOFException e) {
            System.exit(0);
        }
    }

    private void serve() throws IOException {
        while (true) {
            var message = (Message.FromServer) connection.receive();
            switch (message) {
                case Message.Load load -> load(load);
                case Message.Probe probe -> connection.send(ScriptedProbe.of(probe));
                case Message.AskFit ask -> connection.send(ScriptedProbe.of(ask));
                case Message.Quantize work -> ScriptedQuantizer.run(work, connection);
                case Message.Tokenize _, Message.Detokenize _, Message.Embed _ -> answer(message);
                case Message.Generate m ->
                    running.put(m.id(), Thread.ofVirtual().unstarted(() -> generate(m)));
                case Message.Cancel m -> cancel(m.id());
                case Message.Tune tune -> fate.record(tune.tuning().toString());
                case Message.Shutdown() -> {
                    for (long id : running.keySet()) {
                        connection.send(new Message.Failed(id, Fault.CANCELLED, "cancelled"));
                    }
                    if (!behaviour.equals("stubborn")) return;
                }
                case Message.Hello hello -> throw new IOException("a second hello: " + hello);
            }
            if (message instanceof Message.Generate m) running.get(m.id()).start();
        }
    }

    private void answer(Message.FromServer question) throws IOException {
        if (fate.is("ask")) die();
        connection.send(
                switch (question) {
                    case Message.Tokenize m ->
                        new Message.Tokens(m.id(), FakeVocabulary.tokenize(m.text(), m.addSpecial(), m.parseSpecial()));
                    case Message.Detokenize m -> new Message.Text(m.id(), FakeVocabulary.detokenize(m.tokens()));
                    case Message.Embed m ->
                        new Message.Vectors(
                                m.id(),
                                m.inputs().stream().map(ScriptedRunner::vector).toList());
                    default -> throw new IOException("no question: " + question);
                });
    }

    private static float[] vector(int[] tokens) {
        float[] vector = new float[FakeVocabulary.SIZE];
        vector[tokens[tokens.length - 1]] = 1;
        return vector;
    }

    private void cancel(long id) throws IOException {
        if (fate.is("cancel")) die();
        cancelled.add(id);
    }

    /** What was sent arrives; then there is nobody. */
    private void die() throws IOException {
        connection.close();
        Runtime.getRuntime().halt(137);
    }

    /** What its script says of this load. */
    private void readScript(Message.Load load) throws IOException {
        var model = Path.of(load.model());
        behaviour = model.getFileName().toString().replace(".gguf", "");
        fate = ScriptedFate.of(model);
        ScriptedFate.loads(model);
        if (fate.is("load")) die();
        if (fate.is("slow")) LockSupport.parkNanos(700_000_000);
        if (fate.is("tell")) {
            String draft = load.draft().isEmpty() ? " without draft" : " with draft " + load.draft();
            fate.record(load.digest() + " " + load.cacheDirectory() + " " + load.tuning() + draft);
        }
        if (fate.has("refuse")) behaviour = "refuse";
        if (fate.is("memory") && !fate.is("memory", 3)) behaviour = "memory";
    }

    private void load(Message.Load load) throws IOException {
        readScript(load);
        switch (behaviour) {
            case "mute" -> {
                return;
            }
            case "exit" -> {
                System.err.println("the very last words");
                System.exit(3);
            }
            case "refuse" -> {
                connection.send(new Message.Log(LogLevel.WARN, "unknown architecture"));
                connection.send(new Message.Failed(Message.LOAD_ID, Fault.LOAD_FAILED, "no such architecture"));
                return;
            }
            case "memory" -> {
                connection.send(new Message.Failed(Message.LOAD_ID, Fault.OUT_OF_MEMORY, "failed to allocate"));
                return;
            }
            case "nonsense" -> {
                connection.send(new Message.Tokens(1, new int[0]));
                return;
            }
            default -> connection.send(new Message.Progress(1f));
        }
        connection.send(new Message.Ready(
                facts(load.sizes()),
                load.draft().contains("other") ? "it has other tokens" : "",
                Math.max(0, load.sizes().gpuLayers())));
        if (!behaviour.equals("silent")) Thread.ofVirtual().start(this::beat);
    }

    private static RunnerFacts facts(Message.Sizes sizes) {
        return new RunnerFacts(
                ProcessHandle.current().pid(),
                "CPU (scripted)",
                "1",
                sizes.contextLength(),
                8192,
                512,
                512,
                sizes.parallel(),
                sizes.threads(),
                FakeVocabulary.SIZE,
                FakeVocabulary.SIZE,
                new Abilities(true, true, false, false, true),
                FakeVocabulary.bos(),
                FakeVocabulary.eos(),
                Placement.CPU,
                List.of(new MemoryUse(Device.HOST, 1, 0, 0)),
                0,
                0,
                LoadOrder.Draft.NONE);
    }

    private void beat() {
        try {
            while (true) {
                connection.send(new Message.Heartbeat(new RunnerStatus(
                        running.size(), 0, promptTokens.get(), generatedTokens.get(), CacheStatus.EMPTY)));
                LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException e) {
            System.err.println("no more heartbeats: " + e);
        }
    }

    private void generate(Message.Generate order) {
        try {
            send(order);
        } catch (IOException e) {
            System.err.println("generation ended: " + e);
        } finally {
            running.remove(order.id());
        }
    }

    private void send(Message.Generate message) throws IOException {
        var order = message.order();
        fate.record(message.resumed() + " " + order.prompt().length + " "
                + order.sampling().seed());
        int[] prompt = Arrays.copyOf(order.prompt(), order.prompt().length - message.resumed());
        promptTokens.addAndGet(prompt.length);
        boolean ends = FakeVocabulary.ends(FakeVocabulary.forced(order.sampling()));
        byte[] bytes = FakeVocabulary.detokenize(prompt).getBytes(StandardCharsets.UTF_8);
        boolean forever = new String(bytes, StandardCharsets.UTF_8).contains("forever");
        int most = order.ending().maxTokens() < 0
                ? Integer.MAX_VALUE
                : order.ending().maxTokens();
        int count = message.resumed();
        for (; count < most && (forever || count < bytes.length) && !ends; count++) {
            meet(count);
            if (cancelled.contains(message.id())) {
                connection.send(new Message.Failed(message.id(), Fault.CANCELLED, "cancelled"));
                return;
            }
            if (fate.is("after", count - message.resumed())) die();
            if (fate.is("memory", count)) {
                var words = "ggml_gallocr: failed to allocate buffer";
                connection.send(new Message.Failed(message.id(), Fault.OUT_OF_MEMORY, words));
                return;
            }
            connection.send(chunk(message, bytes[count % bytes.length] & 0xff, tally(prompt.length, count + 1)));
            generatedTokens.incrementAndGet();
            if (forever) LockSupport.parkNanos(100_000);
        }
        if (fate.is("end")) die();
        var reason = !ends && (count < bytes.length || forever) ? StopReason.LENGTH : StopReason.STOP;
        connection.send(new Message.End(message.id(), reason, "", "", tally(prompt.length, count)));
    }

    /** The next byte, or what the biases leave. */
    private Message.Chunk chunk(Message.Generate message, int one, Tally soFar) {
        var order = message.order();
        int forced = FakeVocabulary.forced(order.sampling());
        int token = forced >= 0 ? forced : one;
        if (fate.is("lie")) token ^= 1;
        String text = forced >= 0
                ? FakeVocabulary.print(new int[] {token}, order.shown())
                : String.valueOf((char) (byte) one);
        return new Message.Chunk(message.id(), text, new int[] {token}, logprobs(token, order.logprobs()), soFar);
    }

    private static Tally tally(int promptTokens, int completionTokens) {
        return Tally.plain(promptTokens, completionTokens, PROMPT_TIME, PROMPT_TIME);
    }

    private static List<Logprob> logprobs(int token, int top) {
        if (top < 0) return List.of();
        var sure = new Logprob(token, new byte[] {(byte) token}, 0, List.of());
        return List.of(new Logprob(token, sure.bytes(), 0, Collections.nCopies(top, sure)));
    }

    private void meet(int count) throws IOException {
        if (fate.is("at", count)) die();
        while (fate.is("hang", count)) LockSupport.park();
    }
}
