package dev.paddock.engine;

import dev.paddock.runner.protocol.Connection;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.LogLevel;
import dev.paddock.runner.protocol.Message;
import dev.paddock.testkit.FakeVocabulary;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A runner without a model, for tests of the host: it repeats the prompt byte by byte. The model file's name says how
 * it misbehaves: {@code refuse}, {@code exit}, {@code mute} (says nothing after hello), {@code silent} (no heartbeats),
 * {@code stubborn} (does not end when told to), {@code nonsense}.
 */
final class ScriptedRunner {
    private final Connection connection;
    private final Map<Long, Thread> running = new ConcurrentHashMap<>();
    private final Set<Long> cancelled = ConcurrentHashMap.newKeySet();
    private String behaviour = "";

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
            switch ((Message.FromServer) connection.receive()) {
                case Message.Load load -> load(load);
                case Message.Tokenize m ->
                    connection.send(new Message.Tokens(
                            m.id(), FakeVocabulary.tokenize(m.text(), m.addSpecial(), m.parseSpecial())));
                case Message.Detokenize m ->
                    connection.send(new Message.Text(m.id(), FakeVocabulary.detokenize(m.tokens())));
                case Message.Generate m ->
                    running.put(m.id(), Thread.ofVirtual().start(() -> generate(m)));
                case Message.Cancel m -> cancelled.add(m.id());
                case Message.Shutdown() -> {
                    for (long id : running.keySet()) {
                        connection.send(new Message.Failed(id, Fault.CANCELLED, "cancelled"));
                    }
                    if (!behaviour.equals("stubborn")) return;
                }
                case Message.Hello hello -> throw new IOException("a second hello: " + hello);
            }
        }
    }

    private void load(Message.Load load) throws IOException {
        behaviour = Path.of(load.model()).getFileName().toString().replace(".gguf", "");
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
            case "nonsense" -> {
                connection.send(new Message.Tokens(1, new int[0]));
                return;
            }
            default -> connection.send(new Message.Progress(1f));
        }
        connection.send(new Message.Ready(
                "CPU (scripted)",
                "1",
                load.contextLength(),
                8192,
                512,
                load.parallel(),
                load.threads(),
                FakeVocabulary.SIZE,
                FakeVocabulary.bos(),
                FakeVocabulary.eos(),
                1,
                0));
        if (!behaviour.equals("silent")) Thread.ofVirtual().start(this::beat);
    }

    private void beat() {
        try {
            while (true) {
                connection.send(new Message.Heartbeat(running.size(), 0, 0, 0));
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

    private void send(Message.Generate order) throws IOException {
        byte[] bytes = FakeVocabulary.detokenize(order.prompt()).getBytes(StandardCharsets.UTF_8);
        boolean forever = new String(bytes, StandardCharsets.UTF_8).contains("forever");
        int most = order.maxTokens() < 0 ? Integer.MAX_VALUE : order.maxTokens();
        int count = 0;
        for (; count < most && (forever || count < bytes.length); count++) {
            if (cancelled.contains(order.id())) {
                connection.send(new Message.Failed(order.id(), Fault.CANCELLED, "cancelled"));
                return;
            }
            byte one = bytes[count % bytes.length];
            connection.send(new Message.Chunk(order.id(), String.valueOf((char) one), new int[] {one & 0xff}));
            if (forever) LockSupport.parkNanos(100_000);
        }
        var reason = count < bytes.length || forever ? StopReason.LENGTH : StopReason.STOP;
        connection.send(new Message.End(order.id(), reason, order.prompt().length, 0, count, 1, 1));
    }
}
