package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunnerGenerationTest {
    private static final Chunk.End END =
            new Chunk.End(StopReason.STOP, Tally.plain(1, 2, Duration.ZERO, Duration.ZERO));

    private final AtomicInteger cancels = new AtomicInteger();
    private final RunnerGeneration generation = new RunnerGeneration(cancels::incrementAndGet);

    @Test
    void whatASlowReaderLeftIsJoined() {
        for (int i = 0; i < 40; i++) generation.add("a", new int[] {i});
        generation.finish(END);
        var text = (Chunk.Text) generation.next();
        assertThat(text.text()).hasSize(40);
        assertThat(text.tokens()).hasSize(40).endsWith(38, 39);
        assertThat(generation.next()).isEqualTo(END);
        assertThat(generation.hasNext()).isFalse();
    }

    @Test
    void whatCameBeforeAFailureIsGivenFirst() {
        generation.add("a", new int[] {1});
        generation.fail(new PaddockException(Fault.RUNNER_DIED, "gone"));
        assertThat(((Chunk.Text) generation.next()).text()).isEqualTo("a");
        assertThatThrownBy(generation::next).hasMessage("gone");
    }

    @Test
    void closingTellsTheRunnerOnceAndOnlyWhenThereIsSomethingToStop() {
        generation.close();
        generation.close();
        assertThat(cancels).hasValue(1);

        var over = new RunnerGeneration(cancels::incrementAndGet);
        over.finish(END);
        over.close();
        assertThat(cancels).hasValue(1);
    }

    @Test
    void anInterruptedReaderCancelsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(generation::next).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(Fault.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cancels).hasValue(1);
    }
}
