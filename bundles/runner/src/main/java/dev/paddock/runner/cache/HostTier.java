package dev.paddock.runner.cache;

import java.util.ArrayList;

/** States of sequences in host memory, the least recently used given up first. */
final class HostTier {
    /** Where searching all would begin to take time. */
    private static final int MAX_ENTRIES = 1024;

    private final Rewind rewind;
    private final Rooms rooms;
    private final ArrayList<Entry> entries = new ArrayList<>();
    private long limit;
    private long bytes;
    private long clock;

    /** @param rooms takes back the memory of what is given up */
    HostTier(Rewind rewind, long limit, Rooms rooms) {
        this.rewind = rewind;
        this.rooms = rooms;
        this.limit = limit;
    }

    long bytes() {
        return bytes;
    }

    void limit(long most) {
        limit = most;
        shrink();
    }

    /** Whether it would keep a state of that size after so many tokens; else there is no use in copying it. */
    boolean takes(long size, int tokens) {
        return size > 0 && Entry.bytes(size, tokens) <= limit;
    }

    /** Whether it would keep a state of that size without giving up another. */
    boolean hasRoom(long size) {
        return size > 0 && bytes + size <= limit && entries.size() < MAX_ENTRIES;
    }

    /** The entry that serves most of the first tokens; null when none serves any. */
    Entry find(String scope, int[] tokens, int most) {
        Entry best = null;
        int longest = 0;
        for (Entry entry : entries) {
            if (!entry.scope.equals(scope)) continue;
            int serves = Entry.serves(rewind, entry.tokens, tokens, most);
            if (serves > longest) {
                longest = serves;
                best = entry;
            }
        }
        return best;
    }

    /** Whether an entry can do all that a state after these tokens could; it becomes the most recently used. */
    boolean covers(String scope, int[] tokens) {
        Entry entry = find(scope, tokens, tokens.length);
        if (entry == null || Entry.serves(rewind, entry.tokens, tokens, tokens.length) < tokens.length) return false;
        touch(entry);
        return true;
    }

    void touch(Entry entry) {
        entry.used = ++clock;
    }

    /** Keeps a state, in place of those that it can serve for. */
    void add(Entry added) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            boolean covered = entry.scope.equals(added.scope)
                    && Entry.serves(rewind, added.tokens, entry.tokens, entry.tokens.length) == entry.tokens.length;
            if (covered && !entry.pinned) remove(entry);
        }
        entries.add(added);
        bytes += added.bytes();
        touch(added);
        shrink();
    }

    void remove(Entry entry) {
        if (entries.remove(entry)) {
            bytes -= entry.bytes();
            rooms.free(entry.state);
        }
    }

    private void shrink() {
        while (bytes > limit || entries.size() > MAX_ENTRIES) {
            Entry oldest = null;
            for (Entry entry : entries) {
                if (!entry.pinned && (oldest == null || entry.used < oldest.used)) oldest = entry;
            }
            if (oldest == null) return;
            remove(oldest);
        }
    }

    void close() {
        for (Entry entry : entries) entry.state.close();
        entries.clear();
        bytes = 0;
    }
}
