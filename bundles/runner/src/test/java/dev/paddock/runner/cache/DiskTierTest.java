package dev.paddock.runner.cache;

import static dev.paddock.runner.cache.Serving.join;
import static dev.paddock.runner.cache.Serving.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTierTest {
    @TempDir
    Path directory;

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    /** A new runner for the same directory; closing waits until the index was read and all is written. */
    private Serving runner(String identity, long diskBytes) {
        var memory = new FakeMemory(2000, 4, Rewind.ANYWHERE);
        var settings = new CacheSettings(0, diskBytes, directory.resolve("states"), identity, warnings::add);
        return new Serving(memory, new PrefixCache(memory, Rewind.ANYWHERE, settings));
    }

    private void serveAndEnd(String identity, String scope, int[] prompt) {
        Serving serving = runner(identity, 1 << 20);
        serving.serve(scope, prompt);
        serving.cache.close();
    }

    /** What a new runner has of it, once it has read its index. */
    private int cached(String identity, String scope, int[] prompt) {
        var settings = new CacheSettings(0, 1 << 24, directory.resolve("states"), identity, warnings::add);
        var tier = new DiskTier(settings, Rewind.ANYWHERE, 1 << 24);
        tier.close();
        DiskTier.Stored stored = tier.find(scope, prompt, prompt.length - 1);
        if (stored == null) return 0;
        SavedState state = tier.read(stored);
        if (state == null) return 0;
        try (state) {
            var memory = new FakeMemory(400_000, 1, Rewind.ANYWHERE);
            memory.restore(0, state.bytes());
            assertThat(memory.tokens(0)).as("the state is that of the tokens").isEqualTo(stored.tokens());
        }
        return Entry.serves(Rewind.ANYWHERE, stored.tokens(), prompt, prompt.length - 1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("states"))) {
            return all.toList();
        }
    }

    @Test
    void whatOneRunnerComputedTheNextOneHas() {
        serveAndEnd("m", "a", run(0, 300));
        assertThat(cached("m", "a", run(0, 300))).isEqualTo(299);
        assertThat(cached("m", "a", join(run(0, 200), run(900, 9)))).isEqualTo(200);
        assertThat(cached("m", "b", run(0, 300))).as("another scope").isZero();
        assertThat(cached("n", "a", run(0, 300))).as("another model or engine").isZero();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aRunnerStartsFromWhatItFindsOnDisk() {
        Serving serving = runner("m", 1 << 20);
        serving.serve("a", run(0, 300));
        serving.cache.close();
        Serving next = runner("m", 1 << 20);
        next.cache.awaitIndex();
        assertThat(next.serve("a", run(0, 400))).isEqualTo(300);
        next.cache.close();
        assertThat(next.cache.status().diskBytes()).isPositive();
    }

    @Test
    void onlyTheOwnerCanReadItAndNothingElseIsLeftBehind() throws IOException {
        serveAndEnd("m", "secret scope", run(0, 300));
        assertThat(files()).hasSize(1);
        Path file = files().getFirst();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.getPosixFilePermissions(file.getParent())).hasSize(3);
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret scope");
    }

    @Test
    void aFlippedByteAnywhereIsDroppedAndNotServed() throws IOException {
        int[] prompt = run(0, 100);
        serveAndEnd("m", "a", prompt);
        byte[] whole = Files.readAllBytes(files().getFirst());
        Path file = files().getFirst();
        for (int at = 0; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertThat(cached("m", "a", prompt)).as("byte %s", at).isZero();
            assertThat(file).as("byte %s", at).doesNotExist();
        }
        assertThat(warnings).hasSize((whole.length + 6) / 7).allMatch(w -> w.contains("is dropped"));
    }

    @Test
    void aFileThatEndsTooSoonOrIsOfAnotherModelIsDropped() throws IOException {
        serveAndEnd("m", "a", run(0, 100));
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 80, 500, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(cached("m", "a", run(0, 100))).isZero();
            assertThat(file).doesNotExist();
        }
        serveAndEnd("n", "a", run(0, 100));
        Files.move(files().getFirst(), file);
        assertThat(cached("m", "a", run(0, 100))).isZero();
        assertThat(warnings.getLast()).contains("of another model or engine");
    }

    @Test
    void theOldestOfAllModelsIsDeletedWhenTheBoundIsReached() throws IOException {
        serveAndEnd("m", "a", run(0, 300));
        Path oldest = files().getFirst();
        Files.setLastModifiedTime(oldest, FileTime.fromMillis(1000));
        serveAndEnd("n", "a", run(0, 300));
        long one = Files.size(oldest);
        Serving serving = runner("m", 2 * one);
        serving.serve("a", run(5000, 300));
        serving.cache.close();
        assertThat(files()).hasSize(2).doesNotContain(oldest);
        assertThat(serving.cache.status().diskBytes()).isEqualTo(2 * one);
    }

    @Test
    void aLongerStateTakesThePlaceOfWhatItHolds() throws IOException {
        serveAndEnd("m", "a", run(0, 100));
        serveAndEnd("m", "a", run(0, 300));
        assertThat(cached("m", "a", run(0, 100))).isEqualTo(99);
        assertThat(files()).hasSize(1);
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldAndHarmless() throws IOException {
        Files.writeString(directory.resolve("states"), "a file");
        serveAndEnd("m", "a", run(0, 300));
        assertThat(warnings).singleElement().asString().contains("states are not kept on disk");
    }

    @Test
    void whatTheDiskKnowsIsReadByAnotherThread() throws InterruptedException {
        serveAndEnd("m", "a", run(0, 300));
        Serving next = runner("m", 1 << 20);
        next.cache.awaitIndex();
        BlockingQueue<Thread> told = new LinkedBlockingQueue<>();
        Fetch fetch = next.cache.fetch("a", run(0, 300), 300, () -> told.add(Thread.currentThread()));
        assertThat(told.take()).isNotSameAs(Thread.currentThread());
        assertThat(next.cache.enter("a", run(0, 300), 300, fetch).cached()).isEqualTo(299);
        assertThat(next.cache.fetch("a", run(0, 300), 300, () -> {}))
                .as("memory knows as much now")
                .isSameAs(Fetch.NOTHING);
        next.cache.close();
    }

    @Test
    void aPromptWhoseStateIsDamagedIsComputed() throws IOException {
        serveAndEnd("m", "a", run(0, 300));
        Path file = files().getFirst();
        Serving next = runner("m", 1 << 20);
        next.cache.awaitIndex();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 9] ^= 1;
        Files.write(file, bytes);
        assertThat(next.serve("a", run(0, 300))).isZero();
        assertThat(warnings).singleElement().asString().contains("is dropped");
        next.cache.close();
    }

    @Test
    void statesThatComeFasterThanTheDiskTakesThemAreCounted() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("states"));
        serveAndEnd("m", "a", run(0, 100));
        Path damaged = files().getFirst();
        Files.write(damaged, new byte[3]);
        Semaphore goOn = new Semaphore(0);
        CacheSettings.Warnings slow = message -> {
            warnings.add(message);
            goOn.acquireUninterruptibly(); // the disk's thread has to tell first, and hangs in that
        };
        var settings = new CacheSettings(0, 1 << 20, directory.resolve("states"), "m", slow);
        try (var tier = new DiskTier(settings, Rewind.ANYWHERE, 1 << 20)) {
            int written = 0;
            for (int i = 0; i < 10; i++) {
                int[] tokens = run(1000 * i, 100);
                if (!tier.wants("a", tokens, 400)) continue;
                tier.offer("a", tokens, SavedState.room(400));
                written++;
            }
            assertThat(written).isEqualTo(4);
            goOn.release(1000);
        }
        assertThat(files()).hasSize(4);
        assertThat(warnings).hasSize(2).last().asString().startsWith("6 states were not kept on disk");
    }

    /** A conversation long enough that memory for its state takes time. */
    private FakeMemory large(PrefixCache[] cache) {
        var memory = new FakeMemory(300_000, 4, Rewind.ANYWHERE);
        var settings = new CacheSettings(0, 1 << 30, directory.resolve("states"), "m", warnings::add);
        cache[0] = new PrefixCache(memory, Rewind.ANYWHERE, settings);
        cache[0].awaitIndex();
        new Serving(memory, cache[0]).serve("a", run(0, 299_000));
        return memory;
    }

    @Test
    void whatEndsBesideOthersIsCopiedOnceThereIsMemoryForIt() {
        PrefixCache[] cache = new PrefixCache[1];
        FakeMemory memory = large(cache);
        cache[0].computed(1);
        assertThat(memory.saves).as("at once").isZero();
        while (memory.saves == 0) cache[0].computed(1);
        cache[0].computed(1);
        cache[0].close();
        assertThat(memory.saves).isEqualTo(1);
        assertThat(cached("m", "a", run(0, 1000))).isEqualTo(999);
    }

    @Test
    void whatIsGivenUpBeforeItWasCopiedIsCopiedThen() {
        PrefixCache[] cache = new PrefixCache[1];
        FakeMemory memory = large(cache);
        assertThat(cache[0].makeRoom(300_000)).isTrue();
        assertThat(memory.saves).isEqualTo(1);
        cache[0].close();
        assertThat(cached("m", "a", run(0, 1000))).isEqualTo(999);
    }

    @Test
    void whatIsContinuedBeforeItWasCopiedIsCopiedAsAWhole() {
        Serving serving = runner("m", 1 << 20);
        serving.cache.awaitIndex();
        serving.serve("a", run(0, 300));
        serving.serve("a", run(0, 500));
        assertThat(serving.memory.saves).isZero();
        serving.cache.settle();
        assertThat(serving.memory.saves).isEqualTo(1);
        serving.cache.close();
        assertThat(cached("m", "a", run(0, 600))).isEqualTo(500);
    }
}
