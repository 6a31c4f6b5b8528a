package dev.paddock.runner.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sequence holds which tokens, and which of them in the same cells: one tree per scope whose paths are the
 * contents of sequences. A node is there as long as a sequence passes through it. Pure bookkeeping.
 */
final class RadixTree {
    /** More than sequences can need; borders that no sequence ends at are given up beyond it. */
    static final int MAX_NODES = 1024;

    /** Whether a sequence that holds so much can be cut there. */
    interface Cut {
        boolean possible(int sequence, int held, int at);
    }

    /** @param sequence holds the first {@code length} of the tokens that were asked for; -1 = nobody */
    record Found(int sequence, int length) {
        static final Found NOTHING = new Found(-1, 0);
    }

    private final Map<String, Node> roots = new HashMap<>();
    private final Node[] at;
    private final String[] scopes;
    private int nodes;
    private int cells;
    private long clock;

    RadixTree(int sequences) {
        at = new Node[sequences];
        scopes = new String[sequences];
    }

    /** Tokens held, those in shared cells once. */
    int cells() {
        return cells;
    }

    int nodes() {
        return nodes;
    }

    boolean has(int sequence) {
        return at[sequence] != null;
    }

    String scope(int sequence) {
        return scopes[sequence];
    }

    /** How many tokens a sequence holds. */
    int held(int sequence) {
        return at[sequence].end();
    }

    int[] tokens(int sequence) {
        return at[sequence].path();
    }

    /** How many of its tokens lie in cells that no other sequence holds. */
    int alone(int sequence) {
        Node node = at[sequence];
        if (!node.children.isEmpty() || node.ends.cardinality() > 1) return 0;
        int sum = node.length();
        for (node = node.parent; node != null && node.children.size() == 1 && node.ends.isEmpty(); node = node.parent) {
            sum += node.length();
        }
        return sum;
    }

    /** Where the last node of a sequence begins: what is before it may be of use to others. */
    int border(int sequence) {
        return at[sequence].start;
    }

    /** Whether something grew from where it ends. */
    boolean inner(int sequence) {
        return !at[sequence].children.isEmpty();
    }

    /** Whether that other one ends at the same place. */
    boolean together(int one, int other) {
        return at[one] == at[other];
    }

    long used(int sequence) {
        return at[sequence].used;
    }

    /** Makes a sequence, and all on its path, the most recently used. */
    void touch(int sequence) {
        clock++;
        for (Node node = at[sequence]; node != null; node = node.parent) node.used = clock;
    }

    /** A new and empty sequence. */
    void add(int sequence, String scope) {
        Node root = roots.get(scope);
        if (root == null) roots.put(scope, root = new Node(null, 0));
        end(sequence, scope, root);
    }

    /** A new sequence that holds the first tokens of another one, in the same cells. */
    void share(int sequence, int from, int length) {
        end(sequence, scopes[from], borderAt(at[from], length));
        if (nodes > MAX_NODES) compact();
    }

    private void end(int sequence, String scope, Node node) {
        if (at[sequence] != null) throw new IllegalStateException("sequence " + sequence + " is taken");
        scopes[sequence] = scope;
        at[sequence] = node;
        node.ends.set(sequence);
    }

    /** What a sequence computes from now on lies behind a border. */
    void seal(int sequence) {
        at[sequence].sealed = true;
    }

    /** A sequence now holds so many of these tokens, of which it held the first before. */
    void grow(int sequence, int[] tokens, int to) {
        Node node = at[sequence];
        if (to == node.end()) return;
        boolean alone = node.children.isEmpty() && node.ends.cardinality() == 1;
        if (node.parent == null || node.sealed || !alone) {
            Node child = new Node(node, node.end());
            child.used = node.used;
            node.children.add(child);
            node.ends.clear(sequence);
            child.ends.set(sequence);
            at[sequence] = node = child;
            nodes++;
        }
        cells += to - node.end();
        node.append(tokens, to);
        if (nodes > MAX_NODES) compact();
    }

