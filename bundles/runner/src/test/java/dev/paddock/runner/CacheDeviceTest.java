package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.gguf.random.TinyModel;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runners with models whose memory cannot be cut: what comes from a cache is what would have been computed. */
@Timeout(120)
class CacheDeviceTest {
    private static final int WINDOW = 48;
    private static final int ANSWER = 12;
    private static final int[] PROMPT = new Random(1).ints(340, 10, 250).toArray();

    @TempDir
    Path directory;

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    private RunnerProcess runner(Path model, long hostBytes, long diskBytes) throws IOException {
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        return RunnerProcess.loaded(
                directory,
                new Message.Load(
                        model.toString(),
                        "sha256-test",
                        new Message.Libraries(RealThings.NATIVES.toString(), List.of(cpu), Map.of()),
                        List.of(),
                        new Message.Sizes(1024, 0, 128, 64, 4, 1, 0),
                        "",
                        directory.resolve("states").toString(),
                        new Message.Tuning(hostBytes, diskBytes, false)));
    }

    private static Answer answer(RunnerProcess runner, String scope, int[] prompt) throws IOException {
        return Answer.one(runner, ask(runner, 1, scope, prompt));
    }

    private static long ask(RunnerProcess runner, long id, String scope, int[] prompt) throws IOException {
        var order = new GenerationOrder(
                prompt, Sampling.GREEDY, Ending.after(ANSWER), Optional.empty(), -1, List.of(), scope);
        runner.send(new Message.Generate(id, order, 0));
        return id;
    }

    @Test
    void aRecurrentModelAnswersFromItsCheckpointsAsItWouldWithout() throws IOException {
        Path model = directory.resolve("recurrent.gguf");
        TinyModel.recurrent(1, model);
        conversation(model);
    }

    @Test
    void aSlidingWindowAnswersFromTheCacheAsItWouldWithout() throws IOException {
        Path model = directory.resolve("sliding.gguf");
        TinyModel.sliding(WINDOW, 1, model);
        conversation(model);
    }

    private void conversation(Path model) throws IOException {
        try (RunnerProcess runner = runner(model, 1 << 28, 0)) {
            Answer cold = answer(runner, "cold", PROMPT);
            Answer first = answer(runner, "a", PROMPT);
            Answer again = answer(runner, "a", PROMPT);
            assertThat(first.end().tally().cachedTokens()).isZero();
            assertThat(again.end().tally().cachedTokens()).isEqualTo(PROMPT.length - 1);
            assertThat(first.tokens()).isEqualTo(cold.tokens());
            assertThat(again.tokens()).isEqualTo(cold.tokens());
            int[] next = IntStream.concat(Arrays.stream(PROMPT), Arrays.stream(first.tokens()))
                    .toArray();
            next = Arrays.copyOf(next, next.length + 20);
            Arrays.fill(next, next.length - 20, next.length, 77);
            Answer turn = answer(runner, "a", next);
            assertThat(turn.end().tally().cachedTokens()).isGreaterThanOrEqualTo(PROMPT.length - 1);
            assertThat(turn.tokens())
                    .isEqualTo(answer(runner, "also cold", next).tokens());
        }
    }

    @Test
    void whatTheDiskKeptServesSeveralAtOnceInTheNextRunner() throws Exception {
        for (String kind : List.of("plain", "recurrent")) {
            Path model = directory.resolve(kind + ".gguf");
            if (kind.equals("plain")) Files.copy(RealThings.MODEL, model);
            else TinyModel.recurrent(1, model);
            int[] answer = new int[0];
            try (RunnerProcess runner = runner(model, 0, 1 << 28)) {
                answer = answer(runner, "a", PROMPT).tokens();
                stop(runner);
            }
            try (RunnerProcess runner = runner(model, 0, 1 << 28)) {
                awaitIndex(runner);
                for (int id = 1; id <= 3; id++) ask(runner, id, "a", PROMPT);
                for (Answer served : Answer.collect(runner, 3).values()) {
                    assertThat(served.tokens()).isEqualTo(answer);
                    assertThat(served.end().tally().cachedTokens()).as(kind).isEqualTo(PROMPT.length - 1);
                }
                stop(runner);
            }
            clear();
        }
    }

    /** As soon as it tells what the disk holds, it knows what that is. It looks when it is disturbed. */
    private static void awaitIndex(RunnerProcess runner) throws IOException {
        while (true) {
            if (!(runner.receiveAny() instanceof Message.Heartbeat beat)) continue;
            if (beat.status().cache().diskBytes() > 0) return;
            runner.send(new Message.Tune(new Message.Tuning(0, 1 << 28, false)));
        }
    }

    @Test
    void aDamagedStateOnDiskCostsNothingButItsWork() throws Exception {
        int[] answer;
        try (RunnerProcess runner = runner(RealThings.MODEL, 0, 1 << 28)) {
            answer = answer(runner, "a", PROMPT).tokens();
            stop(runner);
        }
        try (RunnerProcess runner = runner(RealThings.MODEL, 0, 1 << 28)) {
            awaitIndex(runner);
            damage();
            Answer served = answer(runner, "a", PROMPT);
            assertThat(served.tokens()).isEqualTo(answer);
            assertThat(served.end().tally().cachedTokens()).isZero();
        }
    }

    private static void stop(RunnerProcess runner) throws Exception {
        runner.send(new Message.Shutdown());
        assertThat(runner.endsWithin(10_000)).isTrue();
        assertThat(runner.exitCode()).as(runner.output()).isZero();
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("states"))) {
            for (Path file : files.toList()) Files.delete(file);
        }
    }

    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("states"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }
    }
}
