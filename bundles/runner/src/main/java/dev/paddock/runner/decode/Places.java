package dev.paddock.runner.decode;

import dev.paddock.api.engine.CacheStatus;
import dev.paddock.runner.cache.PrefixCache;
import dev.paddock.runner.llama.SequenceState;

/** Where sequences are in the KV cache. Keeps the prefix cache's book and the context in step. Decode thread only. */
final class Places {
    private final PrefixCache cache;
    private final SequenceState memory;

    Places(PrefixCache cache, SequenceState memory) {
        this.cache = cache;
        this.memory = memory;
    }

    /** Gives a sequence its place, with all that is known of its prompt. */
    void enter(Sequence sequence) {
        Track track = sequence.track();
        PrefixCache.Place place = cache.enter(sequence.scope(), track.tokens(), track.length());
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
        if (!sequence.overhang()) return;
        if (!memory.forget(sequence.place(), sequence.track().computed())) {
            throw new IllegalStateException("the model cannot forget guesses");
        }
        sequence.cut();
    }

    /** The batch was not, or only partly, computed: back to where it was. */
    void rewind(Sequence sequence) {
        sequence.unshare();
        if (sequence.place() == Sequence.NOWHERE) return;
        if (memory.forget(sequence.place(), sequence.track().computed())) return;
        // A model that cannot forget a part starts over, from what the cache knows.
        drop(sequence);
        enter(sequence);
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
        cut(sequence);
        Track track = sequence.track();
        cache.leave(sequence.place(), track.tokens(), track.computed());
        sequence.place(Sequence.NOWHERE, 0);
    }

    /** Frees its place, of which nobody knows what it holds. */
    void drop(Sequence sequence) {
        if (sequence.place() != Sequence.NOWHERE) cache.drop(sequence.place());
        sequence.place(Sequence.NOWHERE, 0);
    }

    /** Gives up what is kept until so many tokens fit. */
    boolean makeRoom(int tokens) {
        return cache.makeRoom(tokens);
    }

    CacheStatus status() {
        return cache.status();
    }
}
