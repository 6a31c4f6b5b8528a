package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runners that die when it suits nobody. */
@Timeout(60)
class SurvivalTest {
    private static final String TEXT = "twelve bytes";

    @TempDir
    Path home;

    private ProcessEngine engine;
    private LoadOrder order;

    @BeforeEach
    void start() throws IOException {
        engine = ScriptedEngine.in(home, ScriptedEngine.SETTINGS);
        order = ScriptedEngine.order(home, "echo");
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void aDeathBeforeTheFirstTokenIsAPause() throws Exception {
        assertUndisturbedAfter("at 0");
    }

    @Test
    void aDeathInTheMiddleIsAPause() throws Exception {
        assertUndisturbedAfter("at 5");
    }

    @Test
    void thePromptsOfAllRunnersAreCountedAsTimeAndOnceAsTokens() throws Exception {
        try (var model = load("at 5")) {
            var tally = new Answer(generate(model, TEXT)).tally;
            assertThat(tally.promptTokens()).isEqualTo(TEXT.length());
            assertThat(tally.promptTime()).isEqualTo(ScriptedRunner.PROMPT_TIME.multipliedBy(2));
        }
    }

    @Test
    void aDeathBetweenTheLastTokenAndTheEndIsAPause() throws Exception {
        assertUndisturbedAfter("end");
    }

    private void assertUndisturbedAfter(String fate) throws IOException {
        try (var model = load(fate)) {
            var answer = new Answer(generate(model, TEXT));
            assertThat(answer.text).isEqualTo(TEXT);
            assertThat(answer.tokens).isEqualTo(bytes(TEXT));
            assertThat(answer.tally.promptTokens()).isEqualTo(TEXT.length());
            assertThat(answer.tally.completionTokens()).isEqualTo(TEXT.length());
            assertThat(answer.tally.resumes()).isOne();
        }
    }

    @Test
    void twoDeathsAreSurvivedAndTheThirdIsToldWithWhatCameBefore() throws Exception {
        try (var model = load("at 2", "at 4")) {
            var answer = new Answer(generate(model, TEXT));
            assertThat(answer.text).isEqualTo(TEXT);
            assertThat(answer.tally.resumes()).isEqualTo(2);
        }
        try (var model = load("at 2", "at 4", "at 6")) {
            var generation = generate(model, TEXT);
            var text = new StringBuilder();
            assertThatThrownBy(() -> generation.forEachRemaining(chunk -> text.append(((Chunk.Text) chunk).text())))
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.RUNNER_DIED))
                    .hasMessageContaining("died 3 times")
                    .hasMessageContaining("after 6 tokens");
            assertThat(text).hasToString(TEXT.substring(0, 6));
            assertThat(new Answer(generate(model, TEXT)).text)
                    .as("the model goes on")
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void whatWasCancelledIsNotResumedWhenTheRunnerDiesOfIt() throws Exception {
        try (var model = load("cancel")) {
            var closed = generate(model, "forever");
            closed.next();
            var other = generate(model, TEXT);
            closed.close();
            assertThat(new Answer(other).text).isEqualTo(TEXT);
            assertThat(new Answer(generate(model, TEXT)).text).isEqualTo(TEXT);
            assertThat(ScriptedFate.orders(order.weights()).stream()
                            .map(line -> line.split(" "))
                            .filter(words -> Integer.parseInt(words[1]) - Integer.parseInt(words[0]) == 7))
                    .as("orders with that prompt, resumed or not")
                    .hasSize(1);
        }
    }

    @Test
    void aRunnerWithoutProgressIsKilledAndItsAnswersGoOn() throws Exception {
        engine.deactivate();
        engine = ScriptedEngine.in(
                home, ScriptedEngine.settings(Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(3)));
        try (var model = load("hang 3")) {
            var answer = new Answer(generate(model, TEXT));
            assertThat(answer.text).isEqualTo(TEXT);
            assertThat(answer.tally.resumes()).isOne();
        }
    }

    @Test
    void aShorterPatienceWithRunnersCountsForThoseThatRun() throws Exception {
        try (var model = load("hang 3")) {
            var generation = generate(model, TEXT);
            generation.next();
            engine.modified(
                    ScriptedEngine.settings(Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(3)));
            assertThat(new Answer(generation).tally.resumes()).isOne();
        }
    }

    @Test
    void questionsAreAskedAgain() throws Exception {
        try (var model = load("ask", "ask")) {
            assertThat(model.tokenize("abc", false, false)).hasSize(3);
            assertThat(model.embed(List.of(new int[] {1}, new int[] {2}))).hasSize(2);
        }
        try (var model = load("ask", "ask", "ask")) {
            assertThatThrownBy(() -> model.tokenize("abc", false, false))
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.RUNNER_DIED));
        }
    }

    @Test
    void everyAnswerOfADeadRunnerGoesOnWithTheSeedItHad() throws Exception {
        try (var model = load("live")) {
            var random = new Sampling(-1, Sampling.Temperature.of(1), Sampling.Cutoffs.OFF, Sampling.Penalties.OFF);
            List<Generation> all = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                all.add(model.generate(new GenerationOrder(bytes("forever"), random, Ending.after(1000))));
            for (var generation : all) generation.next();
            kill(model);
            for (var generation : all) {
                var answer = new Answer(generation);
                assertThat(answer.tally.completionTokens()).isEqualTo(1000);
                assertThat(answer.tally.resumes()).isOne();
            }
            var seeds = ScriptedFate.orders(order.weights()).stream()
                    .map(line -> line.split(" ")[2])
                    .toList();
            assertThat(seeds).hasSize(8).doesNotContain("-1");
            assertThat(seeds.subList(4, 8)).containsExactlyInAnyOrderElementsOf(seeds.subList(0, 4));
        }
    }

    @Test
    void aModelWhoseNextRunnerDoesNotLoadHasEnded() throws Exception {
        var model = load("live", "refuse");
        var generation = generate(model, "forever");
        generation.next();
        kill(model);
        assertThat(model.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
                .contains("SIGKILL")
                .contains("no such architecture");
        assertThatThrownBy(() -> generation.forEachRemaining(chunk -> {}))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.RUNNER_DIED));
    }

    @Test
    void threeDeathsPutAModelInQuarantineUntilItIsReleased() throws Exception {
        engine.deactivate();
        engine = ScriptedEngine.in(
                home, ScriptedEngine.settings(new Quarantine.Rules(3, Duration.ofMinutes(5), Duration.ofMinutes(10))));
        var model = load("at 1", "at 1", "at 2");
        assertThatThrownBy(() -> new Answer(generate(model, TEXT))).isInstanceOf(PaddockException.class);
        model.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(engine.quarantined()).singleElement().satisfies(entry -> {
            assertThat(entry.model()).isEqualTo("scripted:latest");
            assertThat(entry.backends()).isEqualTo("cpu 1.0.0");
            assertThat(entry.reason()).contains("3 times").contains("5 minutes");
        });
        assertThatThrownBy(() -> engine.load(order))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.QUARANTINED))
                .hasMessageContaining("3 times");
        assertThat(engine.release("scripted:latest")).isTrue();
        assertThat(engine.release("scripted:latest")).isFalse();
        engine.load(order).close();
    }

    @Test
    void closingIsNoDeath() throws Exception {
        engine.deactivate();
        engine = ScriptedEngine.in(
                home, ScriptedEngine.settings(new Quarantine.Rules(1, Duration.ofMinutes(5), Duration.ofMinutes(10))));
        for (int i = 0; i < 3; i++) {
            var model = load("live");
            generate(model, "forever").next();
            model.close();
        }
        assertThat(engine.quarantined()).isEmpty();
    }

    private LoadedModel load(String... fates) throws IOException {
        ScriptedFate.plan(order.weights(), fates);
        return engine.load(order);
    }

    private static Generation generate(LoadedModel model, String prompt) {
        return model.generate(new GenerationOrder(bytes(prompt), Sampling.GREEDY, Ending.after(-1)));
    }

    private static int[] bytes(String text) {
        return text.chars().toArray();
    }

    private static void kill(LoadedModel model) {
        ProcessHandle.of(model.facts().pid()).orElseThrow().destroyForcibly();
    }

    /** A generation that was read to its end. */
    private static final class Answer {
        private final String text;
        private final int[] tokens;
        private final Tally tally;

        Answer(Generation generation) {
            var words = new StringBuilder();
            var ids = new ArrayList<Integer>();
            Tally last = null;
            while (generation.hasNext()) {
                switch (generation.next()) {
                    case Chunk.Text part -> {
                        words.append(part.text());
                        for (int token : part.tokens()) ids.add(token);
                    }
                    case Chunk.End end -> last = end.tally();
                }
            }
            text = words.toString();
            tokens = ids.stream().mapToInt(Integer::intValue).toArray();
            tally = last;
        }
    }
}
