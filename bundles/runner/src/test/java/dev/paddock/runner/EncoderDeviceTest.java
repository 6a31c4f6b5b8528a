package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.gguf.random.RandomEncoder;
import dev.paddock.runner.protocol.LogLevel;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes with models that are made for vectors. */
class EncoderDeviceTest {
    @TempDir
    private Path directory;

    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void anEncoderGivesVectorsRefusesPromptsAndEndsWhenTold() throws Exception {
        try (RunnerProcess runner = started(RandomEncoder.Pooling.MEAN)) {
            var facts = ready(runner).facts();
            assertThat(facts.abilities().generate()).isFalse();
            assertThat(facts.abilities().embed()).isTrue();
            assertThat(facts.abilities().rank()).isFalse();
            assertThat(facts.embeddingLength()).isEqualTo(RandomEncoder.WIDTH);
            assertThat(facts.contextLength()).isEqualTo(RandomEncoder.CONTEXT);
            int[] tokens = runner.tokenize("hello");
            assertThat(tokens).startsWith(2).endsWith(3).hasSize(7);
            runner.send(new Message.Embed(5, List.of(tokens, runner.tokenize("other words"))));
            assertThat(((Message.Vectors) answer(runner)).vectors()).hasSize(2).allSatisfy(vector -> assertThat(vector)
                    .hasSize(RandomEncoder.WIDTH));
            runner.generate(6, tokens, 3);
            assertThat(((Message.Failed) answer(runner)).code()).isEqualTo(Fault.UNSUPPORTED);
            assertThat(warnings).isEmpty();
            runner.send(new Message.Shutdown());
            assertThat(runner.endsWithin(20_000)).isTrue();
        }
    }

    @Test
    void theMemoryOfVectorsIsInTheFactsOrInTheHeartbeats() throws Exception {
        try (RunnerProcess runner = started(RandomEncoder.Pooling.MEAN)) {
            long weights = Files.size(directory.resolve("encoder.gguf"));
            assertThat(ready(runner).facts().memoryBytes()).isGreaterThan(weights + (1 << 20));
        }
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 1)) {
            int[] tokens = runner.tokenize("One two three");
            runner.send(new Message.Embed(2, List.of(tokens)));
            long bytes = 0;
            while (bytes == 0) {
                Message message = runner.receiveAny();
                if (message instanceof Message.Heartbeat beat)
                    bytes = beat.status().vectorBytes();
                else assertThat(message).isInstanceOfAny(Message.Vectors.class, Message.Log.class);
            }
            assertThat(bytes).isGreaterThan(1 << 20);
        }
    }

    @Test
    void aRerankerSaysThatItIsOne() throws Exception {
        try (RunnerProcess runner = started(RandomEncoder.Pooling.RANK)) {
            var facts = ready(runner).facts();
            assertThat(facts.abilities().rank()).isTrue();
            assertThat(facts.embeddingLength()).isEqualTo(1);
            runner.send(new Message.Embed(5, List.of(runner.tokenize("a"), runner.tokenize("b"))));
            assertThat(((Message.Vectors) answer(runner)).vectors())
                    .allSatisfy(score -> assertThat(score).hasSize(1));
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void vectorsAreComputedBesideARunningAnswer() throws Exception {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 1)) {
            int[] tokens = runner.tokenize("One two three");
            runner.generate(1, tokens, 40);
            runner.send(new Message.Embed(2, List.of(tokens)));
            boolean vectors = false;
            boolean ended = false;
            while (!vectors || !ended) {
                Message message = answer(runner);
                if (message instanceof Message.Vectors) vectors = true;
                else if (message instanceof Message.End) ended = true;
                else assertThat(message).isInstanceOf(Message.Chunk.class);
            }
            assertThat(warnings).isEmpty();
        }
    }

    private RunnerProcess started(RandomEncoder.Pooling pooling) throws IOException {
        Path file = directory.resolve("encoder.gguf");
        RandomEncoder.write(pooling, 3, file);
        RunnerProcess runner = RunnerProcess.start(directory);
        runner.send(RunnerProcess.loadOrder(file, 0));
        return runner;
    }

    private Message.Ready ready(RunnerProcess runner) throws IOException {
        return (Message.Ready) answer(runner);
    }

    private Message answer(RunnerProcess runner) throws IOException {
        while (true) {
            Message message = runner.receiveAny();
            if (message instanceof Message.Log log && log.level() != LogLevel.INFO) warnings.add(log.text());
            boolean state = message instanceof Message.Heartbeat
                    || message instanceof Message.Log
                    || message instanceof Message.Progress;
            if (!state) return message;
        }
    }
}
