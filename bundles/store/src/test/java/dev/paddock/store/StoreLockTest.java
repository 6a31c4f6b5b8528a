package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path dir;

    private StoreLock lock(Path directory) {
        return new StoreLock(new StoreLayout(directory), SHORT);
    }

    private static void isBusy(StoreLock lock, String who) {
        assertThatThrownBy(lock::hold)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessageContaining(who + " is changing the models directory and did not finish within");
    }

    @Test
    void whoHasItMayTakeItAgain() {
        var lock = lock(dir);
        try (var _ = lock.hold();
                var _ = lock.hold()) {
            assertThat(dir.resolve("paddock/lock")).exists();
        }
        try (var _ = lock.hold()) {
            assertThat(dir.resolve("manifests"))
                    .as("nothing that Ollama looks at")
                    .doesNotExist();
        }
    }

    @Test
    void threadsExcludeEachOther() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                pool.submit(() -> {
                    try (var _ = new StoreLock(new StoreLayout(dir)).hold()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                    }
                });
            }
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void whoWaitsTooLongIsToldWhatToDo() throws Exception {
        var taken = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        Thread other = Thread.ofVirtual().start(() -> {
            try (var _ = lock(dir).hold()) {
                taken.countDown();
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        taken.await();
        isBusy(lock(dir), "another request");
        done.countDown();
        other.join();
        lock(dir).hold().close();
    }

    @Test
    void theSameDirectoryUnderAnotherNameIsTheSame() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(dir.resolve("models")));
        try (var _ = lock(dir.resolve("models")).hold()) {
            isBusy(lock(link), "another server");
        }
        lock(link).hold().close();
    }

    @Test
    void aLockOfAnotherProcessIsWaitedFor() throws Exception {
        Files.createDirectories(dir.resolve("paddock"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process other = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Holder.class.getName(), dir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            isBusy(lock(dir), "another server");
        } finally {
            other.destroyForcibly().waitFor();
        }
        lock(dir).hold().close();
    }

    /** A process that takes the lock and keeps it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            new StoreLock(new StoreLayout(Path.of(arguments[0]))).hold();
            System.out.println("held");
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    @Test
    void whereThereAreNoLocksTheWorkGoesOn() throws IOException {
        Files.writeString(dir.resolve("paddock"), "in the way");
        var lock = lock(dir);
        try (var _ = lock.hold()) {
            assertThat(dir.resolve("paddock")).isRegularFile();
        }
        lock.hold().close();
    }

    @Test
    void theLockIsFreeAfterwards() throws IOException {
        lock(dir).hold().close();
        try (var file = FileChannel.open(dir.resolve("paddock/lock"), StandardOpenOption.WRITE)) {
            assertThat(file.tryLock()).isNotNull();
        }
    }
}
