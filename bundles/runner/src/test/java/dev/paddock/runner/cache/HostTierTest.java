package dev.paddock.runner.cache;

import static dev.paddock.runner.cache.Serving.join;
import static dev.paddock.runner.cache.Serving.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostTierTest {
    private static Serving serving(int cells, int ids, Rewind rewind, long hostBytes) {
        var memory = new FakeMemory(cells, ids, rewind);
        var settings = new CacheSettings(hostBytes, 0, null, "test", message -> {});
        return new Serving(memory, new PrefixCache(memory, rewind, settings));
    }

    @Test
    void whatTheKvCacheGaveUpComesBackFromHostMemory() {
        var serving = serving(500, 4, Rewind.ANYWHERE, 1 << 20);
        serving.serve("a", run(0, 300));
        serving.serve("a", run(1000, 400));
        assertThat(serving.cache.status().hostBytes()).isEqualTo(300 * 8);
        assertThat(serving.serve("a", run(0, 300))).isEqualTo(299);
        assertThat(serving.serve("a", join(run(1000, 350), run(5000, 50)))).isEqualTo(350);
        assertThat(serving.serve("b", run(0, 300))).as("another scope").isZero();
    }

    @Test
    void theLongestMatchOfTheTiersWins() {
        var serving = serving(500, 4, Rewind.ANYWHERE, 1 << 20);
        serving.serve("a", run(0, 300));
        serving.cache.makeRoom(500);
        serving.serve("b", run(0, 100));
        serving.serve("a", run(0, 280));
        assertThat(serving.serve("a", join(run(0, 280), run(900, 9)))).isEqualTo(280);
        serving.cache.makeRoom(500);
        assertThat(serving.serve("a", run(0, 400))).isEqualTo(300);
    }

    @Test
    void itsBoundHoldsAtOnceWhenItChangesAndTheOldestGoesFirst() {
        var serving = serving(2000, 4, Rewind.ANYWHERE, 300 * 8 * 2);
        for (int i = 0; i < 3; i++) serving.serve("a", run(1000 * i, 300));
        serving.cache.makeRoom(2000);
        assertThat(serving.cache.status().hostBytes()).isEqualTo(2 * 300 * 8);
        serving.cache.limits(300 * 8, 0);
        assertThat(serving.cache.status().hostBytes()).isEqualTo(300 * 8);
        assertThat(serving.serve("a", run(0, 300))).isZero();
        assertThat(serving.serve("a", run(2000, 300))).isEqualTo(299);
        serving.cache.limits(0, 0);
        assertThat(serving.cache.status().hostBytes()).isZero();
    }

    @Test
    void whatWouldNotFitIsNotEvenCopied() {
        var small = serving(500, 4, Rewind.ANYWHERE, 300 * 8 - 1);
        small.serve("a", run(1000, 200));
        small.cache.makeRoom(500);
        assertThat(small.memory.saves).isEqualTo(1);
        small.serve("a", run(0, 300));
        small.cache.makeRoom(500);
        assertThat(small.memory.saves).isEqualTo(1);
        assertThat(small.cache.status().hostBytes()).as("what was there stays").isEqualTo(200 * 8);
    }

    @Test
    void aShortBranchIsNotWorthSaving() {
        var serving = serving(500, 4, Rewind.ANYWHERE, 1 << 20);
        serving.serve("a", run(0, 64));
        serving.cache.makeRoom(500);
        assertThat(serving.cache.status().hostBytes()).isZero();
    }

    @Test
    void aSavedStateThatDoesNotFitBesideWhatRunsIsNotRestored() {
        var serving = serving(500, 4, Rewind.ANYWHERE, 1 << 20);
        serving.serve("a", run(0, 300));
        var running = serving.begin("a", run(1000, 400));
        var place = serving.enter("a", run(0, 90));
        assertThat(place.cached()).isZero();
        assertThat(serving.memory.tokens(running.sequence())).hasSize(400);
    }

    @Test
    void aRecurrentModelStartsAgainFromTheLastCheckpointOfAPrompt() {
        var serving = serving(9000, 3, Rewind.CHECKPOINTS, 1 << 20);
        int[] prompt = run(0, 2500);
        var place = serving.enter("a", prompt);
        for (int done = 0; done < prompt.length; ) {
            int to = serving.cache.stop(place.sequence(), done, Math.min(done + 512, prompt.length));
            serving.compute(place.sequence(), java.util.Arrays.copyOf(prompt, to));
            done = to;
        }
        serving.compute(place.sequence(), join(prompt, run(90_000, 20)));
        serving.cache.leave(place.sequence(), join(prompt, run(90_000, 20)), 2520);
        assertThat(serving.serve("a", prompt)).as("before the last token").isEqualTo(2499);
        assertThat(serving.serve("a", join(run(0, 2100), run(50_000, 100)))).isEqualTo(2048);
        assertThat(serving.serve("a", join(prompt, run(90_000, 20), run(7, 7)))).isEqualTo(2520);
    }

    @Test
    void aPromptOfASlidingWindowStartsAgainBeforeItsLastToken() {
        var serving = serving(9000, 3, Rewind.window(100), 1 << 20);
        int[] prompt = run(0, 500);
        var place = serving.enter("a", prompt);
        assertThat(serving.cache.stop(place.sequence(), 0, 500)).isEqualTo(499);
        serving.compute(place.sequence(), run(0, 499));
        serving.compute(place.sequence(), join(prompt, run(90_000, 200)));
        serving.cache.leave(place.sequence(), join(prompt, run(90_000, 200)), 700);
        assertThat(serving.serve("a", prompt)).isEqualTo(499);
    }

    @Test
    void anEighthOfTheMemoryIsTakenUnlessSaidOtherwise() {
        assertThat(HostMemory.total("MemFree: 5 kB\nMemTotal:       16 kB\n")).isEqualTo(16 << 10);
        assertThat(HostMemory.limit(-1)).isBetween(1L << 20, 8L << 30);
        assertThat(HostMemory.limit(7)).isEqualTo(7);
    }
}
