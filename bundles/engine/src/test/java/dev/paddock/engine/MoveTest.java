package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Refusal.Reason;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that go on in another runner while they answer, and all that may happen meanwhile. */
@Timeout(60)
class MoveTest {
    private static final Move.Terms PLAIN = new Move.Terms(false, false);
    private static final Move.Terms CANARY = new Move.Terms(true, false);
    private static final Move.Terms STOP_FIRST = new Move.Terms(false, true);
    private static final BackendKey NEWER = new BackendKey("cpu", "2.0.0");
    private static final String PROMPT = "forever and ever";
    private static final int MANY = 8_000;

    @TempDir
    Path home;

    private ProcessEngine engine;
    private LoadOrder order;

    @BeforeEach
    void start() throws IOException {
        // One death would put it in quarantine: a move is none.
        engine = ScriptedEngine.in(
                home, ScriptedEngine.settings(new Quarantine.Rules(2, Duration.ofMinutes(5), Duration.ofMinutes(10))));
        order = ScriptedEngine.order(home, "echo");
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void runningAndWaitingAnswersGoOnWithoutLossOrRepetition() throws Exception {
        try (var model = load("live")) {
            long before = model.facts().pid();
            var running = List.of(running(model), running(model));
            engine.addBackend(ScriptedEngine.backend(home, NEWER, "another"));
            var move = model.move(order.on(Placement.cpu(NEWER)), PLAIN);
            assertThat(move.moved()).isTrue();
            assertThat(move.answers()).isEqualTo(2);
            assertThat(move.pause()).isPositive().isLessThan(Duration.ofSeconds(20));
            assertThat(model.facts().pid()).isNotEqualTo(before);
            assertThat(model.facts().placement().host()).isEqualTo(NEWER);
            assertThat(ProcessHandle.of(before).filter(ProcessHandle::isAlive)).isEmpty();
            for (var generation : running) assertWhole(generation, 0);
        }
    }

    @Test
    void anAnswerMovesMoreOftenThanItMayDie() throws Exception {
        try (var model = load("live")) {
            var generation = running(model);
            for (int i = 0; i < 4; i++)
                assertThat(model.move(order, PLAIN).moved()).isTrue();
            assertThat(engine.quarantined()).isEmpty();
            assertWhole(generation, 0);
        }
    }

    @Test
    void whereThereIsNoRoomForBothTheOldOneEndsFirst() throws Exception {
        try (var model = load("live")) {
            var generation = running(model);
            var move = model.move(order, STOP_FIRST);
            assertThat(move.moved()).isTrue();
            assertThat(move.answers()).isOne();
            assertWhole(generation, 0);
        }
    }

    @Test
    void whenTheNewRunnerDoesNotComeUpTheOldOneGoesOn() throws Exception {
        try (var model = load("live", "refuse")) {
            long before = model.facts().pid();
            var generation = running(model);
            assertFails(() -> model.move(order, PLAIN), Fault.LOAD_FAILED, "no such architecture");
            assertThat(model.facts().pid()).isEqualTo(before);
            assertWhole(generation, 0);
        }
    }

    @Test
    void whenItDoesNotComeUpAfterTheOldOneEndedAnotherIsStartedAsBefore() throws Exception {
        try (var model = load("live", "refuse")) {
            var generation = running(model);
            assertFails(() -> model.move(order, STOP_FIRST), Fault.LOAD_FAILED, "no such architecture");
            assertWhole(generation, 0);
        }
    }

    @Test
    void theOldRunnersDeathDuringTheMoveIsSurvived() throws Exception {
        try (var model = load("live", "slow")) {
            var generation = running(model);
            long before = model.facts().pid();
            var move = move(model, PLAIN);
            awaitRunners(2);
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            assertThat(move.get(30, TimeUnit.SECONDS).moved()).isTrue();
            assertWhole(generation, 1);
            assertThat(loads()).as("no third runner was started").isEqualTo(2);
        }
    }

    @Test
    void theOldRunnersDeathWhileTheNewOneFailsBringsAnother() throws Exception {
        try (var model = load("live", "slow refuse")) {
            var generation = running(model);
            long before = model.facts().pid();
            var move = move(model, PLAIN);
            awaitRunners(2);
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            assertThatThrownBy(() -> move.get(30, TimeUnit.SECONDS)).hasMessageContaining("no such architecture");
            assertWhole(generation, 1);
        }
    }

    @Test
    void theNewRunnersDeathRightAfterIsADeathLikeAnyOther() throws Exception {
        try (var model = load("live", "after 0")) {
            var generation = running(model);
            assertThat(model.move(order, PLAIN).moved()).isTrue();
            assertWhole(generation, 1);
        }
    }

    @Test
    void closingDuringAMoveEndsBoth() throws Exception {
        var model = load("live", "slow");
        var generation = running(model);
        var move = move(model, PLAIN);
        awaitRunners(2);
        model.close();
        assertThatThrownBy(() -> move.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(model.ended().toCompletableFuture()).isCompleted();
        assertThatThrownBy(() -> generation.rest()).isInstanceOf(PaddockException.class);
        while (ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive)) LockSupport.parkNanos(5_000_000);
        assertFails(() -> model.move(order, PLAIN), Fault.RUNNER_DIED, "ended");
    }

    @Test
    void closingWhileTheOldOneIsGoneAndTheNewOneNotThereEndsIt() throws Exception {
        var model = load("live", "slow");
        var move = move(model, STOP_FIRST);
        awaitRunners(2);
        model.close();
        assertThatThrownBy(() -> move.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(model.ended().toCompletableFuture()).isCompleted();
    }

    @Test
    void thereIsOneMoveAtATime() throws Exception {
        try (var model = load("live", "slow")) {
            var move = move(model, PLAIN);
            awaitRunners(2);
            assertFails(() -> model.move(order, PLAIN), Fault.UNAVAILABLE, "being moved already");
            assertThat(move.get(30, TimeUnit.SECONDS).moved()).isTrue();
        }
    }

    @Test
    void whatEndsOrIsCancelledDuringTheMoveIsNotMoved() throws Exception {
        try (var model = load("live", "slow")) {
            var cancelled = running(model);
            var move = move(model, PLAIN);
            awaitRunners(2);
            cancelled.close();
            assertThat(text(model, "brief")).isEqualTo("brief");
            assertThat(move.get(30, TimeUnit.SECONDS).answers()).isZero();
            assertThat(text(model, "after")).isEqualTo("after");
        }
    }

    @Test
    void questionsAreAnsweredThroughoutMoves() throws Exception {
        try (var model = load("live")) {
            var asking = CompletableFuture.supplyAsync(
                    () -> {
                        int count = 0;
                        for (; count < 3000; count++) {
                            assertThat(model.tokenize("abc", false, false)).hasSize(3);
                        }
                        return count;
                    },
                    Thread::startVirtualThread);
            for (int i = 0; i < 3; i++) model.move(order, i == 1 ? STOP_FIRST : PLAIN);
            assertThat(asking.get(30, TimeUnit.SECONDS)).isEqualTo(3000);
        }
    }

    @Test
    void aNewBackendThatAnswersAlikeTakesOver() throws Exception {
        try (var model = load("live")) {
            var all = List.of(running(model), running(model));
            var move = model.move(order, CANARY);
            assertThat(move.moved()).as(move.reason()).isTrue();
            assertThat(move.reason()).contains("12 of 12 tokens alike");
            for (var generation : all) assertWhole(generation, 0);
        }
    }

    @Test
    void aNewBackendThatAnswersOtherwiseIsRefusedAndTheOldOneGoesOn() throws Exception {
        engine.addBackend(ScriptedEngine.backend(home, NEWER, "another"));
        try (var model = loadOn(Placement.cpu(new BackendKey("cpu", "1.0.0")), "live", "lie")) {
            long before = model.facts().pid();
            var generation = running(model);
            var move = model.move(order.on(Placement.CPU), CANARY);
            assertThat(move.moved()).isFalse();
            assertThat(move.reason()).contains("the old one said");
            assertThat(model.facts().pid()).isEqualTo(before);
            assertThat(engine.backends().getFirst().refusal()).hasValueSatisfying(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reason.CANARY_FAILED);
                assertThat(refusal.detail()).contains("the old one said");
            });
            assertWhole(generation, 0);
            try (var other = engine.load(order.on(Placement.CPU))) {
                assertThat(other.facts().placement().host().version()).isEqualTo("1.0.0");
            }
        }
    }

