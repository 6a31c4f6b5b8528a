package dev.paddock.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void durationsAreReadAsGoWritesThem() {
        assertThat(Durations.parse("5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(Durations.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Durations.parse(" 1.5s ")).isEqualTo(Duration.ofMillis(1500));
        assertThat(Durations.parse("200ms")).isEqualTo(Duration.ofMillis(200));
        assertThat(Durations.parse("-1s")).isEqualTo(Duration.ofSeconds(-1));
        assertThat(Durations.parse("0")).isZero();
    }

    @Test
    void aBareNumberLacksItsUnit() {
        assertThatThrownBy(() -> Durations.parse("300"))
                .isInstanceOf(PaddockException.class)
                .hasMessage("time: missing unit in duration \"300\"");
        assertThatThrownBy(() -> Durations.parse("soon")).hasMessage("time: invalid duration \"soon\"");
    }

    @Test
    void nothingLastsLongerThanAHundredYears() {
        Duration century = Duration.ofDays(36_500);
        assertThat(Durations.parse("99999999999999h")).isEqualTo(century);
        assertThat(Durations.ofSeconds(Double.NEGATIVE_INFINITY)).isEqualTo(century.negated());
    }

    @Test
    void aSettingThatIsNoDurationIsNamed() {
        assertThat(Durations.setting("dev.paddock.x", "patience", "10s")).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> Durations.setting("dev.paddock.x", "patience", "10"))
                .hasMessage("dev.paddock.x: patience is 10; write a duration like 10s");
        assertThatThrownBy(() -> Durations.setting("dev.paddock.x", "patience", "-1s"))
                .hasMessage("dev.paddock.x: patience is -1s; it must not be negative");
    }
}
