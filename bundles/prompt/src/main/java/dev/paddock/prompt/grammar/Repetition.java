package dev.paddock.prompt.grammar;

import dev.paddock.api.prompt.GrammarBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes how often something is repeated. Readers of GBNF write a counted repetition out, and llama.cpp refuses one of
 * 2000; so large ones are made of blocks, and a rest that is shorter than a block: two or three readings are then
 * followed at a time.
 */
final class Repetition {
    private static final int MOST = 250;
    private static final int BLOCK = 125;

    private final GrammarBuilder grammar;
    private final Map<String, String> known = new HashMap<>();

    Repetition(GrammarBuilder grammar) {
        this.grammar = grammar;
    }

    /**
     * So many of something.
     *
     * @param item name of a rule, a class, a character, or what is in brackets where it is not counted
     * @param most {@link Part#ENDLESS} = without bound
     * @return a sequence that may stand within another
     */
    String of(String item, long least, long most) {
        if (most == Part.ENDLESS) {
            return least <= 1 ? item + (least == 0 ? "*" : "+") : exactly(item, least) + " " + item + "*";
        }
        if (most <= MOST) return item + counted(least, most);
        String rest = most == least ? "" : upTo(item, most - least);
        return (exactly(item, least) + " " + rest).strip();
    }

    private static String counted(long least, long most) {
        if (most == 1) return least == 0 ? "?" : "";
        return least == most ? "{" + most + "}" : "{" + least + "," + most + "}";
    }

    private String exactly(String item, long count) {
        if (count == 0) return "";
        if (count <= MOST) return item + counted(count, count);
        String block = rule("block", exactly(item, BLOCK));
        return (exactly(block, count / BLOCK) + " " + exactly(item, count % BLOCK)).strip();
    }

    private String upTo(String item, long most) {
        if (most <= MOST) return item + counted(0, most);
        String block = rule("block", exactly(item, BLOCK));
        long blocks = (most + 1) / BLOCK;
        long over = (most + 1) % BLOCK;
        String body = upTo(block, blocks - 1) + " " + upTo(item, BLOCK - 1);
        if (over > 0) {
            String rest = over == 1 ? "" : " " + upTo(item, over - 1);
            body += " | " + exactly(block, blocks) + rest;
        }
        return rule("some", body);
    }

    private String rule(String hint, String body) {
        return known.computeIfAbsent(body, b -> grammar.rule(hint, b));
    }
}
