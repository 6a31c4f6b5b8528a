package dev.paddock.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsLineUpAndNoLineEndsInBlanks() {
        var table = new Table("MODEL", "SIZE", "STATE");
        table.row("starter", "4.4 MB", "");
        table.row("a", "42 GB", "on cpu");
        assertThat(table).hasToString("""
                MODEL     SIZE     STATE
                starter   4.4 MB
                a         42 GB    on cpu""");
    }

    @Test
    void anEmptyOneSaysSo() {
        assertThat(new Table("MODEL").orElse("nothing")).isEqualTo("nothing");
    }

    @Test
    void whatSteersATerminalIsLeftOut() {
        var table = new Table("TEXT");
        table.row("a\u001b[2Jb\u009bc\u202ed\ne");
        assertThat(table.toString().lines().toList().getLast()).isEqualTo("a[2Jbcde");
    }

    @Test
    void figuresAreShort() {
        assertThat(Table.bytes(999)).isEqualTo("999 B");
        assertThat(Table.bytes(4_240_000_000L)).isEqualTo("4.2 GB");
        assertThat(Table.bytes(-1)).isEqualTo("0 B");
        Instant now = Instant.parse("2027-01-01T00:00:00Z");
        assertThat(Table.until(now.plusSeconds(90), now)).isEqualTo("90s");
        assertThat(Table.until(now.plusSeconds(600), now)).isEqualTo("10m");
        assertThat(Table.until(now.plusSeconds(200_000), now)).isEqualTo("55h");
        assertThat(Table.until(now.minusSeconds(1), now)).isEqualTo("now");
    }
}
