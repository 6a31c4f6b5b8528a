package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tokens a grammar allows first where the control tokens {@code <|a|>}, {@code <|b|>} and {@code <\uff5cc\uff5c>} are shown. */
class SpellingTest {
    private static final String[] ORDINARY = {
        "<", "<|", "|", "a", "b", "c", "x", "\n", "\n<", "\n<|a", "|>", "a|", "><", "\uff5c", "<\uff5c", "y<"
    };
    private static final String[] SHOWN = {"<|a|>", "<|b|>", "<\uff5cc\uff5c>"};

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // Where a mark must come, its token must.
                "\"<|a|>\"; <|a|>",
                "\"<|a|>\" \"x\"; <|a|>",
                "\"<|a|>\" | \"<|b|>\"; <|a|> <|b|>",
                "\"<|a|>\" | \"<|b|>\" | \"<\uff5cc\uff5c>\" \"x\"; <|a|> <|b|> <\uff5cc\uff5c>",
                "\"<\" \"|\" [ab] \"|>\"; <|a|> <|b|>",
                "\"<|a|>\"?; <|a|>",
                // What comes before it may end with no part of it.
                "\"\\n<|a|>\"; \\n",
                "\"\\n\"? \"<|a|>\"; \\n <|a|>",
                // Where something else may come of the same letters, they may come.
                "\"<|a|>\" | \"<x\"; < <|a|>",
                "\"<|a|>\" | \"<|x\"; < <| <|a|>",
                "[a-z<|>]+; < <| <|a|> <|b|> a a| b c x y< | |> ><",
                "\"<|c|>\"; < <|",
                "\"<|\" (\"a|>\")?; < <| <|a|>",
                "\"x\" | \"<|a|>\"; <|a|> x",
                // When there is no other way, letters are better than nothing.
                "\"y<|a|>\"; y<"
            })
    void aMarkIsATokenWhereNothingElseCanComeOfItsLetters(String rule, String allowed) {
        Map<Integer, byte[]> shown = new HashMap<>();
        byte[][] pieces = new byte[ORDINARY.length + SHOWN.length][];
        for (int i = 0; i < pieces.length; i++) pieces[i] = i < ORDINARY.length ? bytes(ORDINARY[i]) : new byte[0];
        for (int i = 0; i < SHOWN.length; i++) shown.put(ORDINARY.length + i, bytes(SHOWN[i]));
        PieceTable table = new PieceTable(pieces).with(new ShownTokens(shown));
        GrammarGuide guide = new GrammarGuide(Gbnf.parse("root ::= " + rule), table);
        Set<String> given = new TreeSet<>();
        assertThat(guide.allowed(token -> given.add(text(table, token)))).isTrue();
        assertThat(given).containsExactlyInAnyOrder(allowed.split(" "));
        for (int token = 0; token < pieces.length; token++) {
            boolean lazily = guide.allows(token) && !guide.spells(token);
            assertThat(lazily || !given.contains(text(table, token)) || given.size() == 1)
                    .as(text(table, token))
                    .isTrue();
            assertThat(!lazily || given.contains(text(table, token))).isTrue();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(PieceTable table, int token) {
        return new String(table.piece(token), StandardCharsets.UTF_8).replace("\n", "\\n");
    }
}
