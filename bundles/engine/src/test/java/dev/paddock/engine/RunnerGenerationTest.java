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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunnerGenerationTest {
    private static final Tally TALLY = Tally.plain(1, 2, Duration.ZERO, Duration.ZERO);
    private static final Message.End END = new Message.End(1, StopReason.STOP, "", "", TALLY);

    private final AtomicInteger cancels = new AtomicInteger();
    private final RunnerGeneration generation = begun();

    @Test
    void whatASlowReaderLeftIsJoined() {
        for (int i = 0; i < 40; i++) generation.add(chunk("a", i));
        generation.finish(END);
        var text = (Chunk.Text) generation.next();
        assertThat(text.text()).hasSize(40);
        assertThat(text.tokens()).hasSize(40).endsWith(38, 39);
        assertThat(generation.next()).isEqualTo(new Chunk.End(StopReason.STOP, "", TALLY));
        assertThat(generation.hasNext()).isFalse();
    }

    @Test
    void whatCameBeforeAFailureIsGivenFirst() {
        generation.add(chunk("a", 1));
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
    void anOtherRunnerGetsTheAnswerSoFarAndTheReaderNothingTwice() {
        generation.add(chunk("a", 1));
        generation.next();
        generation.add(chunk("b", 2));
        assertThat(generation.survives(1, "gone")).isTrue();
        var sent = new ArrayList<Message.Generate>();
        generation.handOver(9, sent::add, () -> {});
        assertThat(sent.getFirst().order().prompt()).containsExactly(7, 1, 2);
        assertThat(sent.getFirst().resumed()).isEqualTo(2);
        generation.add(chunk("c", 3));
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

    @Test
    void whatWasHeldBackComesBeforeTheEndAndIsNotLostWithARunner() {
        generation.add(chunk("a", 1));
        generation.survives(1, "gone");
        generation.handOver(9, message -> {}, () -> {});
        generation.finish(new Message.End(9, StopReason.STOP, " held", "###", TALLY));
        var text = (Chunk.Text) generation.next();
        assertThat(text.text()).isEqualTo("a held");
        assertThat(text.tokens()).containsExactly(1);
        assertThat(((Chunk.End) generation.next()).stop()).isEqualTo("###");
    }

    @Test
    void whatIsShownIsShownInTheNextRunnerToo() {
        var order = new GenerationOrder(
                new int[] {7},
                Sampling.GREEDY,
                Ending.after(-1),
                Optional.empty(),
                -1,
                List.of(),
                "",
                List.of("<think>"));
        var shown = new RunnerGeneration(order);
        shown.handOver(1, message -> {}, () -> {});
        shown.add(chunk("a", 1));
        shown.survives(1, "gone");
        List<Message.Generate> sent = new ArrayList<>();
        shown.handOver(2, sent::add, () -> {});
        assertThat(sent.getFirst().order().shown()).containsExactly("<think>");
        assertThat(sent.getFirst().order().prompt()).containsExactly(7, 1);
    }

    @Test
    void theAccountIsOfAllRunners() {
        generation.add(new Message.Chunk(1, "a", new int[] {1}, List.of(), TALLY));
        generation.add(new Message.Chunk(1, "b", new int[] {2}, List.of(), tally(1, 2, 10)));
        generation.survives(2, "gone");
        generation.handOver(2, message -> {}, () -> {});
        generation.survives(2, "gone before it said anything");
        generation.handOver(3, message -> {}, () -> {});
        generation.finish(new Message.End(3, StopReason.STOP, "", "", tally(0, 9, 100)));
        generation.next();
        assertThat(((Chunk.End) generation.next()).tally())
                .isEqualTo(new Tally(1, 1, 9, 0, 110, 110, 2, Duration.ofMillis(110), Duration.ofMillis(110)));
    }

    private static Message.Chunk chunk(String text, int token) {
        return new Message.Chunk(1, text, new int[] {token}, List.of(), TALLY);
    }

    private static Tally tally(int cached, int completed, int work) {
        return new Tally(1, cached, completed, 0, work, work, 0, Duration.ofMillis(work), Duration.ofMillis(work));
    }

    private RunnerGeneration begun() {
        var order = new GenerationOrder(new int[] {7}, Sampling.GREEDY, Ending.after(-1));
        var fresh = new RunnerGeneration(order);
        fresh.handOver(1, message -> {}, cancels::incrementAndGet);
        return fresh;
    }
}
