package dev.paddock.engine;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the AOT cache that runners start from, once for each directory of files and JVM. Starts do not wait for it,
 * and its failure costs them some tenths of a second only. Safe for many threads.
 */
final class ArchiveTraining implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveTraining.class);
    private static final Duration MOST = Duration.ofMinutes(3);
    private static final Duration CLEANING = Duration.ofSeconds(5);
    private static final int NAME_DIGITS = 8;

    private final AtomicReference<Process> running = new AtomicReference<>();
    private volatile CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private volatile boolean closed;

    /** Where the archive for these files and this JVM lies, or would lie. */
    static Path archive(RunnerFiles files) {
        String jvm = System.getProperty("java.vm.version") + " " + System.getProperty("java.home");
        String digest = Digest.of(jvm.getBytes(StandardCharsets.UTF_8)).hex().substring(0, NAME_DIGITS);
        return files.directory().resolve("runner-" + digest + ".aot");
    }

    /** Makes the archive if it is not there, one at a time; blocks for some seconds. */
    synchronized void train(RunnerCommand command, RunnerFiles files) {
        Path archive = archive(files);
        if (Files.exists(archive)) return;
        var over = new CompletableFuture<Void>();
        done = over;
        try {
            if (!closed) train(command, files, archive);
        } finally {
            over.complete(null);
        }
    }

    private void train(RunnerCommand command, RunnerFiles files, Path archive) {
        long start = System.nanoTime();
        try (var directory = RuntimeDirectory.create()) {
            // Beside the directories of files: what a killed server leaves there, the next one removes.
            Path place = Files.createTempDirectory(files.directory().getParent(), LibraryStore.UNFINISHED);
            try {
                Path fresh = place.resolve("runner.aot");
                run(command.training(directory, fresh, files.directory()));
                if (!Files.isRegularFile(fresh)) throw new IOException("it wrote nothing");
                Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FileTree.delete(place);
            }
            LOG.info(
                    "trained the runner's archive in {} ms: {} MB",
                    (System.nanoTime() - start) / 1_000_000,
                    Files.size(archive) / 1_000_000);
        } catch (IOException e) {
            if (!closed) LOG.warn("the runner's archive was not trained, starts take longer: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(ProcessBuilder training) throws IOException, InterruptedException {
        var process = training.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        running.set(process);
        try {
            if (closed) process.destroyForcibly();
            process.getOutputStream().close();
            boolean over = process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS);
            if (!over) throw new IOException("it took more than " + MOST.toSeconds() + " s");
            if (process.exitValue() != 0) throw new IOException("it ended with exit code " + process.exitValue());
        } finally {
            kill(process);
            running.set(null);
        }
    }

    /** The JVM writes the archive in a child of its own. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends a training that is under way and waits until its files are gone. */
    @Override
    public void close() {
        closed = true;
        var process = running.get();
        if (process != null) kill(process);
        try {
            done.get(CLEANING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the training of the runner's archive does not end", e);
        }
    }
}
