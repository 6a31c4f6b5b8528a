package dev.paddock.runner.cache;

import dev.paddock.api.engine.CacheStatus;
import java.util.BitSet;

/**
 * Nothing is computed twice: a request starts from the longest prefix that any other left behind in its scope. Only
 * the thread that decodes calls it. Hands out the sequence ids: enter, then grown after each step, then leave or drop.
 * Room for the tokens of a step is the caller's to ask for by {@link #makeRoom}.
 */
public final class PrefixCache implements AutoCloseable {
    /** What is shorter is computed again as fast as it is restored; not on the host, where that takes milliseconds a token. */
    private static final int LEAST_SAVED = 64;

    private static final int LEAST_SAVED_ON_HOST = 8;
    /** How many tokens more a state must hold than the KV cache does to be worth restoring. */
    private static final int WORTH = 32;
    /** On the host so many tokens are restored while one is computed. */
    private static final int RESTORED_WHILE_ONE = 64;

    /**
     * Tokens computed beside kept content until it moves to host memory. Attention passes over every cell in use, so
     * content that nobody uses slows down all others; on a device, after about so many tokens it has cost as much as
     * moving it out and back does (the rule of ski rental: whatever comes, at most twice what would have been best). On the
     * host that takes five tokens: {@link #clear} does not wait for them.
     */
    private static final int LINGER = 512;

    /**
     * Where a request computes.
     *
     * @param sequence its id until it leaves
     * @param cached how many of its first tokens are computed already, fewer than it has
     */
    public record Place(int sequence, int cached) {}

    private final KvMemory memory;
    /** So many tokens, and fewer, are not worth a copy in host memory. */
    private final int little;

    private final Rewind rewind;
    private final KvTier kv;
    private final Rooms rooms = new Rooms();
    private final HostTier host;
    private final Checkpoints checkpoints;
    private final CacheSettings settings;
    /** Null without a directory, or until it is switched on. */
    private DiskTier disk;
    /** Null when the disk tier is. */
    private DiskReads reads;

    /** Kept sequences that the disk has no copy of yet. */
    private final BitSet unstored = new BitSet();

    private long reused;

    /** @param rewind what the model can forget; with another rule than the model's it would answer wrongly */
    public PrefixCache(KvMemory memory, Rewind rewind, CacheSettings settings) {
        this.memory = memory;
        boolean small = memory.onHost() && rewind.kind() == Rewind.Kind.ANYWHERE;
        this.little = small ? LEAST_SAVED_ON_HOST : LEAST_SAVED;
        this.rewind = rewind;
        this.kv = new KvTier(memory, rewind, this::losing);
        this.host = new HostTier(rewind, HostMemory.limit(settings.hostBytes()), rooms);
        this.checkpoints = new Checkpoints(memory.sequences(), rewind, LEAST_SAVED);
        this.settings = settings;
        openDisk(settings.diskBytes());
    }

    private void openDisk(long diskBytes) {
        if (settings.directory() == null || diskBytes <= 0) return;
        disk = new DiskTier(settings, rewind, diskBytes);
        reads = new DiskReads(disk, settings.warnings(), DiskReads.LONGEST);
    }

    /**
     * Asks the disk, when that holds more of a prompt than memory does. It is read while others go on.
     *
     * @param listener hears when it was read, or could not be
     * @return what {@link #enter} wants when it is over
     */
    public Fetch fetch(String scope, int[] tokens, int length, Fetch.Listener listener) {
        check(tokens, length);
        int limit = length - 1;
        DiskTier.Stored stored = disk == null ? null : disk.find(scope, tokens, limit);
        if (stored == null) return Fetch.NOTHING;
        int serves = Entry.serves(rewind, stored.tokens(), tokens, limit);
        if (serves <= kv.holds(scope, tokens, limit) + WORTH) return Fetch.NOTHING;
        if (serves <= serves(host.find(scope, tokens, limit), tokens, limit)) return Fetch.NOTHING;
        return reads.fetch(stored, listener);
    }

    /**
     * Takes a sequence id, giving up the least recently used content when none is free.
     *
     * @param scope requests of different scopes share nothing: who asks, with which adapters
     * @param tokens the prompt
     * @param length how many of them count, at least 1
     * @param fetch what came from the disk for these tokens; is closed
     * @throws IllegalStateException when all ids are taken by requests that run
     */
    public Place enter(String scope, int[] tokens, int length, Fetch fetch) {
        check(tokens, length);
        int limit = length - 1;
        int held = kv.holds(scope, tokens, limit);
        Place place = fetched(fetch, scope, tokens, limit, held + WORTH);
        if (place == null) place = saved(scope, tokens, limit, held);
        if (place == null) {
            place = kv.enter(scope, tokens, limit);
            clear();
        }
        checkpoints.begin(place.sequence(), place.cached(), length);
        reused += place.cached();
        return place;
    }

