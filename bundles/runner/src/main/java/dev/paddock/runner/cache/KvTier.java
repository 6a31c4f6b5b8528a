package dev.paddock.runner.cache;

import dev.paddock.runner.cache.PrefixCache.Place;
import dev.paddock.runner.cache.RadixTree.Found;
import java.util.Arrays;

/** The tier in the KV cache: running sequences, and those kept for others to start from. */
final class KvTier {
    /** Hears which sequence is about to lose content that nobody else in the cache holds. */
    interface Loss {
        /** @param lost how many tokens */
        void losing(int sequence, int lost);
    }

    private final KvMemory memory;
    private final Rewind rewind;
    private final Loss loss;
    private final RadixTree tree;
    private final boolean[] live;
    /** Cells of sequences that are out of the tree; -1 for the others. */
    private final int[] detached;
    /** How many tokens had been computed in all when a kept sequence left, or was found worth keeping again. */
    private final long[] idleSince;

    private long computed;
    /** A sequence whose content does not count in the search that goes on; -1 = none. */
    private int leftOut = -1;

    private final RadixTree.Cut anybody = new Usable(true);
    private final RadixTree.Cut kept = new Usable(false);

    /** Whose content may serve. */
    private final class Usable implements RadixTree.Cut {
        private final boolean running;

        Usable(boolean running) {
            this.running = running;
        }

        @Override
        public boolean possible(int sequence, int held, int at) {
            return (running || !live[sequence]) && usable(sequence, held, at);
        }
    }

    KvTier(KvMemory memory, Rewind rewind, Loss loss) {
        this.loss = loss;
        this.memory = memory;
        this.rewind = rewind;
        tree = new RadixTree(memory.sequences());
        live = new boolean[memory.sequences()];
        detached = new int[memory.sequences()];
        idleSince = new long[memory.sequences()];
        Arrays.fill(detached, -1);
    }

    /** How many of the first tokens somebody holds. */
    int holds(String scope, int[] tokens, int limit) {
        return tree.find(scope, tokens, limit, anybody).length();
    }

    /** How many tokens a sequence holds that is in the tree. */
    int held(int sequence) {
        return tree.held(sequence);
    }

    /** How many of its cells nobody else holds. */
    int alone(int sequence) {
        return tree.alone(sequence);
    }

    int[] tokens(int sequence) {
        return tree.tokens(sequence);
    }

    /** Null when it is out of the tree. */
    String scope(int sequence) {
        return tree.scope(sequence);
    }

    Place enter(String scope, int[] tokens, int limit) {
        Found found = tree.find(scope, tokens, limit, anybody);
        if (found.length() == 0) return empty(scope);
        tree.touch(found.sequence());
        if (takesOver(found)) return overtake(found);
        int sequence = freeId();
        while (sequence < 0) {
            int victim = idVictim();
            if (victim == found.sequence()) {
                loss.losing(victim, tree.held(victim) - found.length());
                if (forget(victim, found.length())) return overtake(found);
                free(victim);
                return empty(scope);
            }
            evict(victim);
            sequence = freeId();
        }
        memory.copy(found.sequence(), sequence, found.length());
        tree.share(sequence, found.sequence(), found.length());
        return begin(sequence, found.length());
    }

    private boolean usable(int sequence, int held, int at) {
        if (sequence == leftOut) return false;
        if (at == held || rewind.kind() != Rewind.Kind.WINDOW) return rewind.allows(held, 0, at);
        return rewind.allows(held, memory.firstPosition(sequence), at);
    }

    /** A kept sequence that holds just this goes on itself, unless its state would be lost to others by that. */
    private boolean takesOver(Found found) {
        if (live[found.sequence()] || tree.held(found.sequence()) != found.length()) return false;
        return rewind.kind() != Rewind.Kind.CHECKPOINTS || freeId() < 0;
    }

    private Place overtake(Found found) {
        tree.seal(found.sequence());
        return begin(found.sequence(), found.length());
    }

    private Place empty(String scope) {
        int sequence = vacate();
        tree.add(sequence, scope);
        return begin(sequence, 0);
    }

    /** An id that holds nothing and is nobody's. */
    int vacate() {
        int sequence = freeId();
        while (sequence < 0) {
            evict(idVictim());
            sequence = freeId();
        }
        return sequence;
    }

    /** A vacant id was filled with the first tokens. */
    Place filled(int sequence, String scope, int[] tokens, int length) {
        tree.add(sequence, scope);
        tree.grow(sequence, tokens, length);
        tree.seal(sequence);
        return begin(sequence, length);
    }

    private Place begin(int sequence, int cached) {
        live[sequence] = true;
        tree.touch(sequence);
        return new Place(sequence, cached);
    }

    private int freeId() {
        for (int s = 0; s < live.length; s++) {
            if (!tree.has(s) && detached[s] < 0) return s;
        }
        return -1;
    }

    void grown(int sequence, int[] tokens, int computed) {
        running(sequence);
        if (detached[sequence] >= 0) {
            detached[sequence] = computed;
        } else if (computed < tree.held(sequence)) {
            tree.truncate(sequence, computed);
        } else {
            tree.grow(sequence, tokens, computed);
        }
    }

