package dev.paddock.runner.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.random.TinyModel;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.cache.CacheSettings;
import dev.paddock.runner.cache.Rewind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is served from the cache is what would have been computed. */
class PrefixCacheDeviceTest {
    private static final int WINDOW = 48;
    private static final int ANSWER = 12;
    private static final int[] SYSTEM = tokens(1, 300);
    private static final CacheSettings KV_ONLY = new CacheSettings(0, 0, null, "test", message -> {});

    @TempDir
    static Path models;

    @BeforeAll
    static void write() throws IOException {
        Greedy.prepare();
        TinyModel.sliding(WINDOW, 1, sliding());
        TinyModel.recurrent(1, recurrent());
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    private static Path sliding() {
        return models.resolve("sliding.gguf");
    }

    private static Path recurrent() {
        return models.resolve("recurrent.gguf");
    }

    private static CacheSettings host() {
        return new CacheSettings(1 << 30, 0, null, "test", message -> {
            throw new AssertionError(message);
        });
    }

    /** Below 250: all of the test models have them. */
    private static int[] tokens(int seed, int count) {
        return new Random(seed).ints(count, 10, 250).toArray();
    }

    private static int[] join(int[] one, int[] other) {
        int[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    /** A conversation whose first turn is repeated, continued, branched and cut, and the tokens cached in each. */
    private static int[] conversation(Path model, Rewind rewind, CacheSettings settings) throws IOException {
        int[] first = join(SYSTEM, tokens(2, 40));
        int[] cached = new int[5];
        try (var cold = new Greedy(model, 4096, rewind, KV_ONLY);
                var warm = new Greedy(model, 4096, rewind, settings)) {
            int[] next = join(cold.answer("0", first, ANSWER), tokens(4, 20));
            int[][] prompts = {first, first, next, join(SYSTEM, tokens(3, 40)), Arrays.copyOf(next, 330)};
            for (int i = 0; i < prompts.length; i++) {
                int[] served = warm.answer("a", prompts[i], ANSWER);
                cached[i] = warm.cached;
                assertThat(served).as("answer %s", i).isEqualTo(cold.answer("1" + i, prompts[i], ANSWER));
                assertThat(cold.cached).isZero();
            }
            assertThat(Arrays.stream(next).skip(340).limit(ANSWER).distinct().count())
                    .as("an answer that says something")
                    .isGreaterThan(1);
        }
        return cached;
    }

    @Test
    void plainAttentionAnswersTheSameFromTheCache() throws IOException {
        assertThat(conversation(RealThings.MODEL, Rewind.ANYWHERE, KV_ONLY)).containsExactly(0, 339, 352, 300, 329);
    }

    @Test
    void slidingWindowsThatKeepAllAnswerTheSameFromTheCache() throws IOException {
        assertThat(conversation(sliding(), Rewind.ANYWHERE, KV_ONLY)).containsExactly(0, 339, 352, 300, 329);
    }

    @Test
    void slidingWindowsThatKeepOnlyTheirSizeAreCutWhereTheyAreWhole() throws IOException {
        assertThat(conversation(sliding(), Rewind.window(WINDOW), host())).startsWith(0, 339, 352);
        int[] prompt = tokens(5, 900);
        int[] begin = Arrays.copyOf(prompt, 120);
        try (var warm = new Greedy(sliding(), 2048, Rewind.window(WINDOW), KV_ONLY)) {
            warm.answer("a", prompt, ANSWER);
            warm.answer("a", begin, ANSWER);
            assertThat(warm.cached).as("what was before the window is gone").isZero();
        }
    }

    @Test
    void aRecurrentStateServesFromItsCheckpoints() throws IOException {
        assertThat(conversation(recurrent(), Rewind.CHECKPOINTS, host())).containsExactly(0, 339, 352, 0, 0);
    }

    @Test
    void whatTheKvCacheGaveUpIsRestoredFromHostMemory() throws IOException {
        restored(RealThings.MODEL, Rewind.ANYWHERE, host(), 300);
        restored(sliding(), Rewind.window(WINDOW), host(), 0);
        restored(recurrent(), Rewind.CHECKPOINTS, host(), 0);
    }

    /** @param branch tokens cached of a prompt with the same beginning */
    private static void restored(Path model, Rewind rewind, CacheSettings settings, int branch) throws IOException {
        int[] prompt = join(SYSTEM, tokens(2, 40));
        int[] other = join(SYSTEM, tokens(3, 40));
        try (var cold = new Greedy(model, 1024, rewind, KV_ONLY);
                var greedy = new Greedy(model, 1024, rewind, settings)) {
            int[] answer = greedy.answer("a", prompt, ANSWER);
            empty(greedy);
            assertThat(greedy.cache.status().hostBytes()).isPositive();
            assertThat(greedy.answer("a", prompt, ANSWER)).isEqualTo(answer);
            assertThat(greedy.cached).isEqualTo(339);
            empty(greedy);
            int[] served = greedy.answer("a", other, ANSWER);
            assertThat(greedy.cached).isEqualTo(branch);
            assertThat(served).isEqualTo(cold.answer("a", other, ANSWER));
        }
    }

    private static void empty(Greedy greedy) {
        assertThat(greedy.cache.makeRoom(1024)).isTrue();
        for (int s = 0; s < greedy.memory.sequences(); s++) {
            assertThat(greedy.memory.lastPosition(s))
                    .as("what sequence %s ends at", s)
                    .isEqualTo(-1);
        }
    }

    @Test
    void savedWindowsAreNotCutEvenWhereTheCacheKeepsAll() throws IOException {
        int[] prompt = join(SYSTEM, tokens(2, 40));
        List<String> warnings = new ArrayList<>();
        var settings = new CacheSettings(1 << 30, 0, null, "test", warnings::add);
        try (var greedy = new Greedy(sliding(), 1024, Rewind.ANYWHERE, settings)) {
            int[] answer = greedy.answer("a", prompt, ANSWER);
            empty(greedy);
            assertThat(greedy.answer("a", prompt, ANSWER))
                    .as("with the wrong rule, too")
                    .isEqualTo(answer);
            assertThat(greedy.cached).isZero();
            assertThat(warnings).hasSize(1);
        }
    }

    @Test
    void theRuleIsTheModels() throws IOException {
        assertThat(Greedy.rule(RealThings.MODEL)).isEqualTo(Rewind.ANYWHERE);
        assertThat(Greedy.rule(sliding())).isEqualTo(Rewind.window(WINDOW));
        assertThat(Greedy.rule(recurrent())).isEqualTo(Rewind.CHECKPOINTS);
    }

    @Test
    void aNewRunnerRestoresFromDiskAndServesNothingDamaged(@TempDir Path states) throws IOException {
        int[] prompt = join(SYSTEM, tokens(2, 40));
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        var settings = new CacheSettings(0, 1 << 30, states, "test", warnings::add);
        for (Path model : new Path[] {RealThings.MODEL, recurrent()}) {
            Rewind rewind = Greedy.rule(model);
            int[] answer = afresh(model, rewind, settings, prompt, 0);
            assertThat(afresh(model, rewind, settings, prompt, 339)).isEqualTo(answer);
            assertThat(warnings).isEmpty();
            damage(states);
            assertThat(afresh(model, rewind, settings, prompt, 0)).isEqualTo(answer);
            assertThat(warnings).isNotEmpty().allMatch(w -> w.contains("is dropped"));
            warnings.clear();
            try (Stream<Path> files = Files.list(states)) {
                for (Path file : files.toList()) Files.delete(file);
            }
        }
    }

    private static int[] afresh(Path model, Rewind rewind, CacheSettings settings, int[] prompt, int cached)
            throws IOException {
        try (var greedy = new Greedy(model, 1024, rewind, settings)) {
            greedy.cache.awaitIndex();
            int[] answer = greedy.answer("a", prompt, ANSWER);
            assertThat(greedy.cached).isEqualTo(cached);
            return answer;
        }
    }

    private static void damage(Path states) throws IOException {
        try (Stream<Path> files = Files.list(states)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }
    }
}