    /** A sequence forgets what is from there on; cells go when nobody else holds them. */
    void truncate(int sequence, int to) {
        Node node = leave(sequence, to);
        if (node.start < to && to < node.end() && node.idle()) {
            cells -= node.end() - to;
            node.cut(to);
        }
        end(sequence, scopes[sequence], borderAt(node, to));
    }

    /** A sequence is gone. */
    void remove(int sequence) {
        Node root = leave(sequence, 0);
        if (root.idle()) roots.remove(scopes[sequence]);
        scopes[sequence] = null;
    }

    /** Takes a sequence from where it ends, and what only it held after that position; the node that holds it. */
    private Node leave(int sequence, int to) {
        Node node = at[sequence];
        node.ends.clear(sequence);
        at[sequence] = null;
        while (node.parent != null && node.start >= to) {
            if (node.idle()) {
                cells -= node.length();
                nodes--;
                node.parent.children.remove(node);
            }
            node = node.parent;
        }
        return node;
    }

    /** The node on the path to this one that ends there; made by a split when there is none. */
    private Node borderAt(Node below, int end) {
        Node node = below;
        while (node.start >= end && node.parent != null) node = node.parent;
        if (node.end() == end) return node;
        Node upper = node.split(end);
        nodes++;
        Node rest = upper.children.getFirst();
        for (int s = rest.ends.nextSetBit(0); s >= 0; s = rest.ends.nextSetBit(s + 1)) at[s] = rest;
        return upper;
    }

    /** Who holds most of the first tokens, and can be cut there. */
    Found find(String scope, int[] tokens, int limit, Cut cut) {
        Node root = roots.get(scope);
        return root == null ? Found.NOTHING : best(root, tokens, limit, cut);
    }

    private static Found best(Node node, int[] tokens, int limit, Cut cut) {
        int end = node.common(tokens, limit);
        Found best = Found.NOTHING;
        if (end == node.end() && end < limit) {
            for (Node child : node.children) {
                if (child.common(tokens, limit) == end) continue;
                Found found = best(child, tokens, limit, cut);
                if (found.length() > best.length()) best = found;
            }
        }
        if (best.length() >= end) return best;
        int holder = holder(node, end, cut);
        return holder < 0 ? best : new Found(holder, end);
    }

    private static int holder(Node node, int end, Cut cut) {
        for (int s = node.ends.nextSetBit(0); s >= 0; s = node.ends.nextSetBit(s + 1)) {
            if (cut.possible(s, node.end(), end)) return s;
        }
        for (Node child : node.children) {
            int holder = holder(child, end, cut);
            if (holder >= 0) return holder;
        }
        return -1;
    }

    /** Tokens on the paths of these sequences, shared ones once. */
    int cells(boolean[] of) {
        int sum = 0;
        for (Node root : roots.values()) sum += Math.max(0, cells(root, of));
        return sum;
    }

    /** -1 when none of them is here. */
    private static int cells(Node node, boolean[] of) {
        int sum = 0;
        boolean here = false;
        for (int s = node.ends.nextSetBit(0); s >= 0; s = node.ends.nextSetBit(s + 1)) here |= of[s];
        for (Node child : node.children) {
            int below = cells(child, of);
            here |= below >= 0;
            sum += Math.max(0, below);
        }
        return here ? sum + node.length() : -1;
    }

    /** Gives up borders at which nothing ends and nothing branches. */
    private void compact() {
        List<Node> all = new ArrayList<>(roots.values());
        for (int i = 0; i < all.size(); i++) {
            Node node = all.get(i);
            while (node.parent != null && node.children.size() == 1 && node.ends.isEmpty()) {
                node.absorb();
                nodes--;
                for (int s = node.ends.nextSetBit(0); s >= 0; s = node.ends.nextSetBit(s + 1)) at[s] = node;
            }
            all.addAll(node.children);
        }
    }
}
