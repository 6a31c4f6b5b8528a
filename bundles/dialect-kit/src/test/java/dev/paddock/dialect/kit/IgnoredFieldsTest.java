package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoredFieldsTest {
    private final IgnoredFields ignored = new IgnoredFields();

    @Test
    void aFieldIsToldOnceForEachPath() {
        assertThat(ignored.news("/a", List.of("x", "y"))).containsExactly("x", "y");
        assertThat(ignored.news("/a", List.of("x", "z"))).containsExactly("z");
        assertThat(ignored.news("/b", List.of("x"))).containsExactly("x");
    }

    @Test
    void whoSendsNewNamesForEverFillsNoLog() {
        for (int i = 0; i < IgnoredFields.MOST; i++) ignored.news("/a", List.of("x" + i));
        assertThat(ignored.news("/a", List.of("one more"))).isEmpty();
    }
}
