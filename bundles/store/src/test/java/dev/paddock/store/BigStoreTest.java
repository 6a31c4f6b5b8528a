package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Housekeeper.Step;
import dev.paddock.testkit.BigStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of 2,000 models and 10,000 blobs; limits are ten times what is promised, for slow machines. */
class BigStoreTest {
    private static final int MODELS = 2_000;

    @TempDir
    Path dir;

    @Test
    void housekeepingAndListingStayQuick() throws Exception {
        Path models = dir.resolve("models");
        BigStore.write(models, MODELS, number -> TestStore.gguf("weights " + number));
        Path none = dir.resolve("none");
        long start = System.nanoTime();
        var store = new FileModelStore(new StorePlaces(models, none, none), StoreSettings.QUIET);
        try {
            store.awaitHousekeeping();
            Duration sweep = since(start);
            Duration computing = computing("storage-housekeeping");
            assertThat(store.steps())
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(Step.State.DONE));
            assertThat(store.steps().get(3).outcome()).isEqualTo("10000 blobs of 2000 models, all there");
            start = System.nanoTime();
            assertThat(store.list()).hasSize(MODELS).allSatisfy(m -> assertThat(m.damage())
                    .isEmpty());
            Duration list = since(start);
            start = System.nanoTime();
            assertThat(store.find(ModelName.parse("MODEL-300:tag-600"))).isPresent();
            assertThat(store.find(ModelName.parse("nobody"))).isEmpty();
            Duration find = since(start);
            start = System.nanoTime();
            assertThat(store.usage().models()).hasSize(MODELS);
            Duration usage = since(start);
            System.out.printf(
                    "2,000 models, 10,000 blobs: sweep %d ms, %d of them computing (%s), list %d ms, find %d ms, usage %d ms%n",
                    sweep.toMillis(),
                    computing.toMillis(),
                    steps(store),
                    list.toMillis(),
                    find.toMillis(),
                    usage.toMillis());
            assertThat(sweep).isLessThan(Duration.ofSeconds(30));
            assertThat(list).isLessThan(Duration.ofSeconds(2));
            assertThat(find).isLessThan(Duration.ofSeconds(1));
        } finally {
            store.close();
        }
    }

    private static String steps(FileModelStore store) {
        return store.steps().stream()
                .map(s -> s.name() + " " + s.millis())
                .toList()
                .toString();
    }

    /** What a thread took of the processors, whatever else they had to do. */
    private static Duration computing(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals(thread))
                .map(t -> Duration.ofNanos(ManagementFactory.getThreadMXBean().getThreadCpuTime(t.threadId())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
