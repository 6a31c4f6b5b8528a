package dev.paddock.runner.sampling;

import dev.paddock.runner.sampling.GrammarRules.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds rules that can begin with themselves, at once or over others. Takes time in proportion to the grammar. */
final class LeftRecursion {
    private final List<Rule> rules;
    private final boolean[] empty;
    private final int[] stack;
    private int depth;

    LeftRecursion(List<Rule> rules) {
        this.rules = rules;
        empty = new boolean[rules.size()];
        stack = new int[rules.size()];
        findEmpty();
    }

    /** Which rules match the empty text: from those with an empty alternative on to those that need only such. */
    private void findEmpty() {
        List<List<int[]>> uses = new ArrayList<>();
        for (int r = 0; r < rules.size(); r++) uses.add(new ArrayList<>(1));
        for (int r = 0; r < rules.size(); r++) {
            for (int[] alternative : rules.get(r).alternatives()) note(r, alternative, uses);
        }
        while (depth > 0) {
            for (int[] use : uses.get(stack[--depth])) {
                if (--use[1] == 0) markEmpty(use[0]);
            }
        }
    }

    /** Notes an alternative of rules alone: with its rule, and how many of its symbols are not known to be empty. */
    private void note(int rule, int[] alternative, List<List<int[]>> uses) {
        for (int symbol : alternative) if (!Grammar.isRule(symbol)) return;
        if (alternative.length == 0) markEmpty(rule);
        int[] use = {rule, alternative.length};
        for (int symbol : alternative) uses.get(Grammar.number(symbol)).add(use);
    }

    private void markEmpty(int rule) {
        if (empty[rule]) return;
        empty[rule] = true;
        stack[depth++] = rule;
    }

    /** The number of such a rule, -1 when there is none. */
    int find() {
        int[][] begins = new int[rules.size()][];
        int[] next = new int[rules.size()];
        byte[] seen = new byte[rules.size()]; // 1 = on the path, 2 = done
        for (int start = 0; start < rules.size(); start++) {
            if (seen[start] == 0) push(start, seen, begins);
            while (depth > 0) {
                int rule = stack[depth - 1];
                if (next[rule] == begins[rule].length) {
                    seen[rule] = 2;
                    depth--;
                    continue;
                }
                int begin = begins[rule][next[rule]++];
                if (seen[begin] == 1) return begin;
                if (seen[begin] == 0) push(begin, seen, begins);
            }
        }
        return -1;
    }

    private void push(int rule, byte[] seen, int[][] begins) {
        seen[rule] = 1;
        begins[rule] = begins(rules.get(rule));
        stack[depth++] = rule;
    }

    /** The rules that a rule can begin with. */
    private int[] begins(Rule rule) {
        int[] found = new int[4];
        int count = 0;
        for (int[] alternative : rule.alternatives()) {
            for (int symbol : alternative) {
                if (!Grammar.isRule(symbol)) break;
                if (count == found.length) found = Arrays.copyOf(found, 2 * count);
                found[count++] = Grammar.number(symbol);
                if (!empty[Grammar.number(symbol)]) break;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
