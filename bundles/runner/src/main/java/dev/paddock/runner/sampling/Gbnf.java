package dev.paddock.runner.sampling;

import dev.paddock.api.engine.GenerationOrder;
import java.util.Arrays;

/**
 * Reads GBNF, llama.cpp's notation of grammars. Everything is bounded: length, depth of brackets, repetitions. What
 * llama.cpp refuses is refused here, with the line and the rule.
 */
final class Gbnf {
    private static final int DEEPEST = 200;
    private static final int MOST_REPETITIONS = 10_000;
    private static final int ENDLESS = -1;

    private final GbnfText text;
    private final GrammarRules rules = new GrammarRules();
    private String rule = "";
    private int depth;

    private Gbnf(String grammar) {
        text = new GbnfText(grammar);
    }

    /**
     * Reads a grammar.
     *
     * @throws dev.paddock.runner.llama.LlamaException INVALID_REQUEST with line and rule
     */
    static Grammar parse(String grammar) {
        if (grammar.length() > GenerationOrder.LONGEST_GRAMMAR) {
            throw Ranges.invalid("the grammar has more than " + GenerationOrder.LONGEST_GRAMMAR + " characters");
        }
        Gbnf gbnf = new Gbnf(grammar);
        gbnf.text.skipBlanks(true);
        while (!gbnf.text.atEnd()) gbnf.rule();
        return gbnf.rules.build();
    }

    private void rule() {
        text.inRule("");
        rule = text.name();
        text.inRule(rule);
        int symbol = rules.named(rule, text.line());
        if (!rules.rule(symbol).alternatives().isEmpty()) throw text.error("it is defined twice");
        text.skipBlanks(false);
        text.expect("::=");
        text.skipBlanks(true);
        alternatives(symbol);
        if (!text.atEnd() && text.peek() != '\n' && text.peek() != '\r') {
            throw text.error("the end of the line is expected here, not " + text.here());
        }
        text.skipBlanks(true);
    }

    private void alternatives(int symbol) {
        do {
            text.skipBlanks(true);
            rules.add(symbol, sequence());
        } while (text.take('|'));
    }

    private int[] sequence() {
        Symbols symbols = new Symbols();
        int last = 0; // where the item begins that a repetition is of
        while (true) {
            int c = text.peek();
            if (c == '*' || c == '+' || c == '?' || c == '{') {
                if (last == symbols.count) throw text.error("nothing is there for " + text.here() + " to repeat");
                repetition(symbols, last);
            } else {
                last = symbols.count;
                if (!item(symbols)) return symbols.from(0);
            }
            text.skipBlanks(depth > 0);
        }
    }

    private boolean item(Symbols symbols) {
        int c = text.peek();
        if (text.take('"')) {
            while (!text.take('"')) symbols.add(rules.character(text.character()));
        } else if (text.take('[')) {
            symbols.add(rules.set(characterClass()));
        } else if (text.take('.')) {
            symbols.add(rules.set(CharacterSet.ANY));
        } else if (text.take('(')) {
            symbols.add(group());
        } else if (GbnfText.isNameCharacter(c)) {
            int line = text.line();
            symbols.add(rules.named(text.name(), line));
        } else if (c == '<' || c == '!') {
            throw text.error("tokens in grammars are not supported; write what they print as a literal");
        } else {
            return false;
        }
        return true;
    }

    private CharacterSet characterClass() {
        boolean inverted = text.take('^');
        int[] pairs = new int[16];
        int count = 0;
        while (!text.take(']')) {
            if (count == pairs.length) pairs = Arrays.copyOf(pairs, 2 * count);
            int first = text.character();
            pairs[count++] = first;
            pairs[count++] = text.takeRange() ? text.character() : first;
        }
        CharacterSet set = CharacterSet.of(pairs, count);
        return inverted ? set.inverted() : set;
    }

    private int group() {
        if (++depth > DEEPEST) throw text.error("brackets are nested deeper than " + DEEPEST);
        int group = rules.unnamed(rule, text.line());
        alternatives(group);
        if (!text.take(')')) throw text.error("\")\" is expected here, not " + text.here());
        depth--;
        return group;
    }

    /** Reads a repetition and writes it out over what it is of. */
    private void repetition(Symbols symbols, int from) {
        int[] item = symbols.from(from);
        symbols.count = from;
        if (text.take('*')) {
            symbols.add(repeated(item, 0, ENDLESS));
        } else if (text.take('+')) {
            symbols.add(repeated(item, 1, ENDLESS));
        } else if (text.take('?')) {
            symbols.add(repeated(item, 0, 1));
        } else {
            text.take('{');
            text.skipBlanks(depth > 0);
            int least = text.number();
            text.skipBlanks(depth > 0);
            int most = least;
            if (text.take(',')) {
                text.skipBlanks(depth > 0);
                most = text.peek() == '}' ? ENDLESS : text.number();
                text.skipBlanks(depth > 0);
            }
            if (!text.take('}')) throw text.error("\"}\" is expected here, not " + text.here());
            symbols.add(repeated(item, least, most));
        }
    }

    /** A rule for so many of an item: those that must be, then one that may follow, and so on. */
    private int repeated(int[] item, int least, int most) {
        int line = text.line();
        if (Math.max(least, most) > MOST_REPETITIONS) {
            throw text.error("more than " + MOST_REPETITIONS + " repetitions");
        }
        if (most != ENDLESS && most < least) throw text.error("a repetition of " + least + " to " + most);
        int one = item.length == 1 ? item[0] : rules.unnamed(rule, line);
        if (item.length != 1) rules.add(one, item);
        Symbols all = new Symbols();
        for (int i = 0; i < least; i++) all.add(one);
        if (most == ENDLESS) {
            int more = rules.unnamed(rule, line);
            rules.add(more, new int[] {one, more});
            rules.add(more, new int[0]);
            all.add(more);
        } else if (most > least) {
            all.add(optional(one, most - least, line));
        }
        int result = rules.unnamed(rule, line);
        rules.add(result, all.from(0));
        return result;
    }

    private int optional(int one, int most, int line) {
        int rest = -1;
        for (int i = 0; i < most; i++) {
            int next = rules.unnamed(rule, line);
            rules.add(next, rest < 0 ? new int[] {one} : new int[] {one, rest});
            rules.add(next, new int[0]);
            rest = next;
        }
        return rest;
    }

    /** A growing list. */
    private static final class Symbols {
        private int[] symbols = new int[8];
        private int count;

        void add(int symbol) {
            if (count == symbols.length) symbols = Arrays.copyOf(symbols, 2 * count);
            symbols[count++] = symbol;
        }

        int[] from(int start) {
            return Arrays.copyOfRange(symbols, start, count);
        }
    }
}
