package dev.paddock.prompt.grammar.regular;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetTime;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;

class FormatsTest {
    @Test
    void aDateIsADayThatThereIs() {
        Automaton dates = Formats.of("date").orElseThrow().automaton();
        for (int year : new int[] {1, 4, 99, 100, 400, 1900, 1904, 1999, 2000, 2023, 2024, 2100, 9996, 9999}) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = String.format("%04d-%02d-%02d", year, month, day);
                    assertThat(dates.accepts(text)).as(text).isEqualTo(isDate(text));
                }
            }
        }
        assertThat(dates.accepts("0000-01-01")).isFalse();
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    @Test
    void aTimeIsOneThatJavaReads() {
        Automaton times = Formats.of("time").orElseThrow().automaton();
        for (String text : new String[] {"00:00:00Z", "23:59:59.123456789+14:00", "12:00:00-00:30"}) {
            assertThat(times.accepts(text)).as(text).isTrue();
            assertThat(OffsetTime.parse(text)).isNotNull();
        }
        for (String text :
                new String[] {"24:00:00Z", "12:00:60Z", "12:00:00", "12:00:00.Z", "12:00:00+14:30", "1:00:00Z"}) {
            assertThat(times.accepts(text)).as(text).isFalse();
        }
    }

    @Test
    void othersAreNotKnown() {
        assertThat(Formats.of("hostname")).isEmpty();
        assertThat(Formats.of("")).isEmpty();
    }
}
