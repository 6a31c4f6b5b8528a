package dev.paddock.runner;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A real child process with a real model, and the parent's end of its socket. */
final class RunnerProcess implements AutoCloseable {
    private final Process process;
    private final Connection connection;
    private final Path output;
    private Message.Ready ready;

    private RunnerProcess(Process process, Connection connection, Path output) {
        this.process = process;
        this.connection = connection;
        this.output = output;
    }

    /** Started and greeted; nothing loaded yet. */
    static RunnerProcess start(Path directory) throws IOException {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Path output = directory.resolve("out");
            Process process = java(output, socket.toString());
            Connection connection = new Connection(server.accept(), "test");
            connection.handshake("test");
            return new RunnerProcess(process, connection, output);
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    static Process java(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Path.of("target", "classes").toString(),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    static Message.Load loadOrder(Path model, int parallel) throws IOException {
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        return load(model, List.of(cpu), new Message.Sizes(0, 2048, 256, 64, parallel, 1, 0));
    }

    /** An order without caches or guesses. */
    static Message.Load load(Path model, List<Message.BackendFiles> backends, Message.Sizes sizes) {
        var libraries = new Message.Libraries(RealThings.NATIVES.toString(), backends, Map.of());
        return new Message.Load(model.toString(), "", libraries, List.of(), sizes, "", "", Message.Tuning.PLAIN);
    }

    static RunnerProcess loaded(Path directory, int parallel) throws IOException {
        return loaded(directory, loadOrder(RealThings.MODEL, parallel));
    }

    static RunnerProcess loaded(Path directory, Message.Load order) throws IOException {
        RunnerProcess runner = start(directory);
        runner.send(order);
        Message message = runner.receive();
        while (!(message instanceof Message.Ready)) {
            if (message instanceof Message.Failed failed) throw new IOException(failed.message());
            message = runner.receive();
        }
        runner.ready = (Message.Ready) message;
        return runner;
    }

    RunnerFacts facts() {
        return ready.facts();
    }

    /** Layers on other devices than the CPU. */
    int gpuLayers() {
        return ready.gpuLayers();
    }

    /** Why its draft model is not used; empty when it is. */
    String draftRefusal() {
        return ready.draftRefusal();
    }

    void send(Message message) throws IOException {
        connection.send(message);
    }

    /** The next message that is not about the runner's state. */
    Message receive() throws IOException {
        Message message = connection.receive();
        while (message instanceof Message.Heartbeat
                || message instanceof Message.Log
                || message instanceof Message.Progress) {
            message = connection.receive();
        }
        return message;
    }

    /** The next message of whatever kind. */
    Message receiveAny() throws IOException {
        return connection.receive();
    }

    int[] tokenize(String text) throws IOException {
        send(new Message.Tokenize(999, text, true, true));
        return ((Message.Tokens) receive()).tokens();
    }

    void generate(long id, int[] prompt, int maxTokens, String... stop) throws IOException {
        generate(id, prompt, Sampling.GREEDY, new Ending(maxTokens, List.of(stop), OptionalInt.empty()));
    }

    void generate(long id, int[] prompt, Sampling sampling, Ending ending) throws IOException {
        send(new Message.Generate(id, new GenerationOrder(prompt, sampling, ending), 0));
    }

    /** Hangs up as a parent does that was killed. */
    void hangUp() throws IOException {
        connection.close();
    }

    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        connection.close();
        process.destroyForcibly();
    }
}