    /**
     * Moves to host memory what nobody uses, before a request gets cells: those behind others would stay there when these
     * are gone, and attention passes over all up to the last.
     */
    private void clear() {
        if (!memory.onHost() || rewind.kind() == Rewind.Kind.CHECKPOINTS) return;
        // Of layers with a window, the state of a few tokens is as large as that of many.
        int least = rewind.kind() == Rewind.Kind.ANYWHERE ? 1 : LEAST_SAVED + 1;
        int sequence = kv.idle(0, least);
        while (sequence >= 0 && moveOut(sequence)) sequence = kv.idle(0, least);
    }

    /** Moves it to host memory; false when that is too small for it, or the engine cannot save it. */
    private boolean moveOut(int sequence) {
        if (unstored.get(sequence)) storeNow(sequence);
        boolean dispensable = kv.alone(sequence) <= little || host.covers(kv.scope(sequence), kv.tokens(sequence));
        if (!dispensable && !save(sequence)) return false;
        kv.free(sequence);
        return true;
    }

    private static void check(int[] tokens, int length) {
        if (length < 1 || length > tokens.length) {
            throw new IllegalArgumentException(length + " of " + tokens.length + " tokens");
        }
    }

    /** How many of the first tokens an entry would hold; null is none. */
    private int serves(Entry entry, int[] tokens, int limit) {
        return entry == null ? 0 : Entry.serves(rewind, entry.tokens, tokens, limit);
    }

    /** From host memory; null when no state there holds enough more than the KV cache, or there is no room for it. */
    private Place saved(String scope, int[] tokens, int limit, int held) {
        Entry entry = host.find(scope, tokens, limit);
        int serves = serves(entry, tokens, limit);
        if (serves <= held || serves <= held + worth(entry)) return null;
        host.touch(entry);
        entry.pinned = true;
        try {
            return restored(entry, serves);
        } finally {
            entry.pinned = false;
        }
    }

    /** How many tokens more it must give than the KV cache does: all of it is restored, however few are wanted. */
    private int worth(Entry entry) {
        return Math.max(little / 2, Math.min(WORTH, entry.tokens.length / RESTORED_WHILE_ONE));
    }

    /** From what the disk gave; null when it gave nothing that holds more than that, or there is no room for it. */
    private Place fetched(Fetch fetch, String scope, int[] tokens, int limit, int more) {
        SavedState state = fetch.take();
        if (state == null) return null;
        Entry entry = new Entry(scope, fetch.stored.tokens(), state);
        int serves = serves(entry, tokens, limit);
        int other = Math.max(more, serves(host.find(scope, tokens, limit), tokens, limit));
        Place place = null;
        if (serves > other && kv.makeRoom(entry.tokens.length)) {
            place = restored(entry, serves);
            if (place == null) {
                rooms.free(state);
                disk.drop(fetch.stored, "llama.cpp restores no whole state from it");
                return null;
            }
        }
        if (host.takes(state.bytes().byteSize(), entry.tokens.length) && !host.covers(scope, entry.tokens)) {
            host.add(entry);
        } else {
            rooms.free(state);
        }
        return place;
    }

    private Place restored(Entry entry, int serves) {
        clear();
        if (!kv.makeRoom(entry.tokens.length)) return null;
        int sequence = kv.vacate();
        boolean filled = memory.restore(sequence, entry.state.bytes());
        // Layers with a sliding window are saved without what is before it.
        if (filled && rewind.kind() == Rewind.Kind.ANYWHERE && memory.firstPosition(sequence) > 0) {
            memory.forget(sequence, 0);
            filled = false;
        }
        if (!filled) {
            settings.warnings()
                    .warn("llama.cpp restores no whole state of " + entry.tokens.length + " tokens; it is dropped");
            host.remove(entry);
            return null;
        }
        if (serves < entry.tokens.length && !memory.forget(sequence, serves)) {
            memory.forget(sequence, 0);
            return null;
        }
        return kv.filled(sequence, entry.scope, entry.tokens, serves);
    }

    /**
     * So much is computed and others may start from it.
     *
     * @param tokens the first {@code computed} are what the sequence holds; those told before have not changed
     * @param computed fewer than before after a roll-back
     */
    public void grown(int sequence, int[] tokens, int computed) {
        kv.grown(sequence, tokens, computed);
        if (checkpoints.due(sequence, computed)) {
            save(sequence);
            store(sequence);
        }
    }

    /**
     * Where to end the next slice of a prompt: models whose sequences cannot be cut want a stop before the last token,
     * so that the same prompt can start there when it comes again. For others it is what was wanted.
     *
     * @param from tokens computed
     * @param to tokens wanted to be computed after the slice
     * @return more than {@code from}, at most {@code to}
     */
    public int stop(int sequence, int from, int to) {
        return checkpoints.stop(sequence, from, to);
    }

