package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
