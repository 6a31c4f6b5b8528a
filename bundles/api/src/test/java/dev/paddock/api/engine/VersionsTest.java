package dev.paddock.api.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionsTest {
    @Test
    void numbersAreComparedAsNumbersAndTheWordAtTheEndAsAWord() {
        assertThat(Stream.of("1.10.0", "1.2.0.b", "odd", "1.2", "1.2.0.a", "0.9.9")
                        .sorted(Versions.OLDER_FIRST))
                .containsExactly("odd", "0.9.9", "1.2", "1.2.0.a", "1.2.0.b", "1.10.0");
    }
}
