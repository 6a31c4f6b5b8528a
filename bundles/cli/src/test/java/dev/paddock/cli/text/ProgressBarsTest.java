package dev.paddock.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarsTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long nanos;

    private ProgressBars bars(Optional<Screen> screen, boolean one) {
        return new ProgressBars(new PrintStream(written, true, StandardCharsets.UTF_8), screen, () -> nanos, one);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> pulling(long done, long total) {
        return Map.of("status", "pulling 0123456789ab", "digest", DIGEST, "total", total, "completed", done);
    }

    private void later(Duration span) {
        nanos += span.toNanos();
    }

    @Test
    void aMeasuredStepHasABarItsSizesTheRateAndWhatRemains() {
        var row = new ProgressRow("pulling 0123456789ab");
        row.at(200_000_000, 2_000_000_000, nanos);
        later(Duration.ofSeconds(10));
        row.at(650_000_000, 2_000_000_000, nanos);
        assertThat(row.drawn(80, nanos))
                .isEqualTo("pulling 0123456789ab:  32% ▕██████             ▏ 650 MB/2.0 GB    45 MB/s    30s")
                .hasSize(80);
        row.at(2_000_000_000, 2_000_000_000, nanos);
        assertThat(row.drawn(80, nanos))
                .startsWith("pulling 0123456789ab: 100% ▕███████████████████▏  2.0 GB ")
                .hasSize(80);
        assertThat(row.drawn(50, nanos)).isEqualTo("pulling 0123456789ab: 100% 2.0 GB");
        assertThat(row.drawn(20, nanos)).isEqualTo("pulling 0123456789a…");
    }

    @Test
    void theRateIsThatOfTheLastSecondsAndNotOfWhatWasThereBefore() {
        var row = new ProgressRow("pulling x");
        row.at(900_000_000, 1_000_000_000, nanos);
        for (int second = 1; second <= 30; second++) {
            later(Duration.ofSeconds(1));
            row.at(900_000_000 + second * 1_000_000L, 1_000_000_000, nanos);
        }
        assertThat(row.drawn(80, nanos)).contains(" 1.0 MB/s ", "1m10s");
        later(Duration.ofSeconds(60));
        row.at(930_000_001, 1_000_000_000, nanos);
        assertThat(row.drawn(80, nanos)).as("nothing came for a minute").doesNotContain("MB/s");
    }

    @Test
    void digestsAreShortenedWhereThereIsLittleRoom() {
        var row = new ProgressRow("creating new layer " + DIGEST);
        row.over();
        assertThat(row.drawn(80, nanos)).isEqualTo("creating new layer sha256:0123456789ab");
        assertThat(row.plain()).endsWith(DIGEST);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT59S,59s", "PT61S,1m1s", "PT1H2M3S,1h2m", "PT99H59M,99h59m", "PT100H,99h+"})
    void whatRemainsIsShort(Duration left, String expected) {
        assertThat(ProgressRow.remaining(left)).isEqualTo(expected);
    }

    @Test
    void elsewhereThanOnATerminalThereArePlainLinesNowAndThen() {
        try (var bars = bars(Optional.empty(), false)) {
            bars.event(Map.of("status", "pulling manifest"));
            bars.event(Map.of("status", "pulling manifest"));
            bars.event(pulling(0, 1000));
            bars.event(pulling(10, 1000));
            later(Duration.ofSeconds(11));
            bars.event(pulling(500, 1000));
            bars.event(pulling(600, 1000));
            bars.event(pulling(1000, 1000));
            bars.event(Map.of("status", "success"));
        }
        assertThat(text()).isEqualTo("""
                pulling manifest
                pulling 0123456789ab
                pulling 0123456789ab: 50% of 1.0 KB
                pulling 0123456789ab: 100% of 1.0 KB
                success
                """);
    }

    @Test
    void onATerminalTheLinesAreDrawnOverWhereTheyWere() {
        try (var bars = bars(Optional.of(new Screen(80, 24)), false)) {
            bars.event(Map.of("status", "pulling manifest"));
            later(Duration.ofSeconds(1));
            bars.event(pulling(10, 1000));
            later(Duration.ofSeconds(1));
            bars.event(pulling(20, 1000));
        }
        String[] drawn = text().split("\r+");
        assertThat(drawn[1]).isEqualTo("pulling manifest ⠋\u001b[K");
        assertThat(drawn[2]).startsWith("pulling manifest\u001b[K\npulling 0123456789ab:   1% ▕");
        assertThat(drawn[3]).startsWith("\u001b[1Apulling manifest\u001b[K\npulling 0123456789ab:   2% ▕");
        assertThat(text()).endsWith("\n");
    }

    @Test
    void noMoreLinesAreDrawnThanTheTerminalHas() {
        try (var bars = bars(Optional.of(new Screen(80, 5)), false)) {
            for (int i = 0; i < 100; i++) bars.step("step " + i);
        }
        String last = text().substring(text().lastIndexOf("\u001b[3A"));
        assertThat(last).contains("step 96", "step 99").doesNotContain("step 95");
    }

    @Test
    void aTaskOfVeryManyStepsTakesOneLine() {
        try (var bars = bars(Optional.of(new Screen(80, 24)), true)) {
            for (int i = 0; i < 100; i++) bars.at("verifying " + i, 1, 1);
        }
        assertThat(text()).contains("verifying 99: 100%").doesNotContain("A");
    }

    @Test
    void whatSteersATerminalIsLeftOut() {
        try (var bars = bars(Optional.empty(), false)) {
            bars.event(Map.of("status", "a\u001b[2Jb\r"));
        }
        assertThat(text()).isEqualTo("a[2Jb\n");
    }

    @ParameterizedTest
    @CsvSource({"50 132, 132, 50", "'', 80, 24", "0 0, 80, 24", "24 x, 80, 24", "99999 1, 80, 24"})
    void aSizeThatIsNoneIsTheUsualOne(String said, int columns, int rows) {
        assertThat(Screen.of(said)).isEqualTo(new Screen(columns, rows));
    }
}
