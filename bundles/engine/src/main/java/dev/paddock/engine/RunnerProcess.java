package dev.paddock.engine;

import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.ProtocolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner's process with its directory, its socket and its last words. */
final class RunnerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.paddock.engine.runner");
    private static final String SOFTWARE = "paddock engine";
    private static final int SIGNAL_BASE = 128;

    private final RuntimeDirectory directory;
    private final ServerSocketChannel listener;
    private final Process process;
    private final LogTail tail = new LogTail();
    private final Thread listening;
    private volatile String killedFor;

    private RunnerProcess(RuntimeDirectory directory, ServerSocketChannel listener, Process process) {
        this.directory = directory;
        this.listener = listener;
        this.process = process;
        this.listening = Thread.ofPlatform()
                .daemon()
                .name("runner-" + process.pid() + "-output")
                .start(this::hearOutput);
    }

    /** Starts it; it will connect to {@link #accept}. */
    static RunnerProcess start(RunnerCommand command) throws IOException {
        return start(command, false);
    }

    /**
     * Starts it; it will connect to {@link #accept}.
     *
     * @param background whether others come first
     */
    static RunnerProcess start(RunnerCommand command, boolean background) throws IOException {
        var directory = RuntimeDirectory.create();
        ServerSocketChannel listener = null;
        try {
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(directory.socket()), 1);
            var builder = command.process(directory);
            var process = (background ? RunnerCommand.inBackground(builder) : builder).start();
            process.getOutputStream().close();
            return new RunnerProcess(directory, listener, process);
        } catch (IOException | RuntimeException e) {
            if (listener != null) listener.close();
            directory.close();
            throw e;
        }
    }

    private void hearOutput() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tail.add(line);
                LOG.debug("[{}] {}", pid(), line);
            }
        } catch (IOException e) {
            LOG.debug("[{}] its output ended: {}", pid(), e.toString());
        }
    }

    /**
     * Waits for the one connection; after it nobody else can connect. Ends when the process does.
     *
     * @throws IOException when it ended first, or the thread was interrupted
     */
    Connection accept() throws IOException {
        var _ = process.onExit().thenRun(this::closeListener);
        try {
            var channel = listener.accept();
            return new Connection(channel, "runner-" + pid());
        } finally {
            closeListener();
            Files.deleteIfExists(directory.socket());
        }
    }

    /**
     * Says hello to the one that connected.
     *
     * @throws ProtocolException when it is another process, or of another release
     */
    void greet(Connection connection) throws IOException {
        var hello = connection.handshake(SOFTWARE);
        if (hello.pid() != pid()) {
            throw new ProtocolException("process " + hello.pid() + " connected in its place");
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("[{}] closing its listener: {}", pid(), e.toString());
        }
    }

    long pid() {
        return process.pid();
    }

    LogTail tail() {
        return tail;
    }

    /** Kills it at once; the reason becomes part of {@link #endWords}. */
    void kill(String reason) {
        if (killedFor == null) killedFor = reason;
        process.destroyForcibly();
    }

    /** Waits until it has ended. An interrupt is kept for later. */
    boolean awaitEnd(Duration most) {
        boolean interrupted = false;
        long until = System.nanoTime() + most.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** How it ended, with its last words; to be asked after its end. */
    String endWords() {
        try {
            listening.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String last = tail.words();
        return how() + (last.isEmpty() ? "" : "; its last words: " + last);
    }

    private String how() {
        String who = "process " + pid() + " ";
        if (killedFor != null) return who + "was stopped by the server: " + killedFor;
        if (process.isAlive()) return who + "does not end";
        int code = process.exitValue();
        return who
                + (code > SIGNAL_BASE && code < SIGNAL_BASE + 65
                        ? "was ended by " + signal(code - SIGNAL_BASE)
                        : "ended with exit code " + code);
    }

    private static String signal(int number) {
        return switch (number) {
            case 4 -> "signal 4 (SIGILL: the processor lacks an instruction)";
            case 6 -> "signal 6 (SIGABRT: a library gave up)";
            case 9 -> "signal 9 (SIGKILL: killed from outside, perhaps for lack of memory)";
            case 11 -> "signal 11 (SIGSEGV: a crash)";
            case 15 -> "signal 15 (SIGTERM: asked to end)";
            default -> "signal " + number;
        };
    }

    /** Ends it if it lives and deletes its directory. */
    @Override
    public void close() {
        closeListener();
        if (process.isAlive()) {
            kill("no longer needed");
            if (!awaitEnd(Duration.ofSeconds(5))) LOG.error("runner {} does not end even when killed", pid());
        }
        directory.close();
    }
}
