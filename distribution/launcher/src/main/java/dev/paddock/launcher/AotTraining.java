package dev.paddock.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the caches that make server and command start quickly: on the user's machine, once, in the background after
 * the first start. A second server with an empty home is started, asked a few things, also by the command, and stopped.
 */
final class AotTraining implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AotTraining.class);
    /**
     * What the training run compiled becomes quick code in the server after its first calls, without the slower kind that
     * keeps a profile; it is optimized late. lib/server.options says when.
     */
    private static final String QUICK_CODE = "-XX:TieredStopAtLevel=2";

    /** Set in a server that is itself the training run. */
    private static final String TRAINING = "paddock.training";

    private static final Duration QUIET_BEFORE = Duration.ofSeconds(3);
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    private static final Duration RUN_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TRIES = 3;
    private static final int MAX_ANSWER_BYTES = 65_536;
    private static final List<String> PATHS =
            List.of("/livez", "/readyz", "/", "/api/version", "/api/tags", "/api/ps", "/v1/models", "/no/such/path");
    /** How often each way to chat is asked: what a request needs is compiled then. */
    private static final int REQUESTS = 200;

    private static final List<String> CHATS = List.of("/api/chat", "/v1/chat/completions", "/v1/messages");
    private static final String CHAT = """
            {"model":"starter","stream":true,"max_tokens":%1$d,"options":{"num_predict":%1$d,"temperature":0},\
            "messages":[{"role":"user","content":"What can you do?"}]}""";

    private final Layout layout;
    private final Path directory;
    private final Path home;
    private final Thread thread;
    /** All that were started; those that still run are ended at the end. */
    private final List<Process> started = new CopyOnWriteArrayList<>();

    private AotTraining(Layout layout, Path directory) {
        this.layout = layout;
        this.directory = directory;
        this.home = directory.resolve("training");
        this.thread = Thread.ofVirtual().name("aot-training").unstarted(this::run);
    }

    /**
     * Begins when the server had a few quiet seconds. Nothing is done when the caches fit or {@code PADDOCK_AOT=off}.
     *
     * @return closing it ends the training run, if there is one
     */
    static AutoCloseable inBackground(Layout layout) {
        if (Boolean.getBoolean(TRAINING) || "off".equals(System.getenv("PADDOCK_AOT"))) return () -> {};
        var training = new AotTraining(layout, directory(layout));
        training.thread.start();
        return training;
    }

    /** Beside the program, for all users of it, or else in this user's home. */
    private static Path directory(Layout layout) {
        return Files.isWritable(layout.install()) ? layout.install().resolve("cache") : layout.cache();
    }

    private void run() {
        try {
            Thread.sleep(QUIET_BEFORE);
            Files.createDirectories(directory);
            var server = AotCache.ofServer(layout, directory);
            var command = AotCache.ofCommand(layout, directory);
            if (!server.needsTraining() && !command.needsTraining()) return;
            try (var channel = FileChannel.open(
                            directory.resolve("training.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                if (lock != null) train(server, command);
            }
        } catch (OverlappingFileLockException | InterruptedException _) {
            // Another server trains, or this one stops: the next start sees to it.
        } catch (IOException e) {
            LOG.warn("the next start will be as slow as this one: {}", e.toString());
        }
    }

    /** JDK 25 crashes now and then when it writes the cache: then it is tried again. */
    private void train(AotCache server, AotCache command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int tries = 0;
        while (!trainOnce(server, command)) {
            if (++tries == TRIES) throw new IOException("training the server left no cache; see " + log());
            LOG.info("the JVM's training left no cache; once more");
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        LOG.info("trained the JVM in {} ms for quick starts ({})", millis, directory);
    }

    private boolean trainOnce(AotCache server, AotCache command) throws IOException, InterruptedException {
        CacheStamp.deleteTree(home);
        Files.createDirectories(home);
        try {
            return trainServer(server, command);
        } finally {
            endAll();
            CacheStamp.deleteTree(home);
        }
    }

    /** Whether it left a cache. */
    private boolean trainServer(AotCache server, AotCache command) throws IOException, InterruptedException {
        List<String> more = List.of(
                "-Dpaddock.install=" + layout.install(),
                "-Dpaddock.home=" + home,
                "-D" + TRAINING + "=true",
                QUICK_CODE);
        var process = start(server.trainingCommand(more), "127.0.0.1:0");
        String address = address(process);
        for (String path : PATHS) visit(address + path);
        awaitStarter(address);
        trainCommand(command, address);
        for (String path : CHATS) for (int i = 0; i < REQUESTS; i++) ask(address + path, i % 10 == 0 ? 100 : 2);
        process.getOutputStream().close();
        return process.waitFor(RUN_PATIENCE.toSeconds(), TimeUnit.SECONDS) && server.adopt();
    }

    private void trainCommand(AotCache command, String address) throws IOException, InterruptedException {
        if (!command.needsTraining()) return;
        List<String> properties = List.of("-Dpaddock.install=" + layout.install(), "-Dpaddock.home=" + home);
        var line = command.trainingCommand(properties);
        line.addAll(List.of("run", "starter", "Hello"));
        var process = start(line, address);
        process.getOutputStream().close();
        boolean ended = process.waitFor(RUN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended || !command.adopt()) LOG.debug("training the command left no cache; see {}", log());
    }

    private Process start(List<String> command, String host) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PADDOCK_") || name.startsWith("OLLAMA_"));
        builder.environment().put("PADDOCK_HOST", host);
        builder.environment().put("PADDOCK_HOME", home.toString());
        builder.environment().put("PADDOCK_MODELS", home.resolve("models").toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** With their children: the JVM that records starts another one that writes the cache. */
    private void endAll() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly()
                    .onExit()
                    .completeOnTimeout(process, STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /**
     * For a server that is a training run: ends it as if it had been asked to when its standard input ends, be it that
     * the training is over or that the server it was started by is gone.
     *
     * @param end stops the server
     */
    static void endWithInput(Runnable end) {
        if (!Boolean.getBoolean(TRAINING)) return;
        Thread.ofPlatform().daemon().name("training-input").start(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                LOG.debug("the training server's input broke: {}", e.toString());
            }
            end.run();
        });
    }

    private Path log() {
        return directory.resolve("training.log");
    }

    /** Where the training server listens, as it writes itself once it does. */
    private String address(Process process) throws IOException, InterruptedException {
        Path pidFile = home.resolve("paddock.pid");
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (Files.exists(pidFile)) {
                var lines = Files.readAllLines(pidFile);
                if (lines.size() == 2) return lines.get(1);
            }
            Thread.sleep(POLL);
        }
        throw new IOException("the training server did not start; see " + log());
    }

    /** The starter model is installed in the background, shortly after the start; the command shall find it. */
    private void awaitStarter(String address) throws IOException, InterruptedException {
        if (!Files.exists(layout.install().resolve("starter/starter.gguf"))) return;
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!visit(address + "/api/tags").contains("starter") && System.nanoTime() < deadline) Thread.sleep(POLL);
    }

    private static void ask(String address, int tokens) throws IOException {
        var connection = URI.create(address).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(CHAT.formatted(tokens).getBytes(StandardCharsets.UTF_8));
        answer(connection);
    }

    private static String visit(String address) throws IOException {
        return answer(URI.create(address).toURL().openConnection());
    }

    /** What the training server answers; nothing when it is an error, which trains as well. */
    private static String answer(URLConnection connection) {
        connection.setReadTimeout((int) START_PATIENCE.toMillis());
        try (var in = connection.getInputStream()) {
            return new String(in.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        endAll();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
