package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTest {
    static Stream<Arguments> entries() {
        return Stream.of(
                Arguments.of("  ", new Order.Nothing()),
                Arguments.of("Hello you", new Order.Say("Hello you")),
                Arguments.of("\"\"\"two\nlines\"\"\"", new Order.Say("two\nlines")),
                Arguments.of("/bye", new Order.Bye()),
                Arguments.of(" /exit ", new Order.Bye()),
                Arguments.of("/clear", new Order.Clear()),
                Arguments.of("/?", new Order.Help("")),
                Arguments.of("/help set", new Order.Help("set")),
                Arguments.of("/show info", new Order.Show("info")),
                Arguments.of("/show", new Order.Show("")),
                Arguments.of("/load m:x", new Order.Load("m:x")),
                Arguments.of("/list sta", new Order.ListModels("sta")),
                Arguments.of("/set", new Order.Set("", List.of(), "")),
                Arguments.of("/set verbose", new Order.Set("verbose", List.of(), "")),
                Arguments.of("/set system Be  brief.", new Order.Set("system", List.of("Be", "brief."), "Be  brief.")),
                Arguments.of(
                        "/set system \"\"\"a\nb\"\"\"", new Order.Set("system", List.of("\"\"\"a", "b\"\"\""), "a\nb")),
                Arguments.of("/set parameter top_k 5", new Order.Set("parameter", List.of("top_k", "5"), "top_k 5")),
                Arguments.of("/dance now", new Order.Unknown("/dance")));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryIsUnderstood(String entry, Order expected) {
        assertThat(Order.parse(entry)).isEqualTo(expected);
    }

    private static String typed(String... lines) {
        String entry = lines[0];
        for (int i = 1; i < lines.length; i++) {
            assertThat(Entry.isOpen(entry)).as(entry).isTrue();
            entry += "\n" + lines[i];
        }
        assertThat(Entry.isOpen(entry)).as(entry).isFalse();
        return entry;
    }

    @Test
    void tripleQuotesKeepAnEntryOpen() {
        assertThat(typed("one line")).isEqualTo("one line");
        assertThat(typed("\"\"\"one", "two", "three\"\"\"")).isEqualTo("\"\"\"one\ntwo\nthree\"\"\"");
        assertThat(typed("\"\"\"closed\"\"\"")).isEqualTo("\"\"\"closed\"\"\"");
        assertThat(typed("/set system \"\"\"a", "b\"\"\" ")).isEqualTo("/set system \"\"\"a\nb\"\"\" ");
        assertThat(typed("say \"\"\" in the middle")).isEqualTo("say \"\"\" in the middle");
    }
}
