package dev.paddock.runner.sampling;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;

/** Random texts of a grammar: each way on is as likely as another, until a text is long; then the shortest is taken. */
public final class RandomTexts {
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final Grammar grammar;
    private final Random random;
    /** Fewest characters that each alternative, and each rule, can be. */
    private final long[] shortest;

    private final long[] shortestOfRule;

    public RandomTexts(GrammarAcceptor acceptor, Random random) {
        grammar = acceptor.grammar();
        this.random = random;
        shortest = new long[grammar.starts().length];
        shortestOfRule = new long[grammar.first().length - 1];
        findShortest();
    }

    private void findShortest() {
        Arrays.fill(shortest, NEVER);
        Arrays.fill(shortestOfRule, NEVER);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int rule = shortestOfRule.length - 1; rule >= 0; rule--) {
                for (int a = grammar.first()[rule]; a < grammar.first()[rule + 1]; a++) {
                    shortest[a] = Math.min(shortest[a], length(grammar.starts()[a]));
                    changed |= shortest[a] < shortestOfRule[rule];
                    shortestOfRule[rule] = Math.min(shortestOfRule[rule], shortest[a]);
                }
            }
        }
    }

    private long length(int start) {
        long length = 0;
        for (int at = start; grammar.code()[at] != Grammar.END; at++) {
            int symbol = grammar.code()[at];
            long symbolLength = Grammar.isRule(symbol) ? shortestOfRule[Grammar.number(symbol)] : 1;
            length = Math.min(NEVER, length + symbolLength);
        }
        return length;
    }

    /**
     * The next text.
     *
     * @param length characters after which it is brought to an end
     */
    public String next(int length) {
        StringBuilder text = new StringBuilder();
        var open = new ArrayDeque<Integer>();
        push(grammar.root(), open, false);
        for (int steps = 0; !open.isEmpty(); steps++) {
            int at = open.pop();
            int symbol = grammar.code()[at];
            if (symbol == Grammar.END) continue;
            open.push(at + 1);
            boolean enough = text.length() >= length || steps > 20 * length;
            if (Grammar.isRule(symbol)) push(Grammar.number(symbol), open, enough);
            else text.appendCodePoint(character(grammar.sets()[Grammar.number(symbol)].bounds()));
        }
        return text.toString();
    }

    private void push(int rule, ArrayDeque<Integer> open, boolean enough) {
        int first = grammar.first()[rule];
        int count = grammar.first()[rule + 1] - first;
        int chosen = first + random.nextInt(count);
        while (shortest[chosen] == NEVER) chosen = first + random.nextInt(count);
        if (enough) {
            for (int a = first; a < first + count; a++) if (shortest[a] < shortest[chosen]) chosen = a;
        }
        open.push(grammar.starts()[chosen]);
    }

    /** Mostly what is common, but the ends of ranges too. */
    private int character(int[] bounds) {
        int range = random.nextInt(bounds.length / 2);
        int first = bounds[2 * range];
        int last = bounds[2 * range + 1];
        int[] ends = {first, last, Math.min(last, first + random.nextInt(96))};
        int chosen = random.nextInt(4) == 0 ? ends[random.nextInt(3)] : first + random.nextInt(last - first + 1);
        // Halves of surrogate pairs cannot be encoded, so no model writes them.
        return chosen >= 0xD800 && chosen <= 0xDFFF ? ends[0] : chosen;
    }
}
