package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.engine.Sampling;
import dev.paddock.backend.cpu.CpuBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** llama.cpp's own runners, killed under their answers. */
@Timeout(240)
class SurvivalDeviceTest {
    private static final Path MODEL = Path.of(System.getProperty("paddock.test.model", "starter.gguf"));
    private static final int STREAMS = 8;
    private static final int TOKENS = 64;
    private static final int KILLS = 5;

    @TempDir
    static Path home;

    @Test
    void eightStreamsKeepTheirTextsWhileTheirRunnersAreKilled() throws Exception {
        assumeThat(MODEL)
                .as("a model to test with; set -Dpaddock.test.model=FILE")
                .isRegularFile();
        assumeThat(NativeIndex.of(ProcessEngine.class))
                .as("llama.cpp for %s; run cnf/natives/fetch", NativeIndex.platform())
                .isNotEmpty();
        var engine = new ProcessEngine(
                ScriptedEngine.places(home), ScriptedEngine.resuming(KILLS), UnaryOperator.identity());
        engine.addBackend(new CpuBackend("1.0.0"));
        try (var model = engine.load(new LoadOrder("test:latest", MODEL, "", 512, 0, STREAMS, 0))) {
            var undisturbed = run(model, () -> {});
            assertThat(undisturbed).extracting(Answer::resumes).containsOnly(0);
            var random = new Random(5);
            var killed = run(model, new Killer(model, random));
            assertThat(killed)
                    .extracting(Answer::text)
                    .isEqualTo(undisturbed.stream().map(Answer::text).toList());
            assertThat(killed)
                    .extracting(Answer::tokens)
                    .isEqualTo(undisturbed.stream().map(Answer::tokens).toList());
            assertThat(killed)
                    .allMatch(answer -> answer.completion() == answer.tokens().size());
            assertThat(killed).anyMatch(answer -> answer.resumes() > 1);
        } finally {
            engine.deactivate();
        }
    }

    /** Kills the runner after a random number of tokens of all streams, again and again. */
    private static final class Killer implements Runnable {
        private final LoadedModel model;
        private final Random random;
        private int left = KILLS;
        private int tokens;

        Killer(LoadedModel model, Random random) {
            this.model = model;
            this.random = random;
            draw();
        }

        private void draw() {
            tokens = random.nextInt(STREAMS * TOKENS / (2 * KILLS));
        }

        /** A piece of an answer was read. */
        @Override
        public synchronized void run() {
            if (left == 0 || tokens-- > 0) return;
            ProcessHandle.of(model.facts().pid()).ifPresent(ProcessHandle::destroyForcibly);
            left--;
            draw();
        }
    }

    private static List<Answer> run(LoadedModel model, Runnable onPiece) throws Exception {
        var ready = new Semaphore(0);
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                int[] prompt = model.tokenize("Tell me story number " + i + " about", true, true);
                var generation = model.generate(new GenerationOrder(prompt, Sampling.GREEDY, Ending.after(TOKENS)));
                answers.add(CompletableFuture.supplyAsync(() -> read(generation, ready, onPiece), readers));
            }
            ready.release(STREAMS);
            List<Answer> all = new ArrayList<>();
            for (var answer : answers) all.add(answer.get());
            return all;
        }
    }

    private static Answer read(Generation generation, Semaphore ready, Runnable onPiece) {
        ready.acquireUninterruptibly();
        var text = new StringBuilder();
        List<Integer> tokens = new ArrayList<>();
        while (true) {
            switch (generation.next()) {
                case Chunk.Text part -> {
                    text.append(part.text());
                    for (int token : part.tokens()) tokens.add(token);
                    onPiece.run();
                }
                case Chunk.End end -> {
                    return new Answer(
                            text.toString(),
                            tokens,
                            end.tally().completionTokens(),
                            end.tally().resumes());
                }
            }
        }
    }

    private record Answer(String text, List<Integer> tokens, int completion, int resumes) {}
}
