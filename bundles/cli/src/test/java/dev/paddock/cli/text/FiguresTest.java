package dev.paddock.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0,0 B", "999,999 B", "1000,1.0 KB", "1234,1.2 KB", "12345678,12 MB", "4700000000,4.7 GB", "1e13,10 TB"
    })
    void sizesAreDecimalWithThreeFiguresAtMost(double bytes, String expected) {
        assertThat(Figures.bytes((long) bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.5S,Less than a second",
        "PT1S,1 second",
        "PT59S,59 seconds",
        "PT60S,About a minute",
        "PT5M,5 minutes",
        "PT65M,About an hour",
        "PT47H,47 hours",
        "PT49H,2 days",
        "P13D,13 days",
        "P21D,3 weeks",
        "P90D,3 months",
        "P800D,2 years"
    })
    void timesAreRelative(Duration span, String expected) {
        assertThat(Figures.ago(NOW.minus(span), NOW)).isEqualTo(expected + " ago");
        assertThat(Figures.until(NOW.plus(span), NOW)).isEqualTo(expected + " from now");
    }

    @Test
    void theEndsOfTimeHaveWords() {
        assertThat(Figures.until(NOW.plus(Duration.ofDays(36_500)), NOW)).isEqualTo("Forever");
        assertThat(Figures.until(NOW.minusSeconds(1), NOW)).isEqualTo("Stopping...");
        assertThat(Figures.until(Instant.EPOCH, NOW)).isEqualTo("Never");
        assertThat(Figures.ago(Instant.EPOCH, NOW)).isEqualTo("Never");
    }

    @Test
    void spansHaveTheUnitThatSuitsThem() {
        assertThat(Figures.span(Duration.ofMillis(12))).isEqualTo("12.0ms");
        assertThat(Figures.span(Duration.ofMillis(1500))).isEqualTo("1.50s");
        assertThat(Figures.span(Duration.ofSeconds(123))).isEqualTo("2m3s");
    }

    @Test
    void parametersAreCountedShortly() {
        assertThat(Figures.count(999)).isEqualTo("999");
        assertThat(Figures.count(12_345)).isEqualTo("12K");
        assertThat(Figures.count(134_515_008)).isEqualTo("134.52M");
        assertThat(Figures.count(8_030_261_248L)).isEqualTo("8.0B");
    }
}
