package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.120Z, 2026-11-22T10:00:00.12Z",
        "2026-11-22T10:00:00.123456Z, 2026-11-22T10:00:00.123456Z",
        "2026-11-22T10:00:00.100000001Z, 2026-11-22T10:00:00.100000001Z",
        "2026-11-22T10:00:00.000000010Z, 2026-11-22T10:00:00.00000001Z"
    })
    void zerosAtTheEndAreLeftOut(String time, String written) {
        assertThat(GoTime.text(Instant.parse(time))).isEqualTo(written);
    }
}
