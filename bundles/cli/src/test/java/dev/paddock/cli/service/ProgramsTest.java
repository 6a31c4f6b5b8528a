package dev.paddock.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramsTest {
    @Test
    void whatAProgramSaysAndHowItEndsIsKept() {
        var programs = Programs.ofThisMachine();
        assertThat(programs.run(List.of("sh", "-c", "echo a; echo b >&2; exit 7")))
                .isEqualTo(new Programs.Result(7, "a\nb"));
        assertThat(programs.run(List.of("no-such-program-here")).code()).isEqualTo(Programs.MISSING);
    }
}
