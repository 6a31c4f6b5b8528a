package dev.paddock.prompt.grammar.regular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EcmaPatternTest {
    private static final List<String> ATOMS = List.of(
            "a", "b", "c", "-", ".", "[ab]", "[^a]", "[a-c-]", "\\d", "\\w", "\\D", "\\W", "\\s", "\\S", "[\\w-]",
            "[^\\s-]", "\\.", "\\x62", "\\u0063", "1", " ", "é", "🐶", "[é🐶]");

    private final Random random = new Random(1);

    @Test
    void findsWhatJavaFinds() {
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            String source = pattern(3);
            Pattern pattern = Pattern.compile(source);
            Automaton automaton = EcmaPattern.read(source).automaton();
            for (int j = 0; j < 40; j++) {
                String text = text();
                boolean expected = pattern.matcher(text).find();
                if (text.isEmpty() && source.contains("^")) continue; // an end before a beginning is not looked for
                assertThat(automaton.accepts(text)).as("%s in %s", source, text).isEqualTo(expected);
                if (expected) found++;
            }
        }
        assertThat(found).isBetween(20_000, 100_000);
    }

    /** Characters on which engines agree: no line ends, no blanks of Unicode. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) text.appendCodePoint("abc-.1 é🐶_".codePointAt(index()));
        return text.toString();
    }

    private int index() {
        int index = random.nextInt(11);
        return index == 9 ? 8 : index; // the second half of the dog
    }

    private String pattern(int depth) {
        StringBuilder pattern = new StringBuilder();
        if (random.nextInt(3) == 0) pattern.append('^');
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String atom = atom(depth);
            pattern.append(atom).append(atom.startsWith("(") ? ofGroup() : repetition());
        }
        if (random.nextInt(3) == 0) pattern.append('$');
        if (depth > 0 && random.nextInt(5) == 0) pattern.append('|').append(pattern(depth - 1));
        return pattern.toString();
    }

    private String atom(int depth) {
        if (depth > 0 && random.nextInt(4) == 0) {
            return (random.nextBoolean() ? "(" : "(?:") + pattern(depth - 1) + ")";
        }
        return ATOMS.get(random.nextInt(ATOMS.size()));
    }

    /** Java does not look for all ways to repeat a group that may be empty, so groups are not counted here. */
    private String ofGroup() {
        return List.of("", "", "?", "*").get(random.nextInt(4));
    }

    private String repetition() {
        return switch (random.nextInt(12)) {
            case 0 -> "*";
            case 1 -> "+";
            case 2 -> "?";
            case 3 -> "{2}";
            case 4 -> "{1,2}";
            case 5 -> "{0,}";
            case 6 -> "*?";
            default -> "";
        };
    }

    @Test
    void whereEnginesDifferTheCommonPartIsTaken() {
        assertThat(EcmaPattern.read("^\\s$").automaton().accepts(" ")).isTrue();
        assertThat(EcmaPattern.read("^\\s$").automaton().accepts("\u00a0")).isFalse();
        assertThat(EcmaPattern.read("^\\S$").automaton().accepts("\u00a0")).isFalse();
        assertThat(EcmaPattern.read("^[^\\s]$").automaton().accepts("\u2003")).isFalse();
        assertThat(EcmaPattern.read("^[^\\S]$").automaton().accepts("\u2003")).isFalse();
        assertThat(EcmaPattern.read("^.$").automaton().accepts("\u0085")).isFalse();
        assertThat(EcmaPattern.read("^a$").automaton().accepts("a\n")).isFalse();
        assertThat(EcmaPattern.read("^\\S$").exact()).isFalse();
        assertThat(EcmaPattern.read("^[^\\d]\\w$").exact()).isTrue();
    }

    @Test
    void whatIsNotRegularIsRefusedWithItsPlace() {
        fails("a(?=b)", "look-around and flags are not supported, at character 4");
        fails("(?<!b)a", "look-around and flags are not supported");
        fails("(?i)a", "look-around and flags are not supported");
        fails("(a)\\1", "the escape \\1 is not supported");
        fails("\\bword", "word boundaries are not supported");
        fails("\\u{1F436}", "is read by some engines only");
        fails("\\ud83d", "half of a surrogate pair");
        fails("[]", "an empty class");
        fails("[a&&b]", "\"&&\" within brackets must be escaped");
        fails("a{1,", "a number is expected");
        fails("a++", "a repetition of a repetition");
        fails("a{3,2}", "a repetition of 3 to 2");
        fails("[a", "the pattern ends too early");
        fails("a\\", "the pattern ends too early");
        fails("x".repeat(10_001), "more than 10000 characters");
        fails("(".repeat(100), "nested deeper than 50");
    }

    private static void fails(String source, String words) {
        assertThatThrownBy(() -> EcmaPattern.read(source))
                .isInstanceOf(PatternException.class)
                .hasMessageContaining(words);
    }
}