    void leave(int sequence) {
        running(sequence);
        if (detached[sequence] >= 0 || tree.held(sequence) == 0) {
            free(sequence);
            return;
        }
        live[sequence] = false;
        idleSince[sequence] = computed;
        tree.touch(sequence);
        // The one that left first: an older one with the same content has shared cells already.
        if (redundant(sequence)) {
            free(sequence);
            return;
        }
        for (int s = 0; s < live.length; s++) {
            if (s != sequence && kept(s) && redundant(s)) free(s);
        }
    }

    private void running(int sequence) {
        if (!live[sequence]) throw new IllegalStateException("sequence " + sequence + " does not run");
    }

    /** Whether it holds something and does not run. */
    boolean kept(int sequence) {
        return tree.has(sequence) && !live[sequence];
    }

    /** Whether another kept sequence can do all that this one can. */
    private boolean redundant(int sequence) {
        int held = tree.held(sequence);
        leftOut = sequence;
        Found found = tree.find(tree.scope(sequence), tree.tokens(sequence), held, kept);
        leftOut = -1;
        if (found.length() < held) return false;
        tree.touch(found.sequence());
        return true;
    }

    /** Empties a sequence, whatever it was. */
    void free(int sequence) {
        memory.forget(sequence, 0);
        if (tree.has(sequence)) tree.remove(sequence);
        detached[sequence] = -1;
        live[sequence] = false;
    }

    private boolean forget(int sequence, int from) {
        if (from == tree.held(sequence)) return true;
        if (!usable(sequence, tree.held(sequence), from) || !memory.forget(sequence, from)) return false;
        tree.truncate(sequence, from);
        return true;
    }

    boolean makeRoom(int cells) {
        while (memory.cells() - usedCells() < cells) {
            int victim = oldest(false);
            if (victim < 0) return false;
            evict(victim);
        }
        return true;
    }

    /** The least recently used kept sequence: of those that others grew from, or of those at the end of a branch. */
    private int oldest(boolean inner) {
        int oldest = -1;
        for (int s = 0; s < live.length; s++) {
            if (!kept(s) || tree.inner(s) != inner || sharedWithLive(s)) continue;
            if (oldest < 0 || tree.used(s) < tree.used(oldest)) oldest = s;
        }
        return oldest;
    }

    /** So many tokens were computed, by all together. */
    void computed(int tokens) {
        computed += tokens;
    }

    /**
     * The least recently used kept sequence that at least so many tokens were computed beside since it left; -1 = none.
     *
     * @param worth cells that it must have of its own
     */
    int idle(int tokens, int worth) {
        int oldest = -1;
        for (int s = 0; s < live.length; s++) {
            if (computed - idleSince[s] < tokens || !kept(s) || tree.alone(s) < worth) continue;
            if (oldest < 0 || tree.used(s) < tree.used(oldest)) oldest = s;
        }
        return oldest;
    }

    /** It may linger as long again. */
    void linger(int sequence) {
        idleSince[sequence] = computed;
    }

    private boolean sharedWithLive(int sequence) {
        for (int s = 0; s < live.length; s++) {
            if (live[s] && tree.has(s) && tree.together(s, sequence)) return true;
        }
        return false;
    }

    /** A kept sequence, of those at the end of a branch while there are any; -1 when all run. */
    private int anyKept() {
        int victim = oldest(false);
        for (int s = 0; victim < 0 && s < live.length; s++) {
            if (kept(s)) victim = s;
        }
        return victim;
    }

    /** Whom to take an id from: first one that holds nothing but what others hold too. */
    private int idVictim() {
        int victim = oldest(true);
        if (victim < 0) victim = anyKept();
        if (victim < 0) throw new IllegalStateException("all " + live.length + " sequences run");
        return victim;
    }

    /** Gives up the end of a branch of a kept sequence; what was before its border stays when nobody else keeps it. */
    void evict(int sequence) {
        int border = tree.border(sequence);
        boolean leaf = !tree.inner(sequence) && !sharedWithLive(sequence);
        boolean whole = rewind.kind() != Rewind.Kind.ANYWHERE;
        if (leaf || whole) loss.losing(sequence, whole ? tree.held(sequence) : tree.held(sequence) - border);
        if (!leaf || border == 0 || !forget(sequence, border) || redundant(sequence)) free(sequence);
    }

    /** As {@link PrefixCache#detach}. */
    boolean detach(int sequence) {
        running(sequence);
        if (detached[sequence] >= 0) return true;
        int held = tree.held(sequence);
        // A copy takes the place of what it is of, except for the cells that others hold too.
        while (memory.cells() - usedCells() < held - tree.alone(sequence)) {
            int victim = anyKept();
            if (victim < 0) return false;
            evict(victim);
        }
        if (tree.alone(sequence) < held && !SavedState.copyOut(memory, sequence)) return false;
        tree.remove(sequence);
        detached[sequence] = held;
        return true;
    }

    int usedCells() {
        int sum = tree.cells();
        for (int cells : detached) sum += Math.max(0, cells);
        return sum;
    }

    int liveCells() {
        int sum = tree.cells(live);
        for (int cells : detached) sum += Math.max(0, cells);
        return sum;
    }

    void close() {
        for (int s = 0; s < live.length; s++) free(s);
    }
}
