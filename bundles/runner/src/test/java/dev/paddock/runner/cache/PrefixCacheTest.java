package dev.paddock.runner.cache;

import static dev.paddock.runner.cache.Serving.join;
import static dev.paddock.runner.cache.Serving.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.CacheStatus;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {
    private final FakeMemory memory = new FakeMemory(1000, 4, Rewind.ANYWHERE);
    private final PrefixCache cache = new PrefixCache(memory, Rewind.ANYWHERE, none());
    private final Serving serving = new Serving(memory, cache);

    static CacheSettings none() {
        return new CacheSettings(0, 0, null, "test", message -> {});
    }

    @Test
    void aPromptThatRepeatsIsNotComputedTwice() {
        assertThat(serving.serve("a", run(0, 100))).isZero();
        assertThat(serving.serve("a", run(0, 100))).isEqualTo(99);
        assertThat(serving.serve("a", run(0, 150))).isEqualTo(100);
        assertThat(memory.used()).as("one copy of everything").isEqualTo(150);
    }

    @Test
    void scopesShareNothing() {
        serving.serve("a", run(0, 100));
        assertThat(serving.serve("b", run(0, 100))).isZero();
        assertThat(serving.serve("a", run(0, 100))).isEqualTo(99);
    }

    @Test
    void aRunningRequestSharesWhatItHasComputed() {
        var first = serving.begin("a", run(0, 100));
        var second = serving.begin("a", join(run(0, 60), run(500, 40)));
        assertThat(second.cached()).isEqualTo(60);
        assertThat(memory.used()).isEqualTo(140);
        assertThat(cache.status()).isEqualTo(new CacheStatus(1000, 140, 0, 0, 0, 60));
        cache.leave(first.sequence(), run(0, 100), 100);
        assertThat(cache.status()).isEqualTo(new CacheStatus(1000, 100, 40, 0, 0, 60));
    }

    @Test
    void aSharedSystemPromptSurvivesItsBranches() {
        serving.serve("a", join(run(0, 300), run(1000, 100)));
        serving.serve("a", join(run(0, 300), run(2000, 100)));
        assertThat(cache.makeRoom(700)).isTrue();
        assertThat(memory.used()).isEqualTo(300);
        assertThat(serving.serve("a", join(run(0, 300), run(3000, 50)))).isEqualTo(300);
    }

    @Test
    void theLeastRecentlyUsedGoesFirstAndNotMoreThanNeeded() {
        serving.serve("a", run(0, 300));
        serving.serve("a", run(1000, 300));
        serving.serve("a", run(0, 300));
        assertThat(cache.makeRoom(500)).isTrue();
        assertThat(serving.serve("a", run(0, 300))).isEqualTo(299);
        assertThat(serving.serve("a", run(1000, 300))).isZero();
    }

    @Test
    void whatLingersBesideOthersMovesToHostMemory() {
        var settings = new CacheSettings(1_000_000, 0, null, "test", message -> {});
        try (var hosting = new PrefixCache(memory, Rewind.ANYWHERE, settings)) {
            var requests = new Serving(memory, hosting);
            requests.serve("a", run(0, 300));
            requests.serve("a", run(1000, 100));
            requests.serve("a", run(2000, 20));
            hosting.computed(511);
            assertThat(memory.used()).isEqualTo(420);
            hosting.computed(1);
            assertThat(memory.used()).as("one at a time, the oldest first").isEqualTo(120);
            hosting.computed(1);
            hosting.computed(1);
            assertThat(memory.used()).as("little is not worth it").isEqualTo(20);
            assertThat(requests.serve("a", run(0, 300))).isEqualTo(299);
            assertThat(requests.serve("a", run(1000, 100))).isEqualTo(99);
        }
    }

    @Test
    void onTheHostWhatARequestDoesNotUseMovesBeforeItGetsCells() {
        var memory = new FakeMemory(1000, 4, Rewind.ANYWHERE, true);
        var settings = new CacheSettings(1_000_000, 0, null, "test", message -> {});
        try (var hosting = new PrefixCache(memory, Rewind.ANYWHERE, settings)) {
            var requests = new Serving(memory, hosting);
            int[] one = join(run(0, 20), run(1000, 200));
            requests.serve("a", one);
            requests.serve("a", join(run(0, 20), run(2000, 30)));
            assertThat(memory.used()).as("the beginning of both stays").isEqualTo(50);
            requests.serve("a", run(3000, 8));
            requests.serve("a", run(4000, 8));
            assertThat(memory.used()).isEqualTo(8);
            assertThat(requests.serve("a", run(3000, 8)))
                    .as("little is not worth a copy")
                    .isZero();
            assertThat(requests.serve("a", join(one, run(5000, 10)))).isEqualTo(220);
            assertThat(requests.serve("a", join(one, run(5000, 10), run(6000, 10))))
                    .isEqualTo(230);
            assertThat(memory.used()).as("what goes on does not move").isEqualTo(240);
        }
    }

    @Test
    void onTheHostALongStateIsNotRestoredForAFewTokens() {
        var memory = new FakeMemory(1000, 4, Rewind.ANYWHERE, true);
        var settings = new CacheSettings(1_000_000, 0, null, "test", message -> {});
        try (var hosting = new PrefixCache(memory, Rewind.ANYWHERE, settings)) {
            var requests = new Serving(memory, hosting);
            requests.serve("a", run(0, 640));
            requests.serve("a", run(10_000, 640));
            requests.serve("a", run(20_000, 30));
            assertThat(requests.serve("a", join(run(0, 10), run(30_000, 10)))).isZero();
            assertThat(requests.serve("a", join(run(10_000, 11), run(30_000, 10))))
                    .isEqualTo(11);
        }
    }

    @Test
    void onTheHostTooWhatThereIsNoRoomForStays() {
        var memory = new FakeMemory(1000, 4, Rewind.ANYWHERE, true);
        var settings = new CacheSettings(100, 0, null, "test", message -> {});
        try (var full = new PrefixCache(memory, Rewind.ANYWHERE, settings)) {
            var requests = new Serving(memory, full);
            requests.serve("a", run(0, 300));
            requests.serve("a", run(1000, 100));
            assertThat(memory.used()).isEqualTo(400);
        }
    }

    @Test
    void whatLingersMovesThoughItEndsWithLittleOfItsOwn() {
        var settings = new CacheSettings(1_000_000, 0, null, "test", message -> {});
        try (var hosting = new PrefixCache(memory, Rewind.ANYWHERE, settings)) {
            var requests = new Serving(memory, hosting);
            requests.serve("a", run(0, 300));
            requests.serve("a", run(0, 310));
            hosting.computed(512);
            assertThat(memory.used()).isZero();
        }
    }

    @Test
    void whatIsLargeMovesOnceThereIsMemoryForIt() {
        int length = 300_000;
        var large = new FakeMemory(length, 4, Rewind.ANYWHERE);
        var settings = new CacheSettings(1L << 30, 0, null, "test", message -> {});
        try (var hosting = new PrefixCache(large, Rewind.ANYWHERE, settings)) {
            new Serving(large, hosting).serve("a", run(0, length));
            hosting.computed(512);
            assertThat(large.saves).as("at once").isZero();
            while (large.saves == 0) hosting.computed(0);
            assertThat(large.used()).isZero();
            assertThat(hosting.status().hostBytes()).isEqualTo(8L * length);
        }
    }

    @Test
    void whatHostMemoryHasNoRoomForLingersOn() {
        serving.serve("a", run(0, 300));
        for (int i = 0; i < 3; i++) cache.computed(600);
        assertThat(memory.used()).isEqualTo(300);
    }

    @Test
    void whatRunsDoesNotLinger() {
        var settings = new CacheSettings(1_000_000, 0, null, "test", message -> {});
        try (var hosting = new PrefixCache(memory, Rewind.ANYWHERE, settings)) {
            var requests = new Serving(memory, hosting);
            requests.serve("a", run(0, 200));
            var place = requests.begin("a", join(run(0, 200), run(500, 100)));
            for (int i = 0; i < 3; i++) hosting.computed(600);
            assertThat(memory.tokens(place.sequence())).hasSize(300);
            assertThat(memory.used()).isEqualTo(300);
            hosting.leave(place.sequence(), join(run(0, 200), run(500, 100)), 300);
        }
    }

    @Test
    void runningRequestsAreNeverGivenUp() {
        var place = serving.begin("a", run(0, 600));
        serving.serve("a", run(2000, 300));
        assertThat(cache.makeRoom(500)).isFalse();
        assertThat(memory.tokens(place.sequence())).hasSize(600);
        assertThat(cache.makeRoom(400)).isTrue();
        assertThat(cache.status()).isEqualTo(new CacheStatus(1000, 600, 0, 0, 0, 0));
    }

    @Test
    void moreConversationsThanIdsGiveUpTheOldestOnly() {
        for (int i = 0; i < 5; i++) serving.serve("a", run(1000 * i, 50));
        assertThat(serving.serve("a", run(1000, 50))).isEqualTo(49);
        for (int i = 0; i < 4; i++) serving.begin("b", run(0, 10));
        assertThatThrownBy(() -> serving.enter("b", run(0, 10))).hasMessageContaining("all 4 sequences run");
    }

    @Test
    void whatNobodyKnowsIsNotServed() {
        var place = serving.begin("a", run(0, 100));
        cache.drop(place.sequence());
        assertThat(memory.used()).isZero();
        assertThat(serving.serve("a", run(0, 100))).isZero();
    }

    @Test
    void aRollBackIsNotServed() {
        var place = serving.begin("a", run(0, 100));
        memory.forget(place.sequence(), 80);
        cache.grown(place.sequence(), run(0, 100), 80);
        serving.compute(place.sequence(), join(run(0, 80), run(500, 20)));
        cache.leave(place.sequence(), join(run(0, 80), run(500, 20)), 100);
        assertThat(serving.serve("a", run(0, 100))).isEqualTo(80);
    }

    @Test
    void aSequenceThatIsShiftedSharesNoCells() {
        serving.serve("a", run(0, 200));
        var place = serving.begin("a", run(0, 300));
        assertThat(cache.detach(place.sequence())).isTrue();
        assertThat(memory.tokens(place.sequence())).isEqualTo(run(0, 300));
        assertThat(cache.status().live()).isEqualTo(300);
        cache.grown(place.sequence(), run(0, 300), 150);
        assertThat(cache.status().live()).isEqualTo(150);
        cache.leave(place.sequence(), run(0, 300), 150);
        assertThat(cache.status().live()).isZero();
    }

    @Test
    void aSequenceThatFillsTheCacheCanBeShifted() {
        var place = serving.begin("a", run(0, 1000));
        assertThat(cache.detach(place.sequence())).isTrue();
        assertThat(memory.tokens(place.sequence())).isEqualTo(run(0, 1000));
        assertThat(cache.status().live()).isEqualTo(1000);
    }

    @Test
    void whatIsKeptGivesWayToASequenceThatIsShifted() {
        serving.serve("a", run(0, 400));
        serving.serve("a", join(run(0, 300), run(2000, 100)));
        var place = serving.begin("a", join(run(0, 400), run(3000, 500)));
        assertThat(cache.detach(place.sequence())).isTrue();
        assertThat(memory.tokens(place.sequence())).isEqualTo(join(run(0, 400), run(3000, 500)));
        assertThat(memory.used()).isLessThanOrEqualTo(1000);
    }

    @Test
    void whatAnotherRunningRequestHoldsIsNotMovedForAShift() {
        var first = serving.begin("a", run(0, 300));
        var second = serving.begin("a", join(run(0, 300), run(2000, 600)));
        assertThat(cache.detach(second.sequence())).isFalse();
        assertThat(memory.tokens(first.sequence())).isEqualTo(run(0, 300));
        cache.leave(first.sequence(), run(0, 300), 300);
        assertThat(cache.detach(second.sequence())).isTrue();
        assertThat(memory.tokens(second.sequence())).isEqualTo(join(run(0, 300), run(2000, 600)));
    }

    @Test
    void aStateThatCannotBeCutServesAsAWholeOrNotAtAll() {
        var whole = new FakeMemory(1000, 4, Rewind.CHECKPOINTS);
        var recurrent = new Serving(whole, new PrefixCache(whole, Rewind.CHECKPOINTS, none()));
        recurrent.serve("a", run(0, 100));
        assertThat(recurrent.serve("a", join(run(0, 60), run(500, 40)))).isZero();
        assertThat(recurrent.serve("a", run(0, 150))).isEqualTo(100);
        assertThat(recurrent.serve("a", run(0, 101))).isEqualTo(100);
    }

    @Test
    void aWindowIsCutOnlyWhereItIsWhole() {
        var sliding = new FakeMemory(1000, 4, Rewind.window(32));
        var windows = new Serving(sliding, new PrefixCache(sliding, Rewind.window(32), none()));
        windows.serve("a", run(0, 100));
        assertThat(windows.serve("a", join(run(0, 60), run(500, 40)))).isZero();
        assertThat(windows.serve("a", run(0, 120))).isEqualTo(100);
    }

    @Test
    void randomRequestsNeverGetAWrongPrefixAndTheCountsHold() {
        for (Rewind rewind : new Rewind[] {Rewind.ANYWHERE, Rewind.CHECKPOINTS, Rewind.window(5)}) {
            for (int seed = 0; seed < 150; seed++) new RandomRequests(rewind, seed).play(120);
        }
    }

    /** Requests over a small alphabet, so that many begin alike. */
    private static final class RandomRequests {
        private static final int IDS = 6;
        private final Random random;
        private final Serving serving;
        private final int[][] running = new int[IDS][];

        RandomRequests(Rewind rewind, long seed) {
            random = new Random(seed);
            var memory = new FakeMemory(300, IDS, rewind);
            var settings = new CacheSettings(seed % 2 * 2000, 0, null, "test", message -> {});
            serving = new Serving(memory, new PrefixCache(memory, rewind, settings));
        }

        void play(int steps) {
            for (int i = 0; i < steps; i++) {
                int sequence = random.nextInt(IDS);
                if (running[sequence] != null) {
                    go(sequence);
                } else if (Arrays.stream(running).filter(r -> r != null).count() < IDS - 1) {
                    begin();
                }
                if (random.nextInt(8) == 0) serving.cache.computed(random.nextInt(600));
                check();
            }
        }

        private int[] tokens(int[] before, int count) {
            return join(before, random.ints(count, 0, 2).toArray());
        }

        private void begin() {
            int[] prompt = tokens(new int[0], 1 + random.nextInt(12));
            // Now and then a long one, of which few differ: these are saved.
            if (random.nextInt(3) == 0) prompt = join(new int[50 + 10 * random.nextInt(5)], prompt);
            if (!serving.cache.makeRoom(prompt.length)) return;
            var place = serving.begin(random.nextBoolean() ? "a" : "b", prompt);
            assertThat(running[place.sequence()]).as("an id that is free").isNull();
            running[place.sequence()] = prompt;
        }

        private void go(int sequence) {
            int[] now = running[sequence];
            switch (random.nextInt(4)) {
                case 0 -> serving.cache.leave(sequence, now, now.length);
                case 1 -> serving.cache.drop(sequence);
                default -> {
                    int[] more = tokens(now, random.nextInt(6));
                    if (serving.cache.makeRoom(more.length - now.length)) {
                        serving.compute(sequence, more);
                        running[sequence] = more;
                    }
                    return;
                }
            }
            running[sequence] = null;
        }

        private void check() {
            int[] live = java.util.stream.IntStream.range(0, IDS)
                    .filter(s -> running[s] != null)
                    .toArray();
            for (int s : live) assertThat(serving.memory.tokens(s)).isEqualTo(running[s]);
            CacheStatus status = serving.cache.status();
            assertThat(status.live()).isEqualTo(serving.memory.used(live));
            assertThat(status.live() + status.kept()).isEqualTo(serving.memory.used());
        }
    }
}
