package dev.paddock.prompt.grammar.regular;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AutomatonTest {
    private static final List<String> TEXTS = texts(6);

    /** All texts of a and b up to a length. */
    private static List<String> texts(int length) {
        List<String> shorter = length == 0 ? List.of("") : texts(length - 1);
        if (length == 0) return shorter;
        return Stream.concat(
                        shorter.stream(),
                        shorter.stream()
                                .filter(t -> t.length() == length - 1)
                                .flatMap(t -> Stream.of(t + "a", t + "b")))
                .toList();
    }

    @Test
    void whatTwoAcceptTheirProductAccepts() {
        List<String> patterns = List.of("^(ab)*$", "a", "b$", "^.{2,4}$", "^a*b*$", "^$", "^(a|bb)+$");
        for (String one : patterns) {
            for (String other : patterns) {
                Automaton left = EcmaPattern.read(one).automaton();
                Automaton right = EcmaPattern.read(other).automaton();
                Automaton both = left.and(right);
                assertThat(TEXTS).allSatisfy(t -> assertThat(both.accepts(t))
                        .as("%s by %s and %s", t, one, other)
                        .isEqualTo(left.accepts(t) && right.accepts(t)));
            }
        }
    }

    @Test
    void lengthsAreKnown() {
        assertThat(EcmaPattern.read("^a{2,4}$").automaton().shortest()).isEqualTo(2);
        assertThat(EcmaPattern.read("^a{2,4}$").automaton().longest()).isEqualTo(4);
        assertThat(EcmaPattern.read("^a{2,}$").automaton().longest()).isEqualTo(Automaton.ENDLESS);
        assertThat(Automaton.NOTHING.shortest()).isEqualTo(Automaton.ENDLESS);
        assertThat(Automaton.NOTHING.longest()).isEqualTo(-1);
        assertThat(Automaton.NOTHING.isEmpty()).isTrue();
        Automaton counted = Counted.between(2, 3);
        assertThat(TEXTS).allSatisfy(t -> assertThat(counted.accepts(t)).isEqualTo(t.length() == 2 || t.length() == 3));
    }

    @Test
    void statesThatAreAlikeAreOne() {
        assertThat(EcmaPattern.read("^(ac|bc)$").automaton().states()).isEqualTo(3);
        assertThat(EcmaPattern.read("^(a|b|aa|ab|ba|bb|$)*$").automaton().states())
                .isEqualTo(1);
        assertThat(EcmaPattern.read("^a+$").automaton().run()).contains(new Automaton.Run(Characters.of('a'), 1));
        assertThat(EcmaPattern.read("^a*$").automaton().run()).contains(new Automaton.Run(Characters.of('a'), 0));
        assertThat(EcmaPattern.read("^a{2,}$").automaton().run()).isEmpty();
    }

    @Test
    void wordsAreAcceptedOrAllOthers() {
        List<String> words = List.of("a", "ab", "abab", "b", "");
        Automaton of = Words.of(words);
        Automaton except = Words.except(words);
        assertThat(TEXTS).allSatisfy(t -> {
            assertThat(of.accepts(t)).isEqualTo(words.contains(t));
            assertThat(except.accepts(t)).isEqualTo(!words.contains(t));
        });
        assertThat(except.accepts("é🐶")).isTrue();
    }

    @Test
    void marksDoNotStandInTheTextNorBeginInIt() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            List<String> marks = random.ints(1 + random.nextInt(3), 1, TEXTS.size())
                    .mapToObj(TEXTS::get)
                    .toList();
            Automaton absence = Absence.of(marks);
            assertThat(TEXTS).allSatisfy(t -> assertThat(absence.accepts(t))
                    .as("%s without %s", t, marks)
                    .isEqualTo(isFree(t, marks)));
        }
    }

    /** Whether none stands in the text, and where one follows none is met that begins before it. */
    private static boolean isFree(String text, List<String> marks) {
        return marks.stream().noneMatch(text::contains)
                && marks.stream().allMatch(m -> marks.stream()
                        .allMatch(
                                other -> (text + m).indexOf(other) < 0 || (text + m).indexOf(other) >= text.length()));
    }
}
