package dev.paddock.runner.decode;

import dev.paddock.api.engine.CacheStatus;
import dev.paddock.runner.cache.Fetch;
import dev.paddock.runner.cache.PrefixCache;
import dev.paddock.runner.llama.SequenceState;

/** Where sequences are in the KV cache. Keeps the prefix cache's book and the context in step. Decode thread only. */
final class Places {
    private final PrefixCache cache;
    private final SequenceState memory;
    private final boolean rewinds;

    /** @param rewinds whether the model can forget a part of a sequence */
    Places(PrefixCache cache, SequenceState memory, boolean rewinds) {
        this.cache = cache;
        this.memory = memory;
        this.rewinds = rewinds;
    }

    /** Asks the disk, if that knows more of its prompt than memory does. */
    Fetch fetch(Sequence sequence, Fetch.Listener listener) {
        Track track = sequence.track();
        return cache.fetch(sequence.scope(), track.tokens(), track.length(), listener);
    }

    /** Gives a sequence its place, with all that is known of its prompt. */
    void enter(Sequence sequence) {
        Track track = sequence.track();
        Fetch fetch = sequence.fetch();
        sequence.fetch(null);
        PrefixCache.Place place = cache.enter(sequence.scope(), track.tokens(), track.length(), fetch);
        sequence.place(place.sequence(), place.cached());
        sequence.spent().cached(place.cached());
    }

    /** What it computed may serve others from now on. */
    void grown(Sequence sequence) {
        cache.grown(
                sequence.place(), sequence.track().tokens(), sequence.track().computed());
    }

    /** Forgets what the context may hold beyond the tokens that count. */
    void cut(Sequence sequence) {
        if (!memory.forget(sequence.place(), sequence.track().computed())) {
            throw new IllegalStateException("the model cannot forget guesses");
        }
    }

    /**
     * The batch was not, or only partly, computed. Parts of a prompt that were are kept: whoever aborts others again
     * and again cannot hold it back.
     *
     * @return tokens that were computed all the same
     */
    int rewind(Sequence sequence) {
        sequence.unshare();
        if (sequence.place() == Sequence.NOWHERE) return 0;
        Track track = sequence.track();
        int before = track.computed();
        // The last token is computed again, because its logits are lost.
        int held = rewinds ? Math.min(memory.lastPosition(sequence.place()) + 1, track.length() - 1) : before;
        if (memory.forget(sequence.place(), held)) {
            track.computed(held);
            if (held != before) grown(sequence);
            return Math.max(0, held - before);
        }
        // A model that cannot forget a part starts over, from what the cache knows when it enters again.
        drop(sequence);
        return 0;
    }

    /** Makes room in a full context; false when that is not possible. */
    boolean shift(Sequence sequence) {
        int dropped = sequence.surplus();
        int from = sequence.kept();
        if (from + dropped > sequence.track().computed() || !cache.detach(sequence.place())) return false;
        if (!memory.shift(sequence.place(), from, from + dropped)) return false;
        sequence.shifted(dropped);
        grown(sequence);
        return true;
    }

    /** Frees its place; what it computed stays for others. */
    void leave(Sequence sequence) {
        if (sequence.place() == Sequence.NOWHERE) return;
        Track track = sequence.track();
        cache.leave(sequence.place(), track.tokens(), track.computed());
        sequence.place(Sequence.NOWHERE, 0);
    }

    /** Frees its place, of which nobody knows what it holds. */
    void drop(Sequence sequence) {
        if (sequence.place() != Sequence.NOWHERE) cache.drop(sequence.place());
        sequence.place(Sequence.NOWHERE, 0);
    }

    /** So many tokens were computed, by all together. */
    void computed(int tokens) {
        cache.computed(tokens);
    }

    /** Nothing runs: what takes time can be done. */
    void settle() {
        cache.settle();
    }

    /** Gives up what is kept until so many tokens fit. */
    boolean makeRoom(int tokens) {
        return cache.makeRoom(tokens);
    }

    CacheStatus status() {
        return cache.status();
    }
}
