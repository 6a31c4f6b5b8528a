package dev.paddock.runner.cache;

import dev.paddock.api.engine.CacheStatus;

/**
 * Nothing is computed twice: a request starts from the longest prefix that any other left behind in its scope. Only
 * the thread that decodes calls it. Hands out the sequence ids: enter, then grown after each step, then leave or drop.
 * Room for the tokens of a step is the caller's to ask for by {@link #makeRoom}.
 */
public final class PrefixCache implements AutoCloseable {
    /**
     * Where a request computes.
     *
     * @param sequence its id until it leaves
     * @param cached how many of its first tokens are computed already, fewer than it has
     */
    public record Place(int sequence, int cached) {}

    private final KvMemory memory;
    private final KvTier kv;
    private long reused;

    /** @param rewind what the model can forget; with another rule than the model's it would answer wrongly */
    public PrefixCache(KvMemory memory, Rewind rewind, CacheSettings settings) {
        this.memory = memory;
        this.kv = new KvTier(memory, rewind);
    }

    /**
     * Takes a sequence id, giving up the least recently used content when none is free.
     *
     * @param scope requests of different scopes share nothing: who asks, with which adapters
     * @param tokens the prompt
     * @param length how many of them count, at least 1
     * @throws IllegalStateException when all ids are taken by requests that run
     */
    public Place enter(String scope, int[] tokens, int length) {
        if (length < 1 || length > tokens.length) {
            throw new IllegalArgumentException(length + " of " + tokens.length + " tokens");
        }
        Place place = kv.enter(scope, tokens, length - 1);
        reused += place.cached();
        return place;
    }

    /**
     * So much is computed and others may start from it.
     *
     * @param tokens the first {@code computed} are what the sequence holds; those told before have not changed
     * @param computed fewer than before after a roll-back
     */
    public void grown(int sequence, int[] tokens, int computed) {
        kv.grown(sequence, tokens, computed);
    }

    /** A request ended; what it computed stays for others until room is needed. */
    public void leave(int sequence, int[] tokens, int computed) {
        kv.grown(sequence, tokens, computed);
        kv.leave(sequence);
    }

    /** A request ended and nobody knows what its sequence holds: it is emptied. */
    public void drop(int sequence) {
        kv.free(sequence);
    }

    /**
     * To be called before the positions of a sequence are moved (context shift), which would move those of all that
     * share its cells: gives it cells of its own and takes its content out of what others may start from. From here on
     * {@link #grown} only counts, and {@link #leave} keeps nothing.
     *
     * @return false when there is no room for the copy, or the model's state cannot be copied; nothing changed
     */
    public boolean detach(int sequence) {
        return kv.detach(sequence);
    }

    /**
     * Gives up kept content, least recently used first, until so many cells are free.
     *
     * @return false when what runs holds them
     */
    public boolean makeRoom(int cells) {
        return kv.makeRoom(cells);
    }

    /** What it holds now. */
    public CacheStatus status() {
        int live = kv.liveCells();
        return new CacheStatus(memory.cells(), live, kv.usedCells() - live, 0, 0, reused);
    }

    /** New bounds, at once; as in {@link CacheSettings}. */
    public void limits(long hostBytes, long diskBytes) {
        throw new UnsupportedOperationException("no tiers below the KV cache yet");
    }

    @Override
    public void close() {
        kv.close();
    }
}
