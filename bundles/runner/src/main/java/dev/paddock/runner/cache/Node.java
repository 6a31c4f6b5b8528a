package dev.paddock.runner.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;

/** A run of tokens that lies in the same cells for every sequence that passes through it. */
final class Node {
    Node parent;
    /** Position of the first token. */
    final int start;
    /** Children of which several may begin with the same token: computed twice, they lie in different cells. */
    final ArrayList<Node> children = new ArrayList<>(2);
    /** Sequences that end here. */
    final BitSet ends = new BitSet();
    /** When it, or what is below it, was last of use, by a counter. */
    long used;
    /** A border worth keeping: what grows from here grows in a child. */
    boolean sealed;

    private int[] tokens;
    private int length;

    Node(Node parent, int start) {
        this(parent, start, new int[16], 0);
    }

    private Node(Node parent, int start, int[] tokens, int length) {
        this.parent = parent;
        this.start = start;
        this.tokens = tokens;
        this.length = length;
    }

    int length() {
        return length;
    }

    /** Position after the last token. */
    int end() {
        return start + length;
    }

    boolean idle() {
        return children.isEmpty() && ends.isEmpty();
    }

    void append(int[] from, int to) {
        int added = to - end();
        if (length + added > tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(length + added, 2 * tokens.length));
        }
        System.arraycopy(from, end(), tokens, length, added);
        length += added;
    }

    void cut(int end) {
        length = end - start;
    }

    /** Where what it holds stops being what is asked for, at most at the limit. */
    int common(int[] asked, int limit) {
        int to = Math.min(end(), limit);
        if (to <= start) return start;
        int differs = Arrays.mismatch(tokens, 0, to - start, asked, start, to);
        return differs < 0 ? to : start + differs;
    }

    /** Gives its tokens to a new parent up to there, and returns that; the rest replaces this node. */
    Node split(int at) {
        Node upper = new Node(parent, start, Arrays.copyOf(tokens, at - start), at - start);
        Node rest = new Node(upper, at, Arrays.copyOfRange(tokens, at - start, length), end() - at);
        rest.children.addAll(children);
        for (Node child : children) child.parent = rest;
        rest.ends.or(ends);
        rest.used = used;
        rest.sealed = sealed;
        upper.used = used;
        upper.sealed = true;
        upper.children.add(rest);
        parent.children.set(parent.children.indexOf(this), upper);
        return upper;
    }

    /** Takes the tokens and the place of its only child. */
    void absorb() {
        Node child = children.getFirst();
        tokens = Arrays.copyOf(tokens, length + child.length);
        System.arraycopy(child.tokens, 0, tokens, length, child.length);
        length += child.length;
        children.clear();
        children.addAll(child.children);
        for (Node grandchild : children) grandchild.parent = this;
        ends.or(child.ends);
        sealed = child.sealed;
    }

    /** Writes the tokens from the root to here. */
    int[] path() {
        int[] all = new int[end()];
        for (Node node = this; node.parent != null; node = node.parent) {
            System.arraycopy(node.tokens, 0, all, node.start, node.length);
        }
        return all;
    }
}
