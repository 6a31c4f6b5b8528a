package dev.paddock.prompt.grammar.regular;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts in which none of some marks stands (Aho and Corasick's automaton). Where one of the marks follows such a
 * text, it is the first mark that is met: no other begins before it.
 */
public final class Absence {
    private static final int MOST_CHARACTERS = 4096;

    private final List<Map<Integer, Integer>> children = new ArrayList<>();
    private final List<Integer> fallback = new ArrayList<>();
    private final List<Integer> longestMark = new ArrayList<>();
    private final List<int[]> marks;

    private Absence(List<String> marks) {
        this.marks = marks.stream().map(m -> m.codePoints().toArray()).toList();
        node();
        for (int[] mark : this.marks) {
            int node = 0;
            for (int character : mark) {
                Integer next = children.get(node).get(character);
                if (next == null) {
                    next = node();
                    children.get(node).put(character, next);
                }
                node = next;
            }
            longestMark.set(node, mark.length);
        }
        linkFallbacks();
    }

    /**
     * The automaton of those texts.
     *
     * @param marks none is empty
     * @throws TooComplexException when they have more than 4096 characters
     */
    public static Automaton of(List<String> marks) {
        return new Absence(marks).automaton();
    }

    private int node() {
        if (children.size() > MOST_CHARACTERS) {
            throw new TooComplexException("the texts have more than " + MOST_CHARACTERS + " characters");
        }
        children.add(new LinkedHashMap<>(2));
        fallback.add(0);
        longestMark.add(0);
        return children.size() - 1;
    }

    /** The longest end of what was read that a mark begins with too, shorter ones first. */
    private void linkFallbacks() {
        var open = new ArrayDeque<>(children.getFirst().values());
        while (!open.isEmpty()) {
            int node = open.poll();
            children.get(node).forEach((character, child) -> {
                int shorter = next(fallback.get(node), character);
                fallback.set(child, shorter);
                longestMark.set(child, Math.max(longestMark.get(child), longestMark.get(shorter)));
                open.add(child);
            });
        }
    }

    private int next(int node, int character) {
        for (int at = node; ; at = fallback.get(at)) {
            Integer child = children.get(at).get(character);
            if (child != null) return child;
            if (at == 0) return 0;
        }
    }

    private Automaton automaton() {
        Characters special = Characters.NONE;
        for (int[] mark : marks) for (int character : mark) special = special.or(Characters.of(character));
        AutomatonDraft draft = new AutomatonDraft("the texts", children.size());
        for (int i = 0; i < children.size(); i++) draft.state(longestMark.get(i) == 0 && mayEnd(i));
        for (int i = 0; i < children.size(); i++) {
            if (longestMark.get(i) > 0) continue;
            draft.edge(i, Characters.ALL.without(special), 0);
            for (int range = 0; range < special.ranges(); range++) {
                for (int c = special.first(range); c <= special.last(range); c++) {
                    int to = next(i, c);
                    if (longestMark.get(to) == 0) draft.edge(i, Characters.of(c), to);
                }
            }
        }
        return draft.build().minimal();
    }

    /** Whether no mark that follows completes another which began before it. */
    private boolean mayEnd(int node) {
        for (int[] mark : marks) {
            int at = node;
            for (int read = 1; read <= mark.length; read++) {
                at = next(at, mark[read - 1]);
                if (longestMark.get(at) > read) return false;
            }
        }
        return true;
    }
}