    @Test
    void answersStayWholeWhateverMovesAndDiesMeanwhile() throws Exception {
        engine.deactivate();
        engine = ScriptedEngine.in(home, ScriptedEngine.resuming(1000));
        var random = new Random(7);
        try (var model = load("live")) {
            var answers = IntStream.range(0, 4).mapToObj(i -> running(model)).toList();
            var readers = answers.stream()
                    .map(answer -> CompletableFuture.supplyAsync(answer::rest, Thread::startVirtualThread))
                    .toList();
            int moves = 0;
            while (readers.stream().anyMatch(reader -> !reader.isDone())) {
                var move = move(model, moves % 2 == 0 ? PLAIN : STOP_FIRST);
                LockSupport.parkNanos(random.nextInt(500_000_000));
                if (moves < 8) ProcessHandle.of(model.facts().pid()).ifPresent(ProcessHandle::destroyForcibly);
                move.handle((done, failure) -> failure).get(30, TimeUnit.SECONDS);
                moves++;
            }
            assertThat(moves).isGreaterThan(1);
            for (var answer : answers) assertText(answer);
            for (var reader : readers)
                assertThat(reader.get().completionTokens()).isEqualTo(MANY);
        }
    }

    @Test
    void aRunnerWithLessRoomIsNotTaken() throws Exception {
        try (var model = load("live")) {
            var generation = running(model);
            assertFails(() -> model.move(order.sized(256, 2), PLAIN), Fault.INVALID_REQUEST, "must fit in");
            assertWhole(generation, 0);
        }
    }

