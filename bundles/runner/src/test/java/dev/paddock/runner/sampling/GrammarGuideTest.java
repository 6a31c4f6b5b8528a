package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrammarGuideTest {
    @Test
    void theTokensThatAreAllowedAreThoseThatWouldBeTaken() {
        Random random = new Random(1);
        byte[][] pieces = new byte[3000][];
        byte[] alphabet = "{}[]\",:0123abc \n\\-.ut\u00e4\u20ac".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new byte[random.nextInt(5)];
            for (int b = 0; b < pieces[i].length; b++) pieces[i][b] = alphabet[random.nextInt(alphabet.length)];
        }
        GrammarGuide guide = new GrammarGuide(Gbnf.parse(GbnfTest.JSON), new PieceTable(pieces));
        for (int step = 0; step < 200; step++) {
            List<Integer> allowed = new ArrayList<>();
            assertThat(guide.allowed(allowed::add)).isTrue();
            List<Integer> tried = new ArrayList<>();
            for (int token = 0; token < pieces.length; token++) if (guide.allows(token)) tried.add(token);
            assertThat(allowed).containsExactlyInAnyOrderElementsOf(tried).isNotEmpty();
            assertThat(guide.accept(allowed.get(random.nextInt(allowed.size()))))
                    .isTrue();
            if (guide.whole()) return;
        }
    }

    @Test
    void aCharacterMayComeInParts() {
        byte[][] pieces = {
            {(byte) 0xC3}, {(byte) 0xA4}, {(byte) 0xE2}, {(byte) 0x82}, {(byte) 0xB6}, {'x'}, {(byte) 0xC0}
        };
        GrammarGuide guide =
                new GrammarGuide(Gbnf.parse("root ::= \"\u00e4\" [\u20a0-\u20ac]"), new PieceTable(pieces));
        assertThat(allowed(guide)).containsExactly(0);
        assertThat(guide.accept(5)).isFalse();
        assertThat(guide.accept(0)).isTrue();
        assertThat(guide.whole()).isFalse();
        assertThat(allowed(guide)).containsExactly(1);
        assertThat(guide.accept(1)).isTrue();
        assertThat(allowed(guide)).containsExactly(2);
        assertThat(guide.accept(2) && guide.accept(3)).isTrue();
        assertThat(guide.accept(4)).as("beyond the class").isFalse();
    }

    @Test
    void aControlTokenThatIsShownComesUnderTheGrammar() {
        byte[][] pieces = {bytes("a"), {}, bytes("<|"), {}, bytes("<"), bytes("call|>")};
        Grammar grammar = Gbnf.parse("root ::= \"a\" (\"<|call|>\" | \"b\")");
        PieceTable plain = new PieceTable(pieces);
        PieceTable showing = plain.with(new ShownTokens(Map.of(3, bytes("<|call|>"))));
        GrammarGuide without = new GrammarGuide(grammar, plain);
        GrammarGuide with = new GrammarGuide(grammar, showing);
        assertThat(without.accept(0) && with.accept(0)).isTrue();
        assertThat(allowed(without)).containsExactlyInAnyOrder(2, 4);
        assertThat(allowed(with)).containsExactly(3);
        assertThat(without.accept(3)).isFalse();
        assertThat(with.accept(3)).isTrue();
        assertThat(with.whole()).isTrue();
    }

    @Test
    void aTableWithMoreTokensIsTheTableMadeOfAll() {
        Random random = new Random(5);
        byte[][] all = new byte[500][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new byte[1 + random.nextInt(3)];
            for (int b = 0; b < all[i].length; b++) all[i][b] = (byte) random.nextInt(256);
        }
        byte[][] without = all.clone();
        Map<Integer, byte[]> shown = new HashMap<>();
        for (int i = 0; i < 20; i++) shown.put(i * 25, all[i * 25]);
        for (int token : shown.keySet()) without[token] = new byte[0];
        PieceTable expected = new PieceTable(all);
        PieceTable table = new PieceTable(without).with(new ShownTokens(shown));
        assertThat(table.size()).isEqualTo(expected.size());
        for (int i = 0; i < table.size(); i++) {
            assertThat(table.piece(table.token(i))).isEqualTo(expected.piece(expected.token(i)));
            assertThat(table.shared(i)).isEqualTo(expected.shared(i));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aLongAnswerKeepsItsPlaceWhenWhatIsKnownIsForgotten() {
        byte[][] pieces = {"a".getBytes(StandardCharsets.UTF_8), "b".getBytes(StandardCharsets.UTF_8)};
        GrammarGuide guide =
                new GrammarGuide(Gbnf.parse("root ::= \"a\" root \"b\" | \"c\" | \"a\""), new PieceTable(pieces));
        int depth = 100_000; // each letter is a stack of its own
        for (int i = 0; i < depth; i++) assertThat(guide.accept(0)).isTrue();
        for (int i = 1; i < depth; i++) assertThat(guide.accept(1)).isTrue();
        assertThat(guide.whole()).isTrue();
        assertThat(guide.accept(1)).isFalse();
    }

    private static List<Integer> allowed(GrammarGuide guide) {
        List<Integer> tokens = new ArrayList<>();
        guide.allowed(tokens::add);
        return tokens;
    }

    @Test
    void whatIsForgottenInALongAnswerIsNotWhatItsEndNeeds() {
        byte[][] pieces = new byte[4_000][];
        Random random = new Random(3);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new byte[i < 6 ? 1 : 2 + random.nextInt(8)];
            for (int j = 0; j < pieces[i].length; j++) pieces[i][j] = (byte) ('a' + (i < 6 ? i : random.nextInt(6)));
        }
        StringBuilder grammar = new StringBuilder("root ::= \"\"");
        for (char c = 'a'; c < 'g'; c++) grammar.append(" | \"" + c + "\" root \"" + c + '"');
        StringBuilder text = new StringBuilder();
        try (GrammarGuide guide = new GrammarGuide(Gbnf.parse(grammar.toString()), new PieceTable(pieces))) {
            for (int i = 0; i < 30; i++) {
                assertThat(guide.allowed(token -> {})).isTrue();
                int token = 6 + random.nextInt(pieces.length - 6);
                assertThat(guide.accept(token)).isTrue();
                text.append(new String(pieces[token], StandardCharsets.US_ASCII));
            }
            for (char c : text.reverse().toString().toCharArray())
                assertThat(guide.accept(c - 'a')).isTrue();
            assertThat(guide.whole()).isTrue();
        }
    }
}
