package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunnerGenerationTest {
    private static final Tally TALLY = Tally.plain(1, 2, Duration.ZERO, Duration.ZERO);
    private static final Message.End END = new Message.End(1, StopReason.STOP, TALLY);

    private final AtomicInteger cancels = new AtomicInteger();
    private final RunnerGeneration generation = begun();

    @Test
    void whatASlowReaderLeftIsJoined() {
        for (int i = 0; i < 40; i++) generation.add("a", new int[] {i}, List.of());
        generation.finish(END);
        var text = (Chunk.Text) generation.next();
        assertThat(text.text()).hasSize(40);
        assertThat(text.tokens()).hasSize(40).endsWith(38, 39);
        assertThat(generation.next()).isEqualTo(new Chunk.End(StopReason.STOP, TALLY));
        assertThat(generation.hasNext()).isFalse();
    }

    @Test
    void whatCameBeforeAFailureIsGivenFirst() {
        generation.add("a", new int[] {1}, List.of());
        generation.fail(new PaddockException(Fault.RUNNER_DIED, "gone"));
        assertThat(((Chunk.Text) generation.next()).text()).isEqualTo("a");
        assertThatThrownBy(generation::next).hasMessage("gone");
    }

    @Test
    void closingTellsTheRunnerOnceAndOnlyWhenThereIsSomethingToStop() {
        generation.close();
        generation.close();
        assertThat(cancels).hasValue(1);

        var over = begun();
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

    @Test
    void lastWordsOfWhichTheEndWasLostAreSaidOnce() {
        generation.add("a", new int[] {1}, List.of());
        generation.add("END", new int[0], List.of());
        assertThat(((Chunk.Text) generation.next()).text()).isEqualTo("a");
        assertThat(generation.survives(1, "gone")).isTrue();
        generation.handOver(9, order -> {}, () -> {});
        generation.add("END", new int[0], List.of());
        generation.finish(END);
        assertThat(((Chunk.Text) generation.next()).text()).isEqualTo("END");
        assertThat(generation.next()).isInstanceOf(Chunk.End.class);
    }

    @Test
    void anOtherRunnerGetsTheAnswerSoFarAndTheReaderNothingTwice() {
        generation.add("a", new int[] {1}, List.of());
        generation.next();
        generation.add("b", new int[] {2}, List.of());
        assertThat(generation.survives(1, "gone")).isTrue();
        var sent = new ArrayList<Message.Generate>();
        generation.handOver(9, sent::add, () -> {});
        assertThat(sent.getFirst().order().prompt()).containsExactly(7, 1, 2);
        assertThat(sent.getFirst().resumed()).isEqualTo(2);
        generation.add("c", new int[] {3}, List.of());
        generation.finish(END);
        var text = (Chunk.Text) generation.next();
        assertThat(text.text()).isEqualTo("bc");
        assertThat(text.tokens()).containsExactly(2, 3);
        assertThat(((Chunk.End) generation.next()).tally().resumes()).isOne();
    }

    @Test
    void whatIsOverNeedsNoOtherRunner() {
        generation.finish(END);
        assertThat(generation.survives(1, "gone")).isFalse();
        var closed = begun();
        closed.close();
        assertThat(closed.survives(1, "gone")).isFalse();
        var sent = new ArrayList<Message.Generate>();
        closed.handOver(2, sent::add, () -> {});
        assertThat(sent).isEmpty();
    }

    private RunnerGeneration begun() {
        var order = new GenerationOrder(new int[] {7}, Sampling.GREEDY, Ending.after(-1));
        var fresh = new RunnerGeneration(order);
        fresh.handOver(1, message -> {}, cancels::incrementAndGet);
        return fresh;
    }
}