    private CompletableFuture<Move> move(LoadedModel model, Move.Terms terms) {
        return CompletableFuture.supplyAsync(() -> model.move(order, terms), Thread::startVirtualThread);
    }

    private LoadedModel load(String... fates) throws IOException {
        return loadOn(Placement.CPU, fates);
    }

    private LoadedModel loadOn(Placement placement, String... fates) throws IOException {
        ScriptedFate.plan(order.weights(), fates);
        return engine.load(order.on(placement));
    }

    /** An answer that has given something and goes on for a while. */
    private static Running running(LoadedModel model) {
        return new Running(model.generate(new GenerationOrder(bytes(PROMPT), Sampling.GREEDY, Ending.after(MANY))));
    }

    /** Reads an answer. */
    private static final class Running {
        private final Generation generation;
        private final StringBuilder text = new StringBuilder();
        private final List<Integer> tokens = new ArrayList<>();

        Running(Generation generation) {
            this.generation = generation;
            take();
        }

        private Optional<Tally> take() {
            return switch (generation.next()) {
                case Chunk.Text part -> {
                    text.append(part.text());
                    for (int token : part.tokens()) tokens.add(token);
                    yield Optional.empty();
                }
                case Chunk.End end -> Optional.of(end.tally());
            };
        }

        Tally rest() {
            var tally = take();
            while (tally.isEmpty()) tally = take();
            return tally.get();
        }

        void close() {
            generation.close();
        }
    }

    private static void assertText(Running answer) {
        String whole = PROMPT.repeat(1 + MANY / PROMPT.length()).substring(0, MANY);
        assertThat(answer.text).hasToString(whole);
        assertThat(answer.tokens).isEqualTo(whole.chars().boxed().toList());
    }

    private static void assertWhole(Running answer, int resumes) {
        var tally = answer.rest();
        assertText(answer);
        assertThat(tally.completionTokens()).isEqualTo(MANY);
        assertThat(tally.promptTokens()).isEqualTo(PROMPT.length());
        assertThat(tally.resumes()).isEqualTo(resumes);
    }

    private static String text(LoadedModel model, String prompt) {
        var answer = new Running(model.generate(new GenerationOrder(bytes(prompt), Sampling.GREEDY, Ending.after(-1))));
        answer.rest();
        return answer.text.toString();
    }

    private void awaitRunners(int count) throws IOException {
        while (loads() < count) LockSupport.parkNanos(5_000_000);
    }

    private long loads() throws IOException {
        Path loads = order.weights().resolveSibling("echo.gguf.loads");
        return Files.exists(loads) ? Files.readAllLines(loads).size() : 0;
    }

    private static int[] bytes(String text) {
        return text.chars().toArray();
    }

    private static void assertFails(Runnable call, Fault fault, String words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
    }
}
