package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuarantineTest {
    private static final Quarantine.Suspect A = new Quarantine.Suspect("a:latest", Path.of("a.gguf"), "cpu");
    private static final Quarantine.Suspect SAME = new Quarantine.Suspect("b:latest", Path.of("a.gguf"), "cpu");
    private static final Quarantine.Suspect ELSEWHERE = new Quarantine.Suspect("a:latest", Path.of("a.gguf"), "vulkan");

    private Instant now = Instant.EPOCH;
    private Quarantine.Rules rules = new Quarantine.Rules(3, Duration.ofMinutes(5), Duration.ofMinutes(10));
    private final Quarantine quarantine = new Quarantine(() -> now, () -> rules);

    @Test
    void theThirdDeathWithinTheWindowIsOneTooMany() {
        assertThat(quarantine.died(A, "x")).isEmpty();
        assertThat(quarantine.died(SAME, "x")).isEmpty();
        assertThat(quarantine.died(A, "the last")).get().satisfies(entry -> {
            assertThat(entry.reason()).contains("the last");
            assertThat(entry.until()).isEqualTo(now.plus(Duration.ofMinutes(10)));
        });
        assertThat(quarantine.check(SAME)).isPresent();
        assertThat(quarantine.check(ELSEWHERE)).isEmpty();
    }

    @Test
    void deathsThatLieLongBackDoNotCount() {
        quarantine.died(A, "x");
        quarantine.died(A, "x");
        now = now.plus(Duration.ofMinutes(5)).plusNanos(1);
        assertThat(quarantine.died(A, "x")).isEmpty();
        assertThat(quarantine.died(A, "x")).isEmpty();
        assertThat(quarantine.died(A, "x")).isPresent();
    }

    @Test
    void itEndsByItselfAndTheCountBeginsAnew() {
        for (int i = 0; i < 3; i++) quarantine.died(A, "x");
        now = now.plus(Duration.ofMinutes(10)).minusNanos(1);
        assertThat(quarantine.all()).hasSize(1);
        now = now.plusNanos(1);
        assertThat(quarantine.check(A)).isEmpty();
        assertThat(quarantine.all()).isEmpty();
        assertThat(quarantine.died(A, "x")).isEmpty();
    }

    @Test
    void releasingLetsGoByName() {
        for (int i = 0; i < 3; i++) quarantine.died(A, "x");
        assertThat(quarantine.release("other:latest")).isFalse();
        assertThat(quarantine.release("a:latest")).isTrue();
        assertThat(quarantine.check(A)).isEmpty();
    }

    @Test
    void rulesCountAsTheyAreAtThatTime() {
        rules = new Quarantine.Rules(0, Duration.ofMinutes(5), Duration.ofMinutes(10));
        for (int i = 0; i < 9; i++) assertThat(quarantine.died(A, "x")).isEmpty();
        rules = new Quarantine.Rules(1, Duration.ofMinutes(5), Duration.ofMinutes(10));
        assertThat(quarantine.died(A, "x")).isPresent();
    }
}
