package dev.paddock.prompt.grammar.regular;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Automata of given words: a tree of their beginnings. */
public final class Words {
    private static final int MOST_CHARACTERS = 200_000;

    private final List<Map<Integer, Integer>> children = new ArrayList<>();
    private final BitSet ends = new BitSet();

    private Words(Collection<String> words) {
        children.add(new LinkedHashMap<>());
        for (String word : words) {
            int node = 0;
            for (int character : word.codePoints().toArray()) node = child(node, character);
            ends.set(node);
        }
    }

    private int child(int node, int character) {
        Integer known = children.get(node).get(character);
        if (known != null) return known;
        if (children.size() == MOST_CHARACTERS) {
            throw new TooComplexException("the words have more than " + MOST_CHARACTERS + " characters");
        }
        children.get(node).put(character, children.size());
        children.add(new LinkedHashMap<>(2));
        return children.size() - 1;
    }

    /**
     * Exactly these words.
     *
     * @throws TooComplexException when they have more than 200,000 characters
     */
    public static Automaton of(Collection<String> words) {
        Words tree = new Words(words);
        AutomatonDraft draft = tree.draft(false);
        return draft.build().minimal();
    }

    /**
     * Every text but these words.
     *
     * @throws TooComplexException when they have more than 200,000 characters
     */
    public static Automaton except(Collection<String> words) {
        Words tree = new Words(words);
        AutomatonDraft draft = tree.draft(true);
        int other = draft.state(true);
        draft.edge(other, Characters.ALL, other);
        for (int i = 0; i < tree.children.size(); i++) {
            Characters known =
                    tree.children.get(i).keySet().stream().map(Characters::of).reduce(Characters.NONE, Characters::or);
            draft.edge(i, Characters.ALL.without(known), other);
        }
        return draft.build().minimal();
    }

    private AutomatonDraft draft(boolean inverted) {
        AutomatonDraft draft = new AutomatonDraft("the words", MOST_CHARACTERS + 1);
        for (int i = 0; i < children.size(); i++) draft.state(ends.get(i) != inverted);
        for (int i = 0; i < children.size(); i++) {
            int from = i;
            children.get(i).forEach((character, to) -> draft.edge(from, Characters.of(character), to));
        }
        return draft;
    }
}
