package dev.paddock.runner.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the rules of a grammar. A rule is a list of alternatives, an alternative a list of symbols, a symbol a rule
 * ({@code 2 * number}) or a set of characters ({@code 2 * number + 1}).
 */
final class GrammarRules {
    private static final int MOST_SYMBOLS = 400_000;

    /**
     * One rule.
     *
     * @param name the rule of the text that it is, or is part of
     * @param line where that is used first or defined
     * @param alternatives empty while it is not defined
     */
    record Rule(String name, int line, List<int[]> alternatives) {}

    private final Map<String, Integer> names = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<CharacterSet> sets = new ArrayList<>();
    private final Map<Integer, Integer> characters = new HashMap<>();
    private int symbols;

    /** The symbol of a rule with a name, which may be defined later. */
    int named(String name, int line) {
        return names.computeIfAbsent(name, n -> unnamed(n, line));
    }

    /** The symbol of a new rule that is part of another. */
    int unnamed(String owner, int line) {
        rules.add(new Rule(owner, line, new ArrayList<>()));
        return 2 * (rules.size() - 1);
    }

    /** The symbol of a character. */
    int character(int c) {
        return characters.computeIfAbsent(c, one -> set(CharacterSet.of(one)));
    }

    /** The symbol of a set of characters. */
    int set(CharacterSet set) {
        sets.add(set);
        return 2 * (sets.size() - 1) + 1;
    }

    Rule rule(int symbol) {
        return rules.get(symbol / 2);
    }

    /** Adds an alternative to a rule. */
    void add(int symbol, int[] alternative) {
        Rule rule = rule(symbol);
        symbols += alternative.length + 1;
        if (symbols > MOST_SYMBOLS) {
            throw GbnfText.error(rule.line(), rule.name(), "it has too many symbols, repetitions written out");
        }
        rule.alternatives().add(alternative);
    }

    /**
     * All rules, checked.
     *
     * @throws dev.paddock.runner.llama.LlamaException when one is missing or begins with itself
     */
    Grammar build() {
        Integer root = names.get("root");
        if (root == null) throw Ranges.invalid("the grammar has no rule \"root\"");
        for (Rule rule : rules) {
            if (rule.alternatives().isEmpty()) {
                throw GbnfText.error(rule.line(), rule.name(), "it is used but not defined");
            }
        }
        int recursive = new LeftRecursion(rules).find();
        if (recursive >= 0) {
            Rule rule = rules.get(recursive);
            throw GbnfText.error(rule.line(), rule.name(), "it can begin with itself (left recursion)");
        }
        return flat(root);
    }

    private Grammar flat(int root) {
        int[] code = new int[symbols];
        int[] first = new int[rules.size() + 1];
        int[] starts = new int[symbols];
        int used = 0;
        int count = 0;
        for (int r = 0; r < rules.size(); r++) {
            first[r] = count;
            for (int[] alternative : rules.get(r).alternatives()) {
                starts[count++] = used;
                System.arraycopy(alternative, 0, code, used, alternative.length);
                used += alternative.length;
                code[used++] = Grammar.END;
            }
        }
        first[rules.size()] = count;
        return new Grammar(code, Arrays.copyOf(starts, count), first, sets.toArray(CharacterSet[]::new), root / 2);
    }
}