    /**
     * So many tokens were computed, by all together. What was kept beside them for too long moves to host memory if
     * there is room: one sequence a call, so that what runs is not held up for long. The same goes for what the disk is
     * to have.
     */
    public void computed(int tokens) {
        kv.computed(tokens);
        if (storeNext()) return;
        int sequence = kv.idle(LINGER, little + 1);
        if (sequence < 0) {
            rooms.forget();
            return;
        }
        long size = memory.stateBytes(sequence);
        boolean copies = !host.covers(kv.scope(sequence), kv.tokens(sequence));
        if (copies && host.hasRoom(size) && !rooms.ready(size)) return; // in one of the next steps
        if (copies && !host.hasRoom(size) || !moveOut(sequence)) kv.linger(sequence);
    }

    /** A request ended; what it computed stays for others until room is needed. */
    public void leave(int sequence, int[] tokens, int computed) {
        kv.grown(sequence, tokens, computed);
        boolean worth = disk != null && computed > LEAST_SAVED;
        // What cannot be cut is there only now: whoever goes on from it changes it.
        if (worth && rewind.kind() != Rewind.Kind.ANYWHERE) store(sequence);
        else if (worth) unstored.set(sequence);
        kv.leave(sequence);
    }

    /** Stores one that left, once there is memory for the copy; false when there is none to store. */
    private boolean storeNext() {
        int sequence = unstored.nextSetBit(0);
        if (sequence < 0) return false;
        if (wantsStored(sequence) && !rooms.ready(memory.stateBytes(sequence))) return true;
        storeNow(sequence);
        return true;
    }

    /** Those that are gone are in another that is kept; those that run again are stored when they leave again. */
    private boolean wantsStored(int sequence) {
        return kv.kept(sequence) && disk.lacks(kv.scope(sequence), kv.tokens(sequence), memory.stateBytes(sequence));
    }

    private void storeNow(int sequence) {
        unstored.clear(sequence);
        if (kv.kept(sequence)) store(sequence);
    }

    /** Copies all that the disk is to have; for when nothing runs that would be held up. */
    public void settle() {
        for (int s = unstored.nextSetBit(0); s >= 0; s = unstored.nextSetBit(s + 1)) storeNow(s);
        rooms.forget(); // what lingers does not disturb anybody now
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

    private void losing(int sequence, int lost) {
        if (unstored.get(sequence)) storeNow(sequence);
        if (lost > little) save(sequence);
    }

    /** A copy into host memory, when that has none yet; whether it has one now. */
    private boolean save(int sequence) {
        String scope = kv.scope(sequence);
        if (scope == null || !host.takes(memory.stateBytes(sequence), kv.held(sequence))) return false;
        int[] tokens = kv.tokens(sequence);
        if (host.covers(scope, tokens)) return true;
        SavedState state = copy(sequence);
        if (state == null) return false;
        host.add(new Entry(scope, tokens, state));
        return true;
    }

    /** Null when the engine cannot save it, or the memory for it is not there. */
    private SavedState copy(int sequence) {
        SavedState room = rooms.take(memory.stateBytes(sequence));
        if (room == null) return SavedState.of(memory, sequence);
        if (memory.save(sequence, room.bytes())) return room;
        rooms.free(room);
        return null;
    }

    /** A copy to the disk, when that has none yet. */
    private void store(int sequence) {
        String scope = kv.scope(sequence);
        if (disk == null || scope == null) return;
        int[] tokens = kv.tokens(sequence);
        if (!disk.wants(scope, tokens, memory.stateBytes(sequence))) return;
        SavedState state = SavedState.of(memory, sequence);
        if (state != null) disk.offer(scope, tokens, state);
    }

    /** What it holds now. */
    public CacheStatus status() {
        int live = kv.liveCells();
        return new CacheStatus(memory.cells(), live, kv.usedCells() - live, host.bytes(), diskBytes(), reused);
    }

    private long diskBytes() {
        return disk == null ? 0 : disk.bytes();
    }

    /** New bounds, of the disk soon, else at once; as in {@link CacheSettings}. With 0 the files stay, unused. */
    public void limits(long hostBytes, long diskBytes) {
        host.limit(HostMemory.limit(hostBytes));
        if (disk == null) {
            openDisk(diskBytes);
        } else {
            disk.limit(diskBytes);
        }
    }

    /** Waits until the disk's entries are known, which is soon after start. */
    public void awaitIndex() {
        if (disk != null) disk.awaitIndex();
    }

    /** Waits until the disk has what was offered. */
    @Override
    public void close() {
        settle();
        kv.close();
        host.close();
        rooms.close();
        if (disk == null) return;
        reads.close();
        disk.close();
    }
}
