package dev.paddock.runner.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Semaphore;

/** What a decode loop does with the cache, on a memory without a model; fails the test that gets a wrong prefix. */
public final class Serving {
    final FakeMemory memory;
    final PrefixCache cache;

    Serving(FakeMemory memory, PrefixCache cache) {
        this.memory = memory;
        this.cache = cache;
    }

    /** Begins a request and computes its prompt. */
    PrefixCache.Place begin(String scope, int... prompt) {
        PrefixCache.Place place = enter(scope, prompt);
        assertThat(place.cached()).isLessThan(prompt.length);
        assertThat(memory.tokens(place.sequence()))
                .as("what is said to be computed")
                .isEqualTo(Arrays.copyOf(prompt, place.cached()));
        compute(place.sequence(), prompt);
        return place;
    }

    /** Takes a sequence id, after whatever the disk has was read. */
    PrefixCache.Place enter(String scope, int... prompt) {
        return enter(cache, scope, prompt);
    }

    /** Waits for what a cache's disk has, and enters. */
    public static PrefixCache.Place enter(PrefixCache cache, String scope, int... prompt) {
        Semaphore news = new Semaphore(0);
        Fetch fetch = cache.fetch(scope, prompt, prompt.length, news::release);
        if (!fetch.over()) news.acquireUninterruptibly();
        return cache.enter(scope, prompt, prompt.length, fetch);
    }

    /** Computes on, up to all of these tokens. */
    void compute(int sequence, int... tokens) {
        int held = memory.tokens(sequence).length;
        assertThat(cache.makeRoom(tokens.length - held)).isTrue();
        memory.compute(sequence, Arrays.copyOfRange(tokens, held, tokens.length));
        cache.grown(sequence, tokens, tokens.length);
    }

    /** A whole request: how many of its tokens were computed already. */
    int serve(String scope, int... prompt) {
        PrefixCache.Place place = begin(scope, prompt);
        cache.leave(place.sequence(), prompt, prompt.length);
        return place.cached();
    }

    /** Counts up from a token. */
    static int[] run(int first, int count) {
        int[] tokens = new int[count];
        Arrays.setAll(tokens, i -> first + i);
        return tokens;
    }

    static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
