package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordWrapTest {
    /** What a terminal of ten columns shows of pieces that come one after the other. */
    private static List<String> shown(String... pieces) {
        var wrap = new WordWrap(10);
        StringBuilder all = new StringBuilder();
        for (String piece : pieces) all.append(wrap.next(piece));
        // What is taken back: so many columns to the left, the rest of the line wiped.
        String text = all.toString();
        var back = Pattern.compile("\u001b\\[(\\d+)D\u001b\\[K");
        for (var found = back.matcher(text); found.find(); found = back.matcher(text)) {
            int columns = Integer.parseInt(found.group(1));
            text = text.substring(0, found.start() - columns) + text.substring(found.end());
        }
        return text.lines().map(String::stripTrailing).toList();
    }

    @Test
    void aWordThatDoesNotFitGoesToTheNextLine() {
        assertThat(shown("one two thr", "ee four")).containsExactly("one two", "three four");
        assertThat(shown("o", "n", "e ", "two ", "th", "ree")).containsExactly("one two", "three");
    }

    @Test
    void whatIsLongerThanALineIsBroken() {
        assertThat(shown("abcdefghijklmno")).containsExactly("abcdefghij", "klmno");
    }

    @Test
    void linesAndTheirBeginningsStay() {
        assertThat(shown("a\n    b\n\nc")).containsExactly("a", "    b", "", "c");
        assertThat(shown("exactly te x")).containsExactly("exactly te", "x");
    }

    @Test
    void wideLettersTakeTwoColumns() {
        assertThat(shown("日本語日本語")).containsExactly("日本語日本", "語");
    }
}
