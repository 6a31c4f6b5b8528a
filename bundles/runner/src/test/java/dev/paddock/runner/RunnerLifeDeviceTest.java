package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a runner process begins and ends. */
@Timeout(60)
class RunnerLifeDeviceTest {
    @TempDir
    Path directory;

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void itEndsWithItsParentEvenInTheMiddleOfAPrompt() throws Exception {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 1)) {
            int[] prompt = new int[runner.facts().contextLength() - 1];
            Arrays.fill(prompt, 5);
            for (int id = 1; id < 50; id++) runner.generate(id, prompt, -1);
            runner.hangUp();
            assertThat(runner.endsWithin(2000)).isTrue();
        }
    }

    @Test
    void itEndsWithItsParentBeforeAnythingWasLoaded() throws Exception {
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.hangUp();
            assertThat(runner.endsWithin(2000)).isTrue();
        }
    }

    @Test
    void askedToShutDownItFreesEverythingAndEndsWell() throws Exception {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, 2)) {
            runner.generate(1, runner.tokenize("hello"), -1);
            runner.send(new Message.Shutdown());
            assertThat(runner.endsWithin(5000)).isTrue();
            assertThat(runner.exitCode()).isZero();
            assertThat(runner.output()).isEmpty();
        }
    }

    @Test
    void aBrokenModelIsRefusedInTheEnginesWords() throws Exception {
        Path broken = directory.resolve("broken.gguf");
        byte[] bytes = Files.readAllBytes(RealThings.MODEL);
        Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(loadFailure(RunnerProcess.loadOrder(broken, 1)).code()).isEqualTo(Fault.MODEL_DAMAGED);
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text.gguf"), "this is no model");
        Message.Failed failed = loadFailure(RunnerProcess.loadOrder(text, 1));
        assertThat(failed.code()).isEqualTo(Fault.MODEL_DAMAGED);
        assertThat(failed.message()).contains("llama.cpp refused the model", "magic");
    }

    @Test
    void aModelThatIsNotThereIsNamed() throws Exception {
        Path missing = directory.resolve("missing.gguf");
        assertThat(loadFailure(RunnerProcess.loadOrder(missing, 1)).message()).contains(missing.toString());
    }

    @Test
    void missingLibrariesAreNamed() throws Exception {
        var order = new Message.Load(
                RealThings.MODEL.toString(),
                "",
                new Message.Libraries(directory.toString(), List.of(), Map.of()),
                List.of(),
                new Message.Sizes(0, 0, 0, 0, 1, 1, 0),
                "",
                "",
                Message.Tuning.PLAIN);
        Message.Failed failed = loadFailure(order);
        assertThat(failed.code()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(failed.message()).contains(directory.toString(), "libggml-base");
    }

    @Test
    void aRunnerWithoutABackendSaysSo() throws Exception {
        var order = RunnerProcess.load(RealThings.MODEL, List.of(), new Message.Sizes(0, 0, 0, 0, 1, 1, 0));
        assertThat(loadFailure(order).message()).contains("no CPU backend");
    }

    @Test
    void aContextBeyondReasonIsRefused() throws Exception {
        Message.Load sane = RunnerProcess.loadOrder(RealThings.MODEL, 256);
        var order = RunnerProcess.load(
                RealThings.MODEL, sane.libraries().backends(), new Message.Sizes(1 << 28, 0, 512, 512, 256, 1, 0));
        Message.Failed failed = loadFailure(order);
        assertThat(failed.code()).isEqualTo(Fault.INVALID_REQUEST);
        assertThat(failed.message()).contains("context length");
    }

    @Test
    void aContextSmallerThanABatchIsFine() throws Exception {
        Message.Load sane = RunnerProcess.loadOrder(RealThings.MODEL, 1);
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(RunnerProcess.load(
                    RealThings.MODEL, sane.libraries().backends(), new Message.Sizes(40, 0, 0, 0, 1, 1, 0)));
            RunnerFacts facts = ((Message.Ready) runner.receive()).facts();
            assertThat(facts.contextLength()).isEqualTo(40);
            runner.generate(1, new int[] {10, 11, 12}, -1);
            Answer answer = Answer.one(runner, 1);
            assertThat(answer.end()).isNotNull();
            assertThat(answer.tokens().length).isLessThanOrEqualTo(37);
        }
    }

    @Test
    void requestsBeforeTheModelAreRefusedNotLost() throws Exception {
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.generate(7, new int[] {1}, 1);
            Message.Failed failed = (Message.Failed) runner.receive();
            assertThat(failed.id()).isEqualTo(7);
            assertThat(failed.code()).isEqualTo(Fault.UNAVAILABLE);
        }
    }

    private Message.Failed loadFailure(Message.Load order) throws IOException, InterruptedException {
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(order);
            Message.Failed failed = (Message.Failed) runner.receive();
            assertThat(failed.id()).isEqualTo(Message.LOAD_ID);
            assertThat(runner.endsWithin(3000)).isTrue();
            assertThat(runner.exitCode()).isEqualTo(1);
            return failed;
        }
    }
}
