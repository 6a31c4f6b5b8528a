package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String DONE =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
                    + "\"total_duration\":2000000000,\"load_duration\":1000000,\"prompt_eval_count\":10,"
                    + "\"prompt_eval_duration\":100000000,\"eval_count\":5,\"eval_duration\":500000000}";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static String piece(String content) {
        return "{\"message\":{\"role\":\"assistant\",\"content\":\"" + content + "\"},\"done\":false}";
    }

    @Test
    void theAnswerIsPrintedAsItComes() {
        stage.on("POST /api/chat", Stage.lines(piece("I am "), piece("starter \uD83D\uDE42"), DONE));
        var run = stage.run("run", "starter", "Who", "are you?");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("I am starter \uD83D\uDE42\n");
        assertThat(run.err()).isEmpty();
        assertThat(stage.requests)
                .containsExactly(
                        "POST /api/chat {\"model\":\"starter\",\"messages\":[{\"role\":\"user\",\"content\":\"Who are you?\"}]}"
                                .replace("{\"role\":\"user\",\"content\":\"Who are you?\"}", message("Who are you?")));
    }

    /** Map.of has no order of its own. */
    private String message(String content) {
        String one = "{\"role\":\"user\",\"content\":\"" + content + "\"}";
        return stage.requests.getFirst().contains(one) ? one : "{\"content\":\"" + content + "\",\"role\":\"user\"}";
    }

    @Test
    void optionsGoIntoTheRequest() {
        stage.on("POST /api/chat", Stage.lines(DONE));
        var run = stage.run(
                "run",
                "m",
                "--think",
                "--temperature",
                "0",
                "-o",
                "num_ctx=512",
                "--keepalive",
                "1h",
                "--format",
                "json",
                "Hello");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(stage.requests.getFirst())
                .contains("\"think\":true", "\"keep_alive\":\"1h\"", "\"format\":\"json\"")
                .contains("\"options\":{\"num_ctx\":512,\"temperature\":0.0}");
    }

    @Test
    void thinkTakesNoWordAfterItButAValueBehindAnEqualsSign() {
        stage.on("POST /api/chat", Stage.lines(DONE));
        stage.run("run", "--think", "m", "Hi");
        stage.run("run", "--think=low", "m", "Hi");
        stage.run("run", "--think=false", "m", "Hi");
        assertThat(stage.requests.get(0)).contains("\"think\":true");
        assertThat(stage.requests.get(1)).contains("\"think\":\"low\"");
        assertThat(stage.requests.get(2)).contains("\"think\":false");
        assertThat(stage.run("run", "--think=deep", "m", "Hi").code()).isEqualTo(2);
    }

    @Test
    void thoughtsAreMarkedOrHidden() {
        stage.on(
                "POST /api/chat",
                Stage.lines(
                        "{\"message\":{\"thinking\":\"hm\"}}",
                        "{\"message\":{\"thinking\":\"!\"}}",
                        piece("Yes."),
                        DONE));
        assertThat(stage.run("run", "m", "Hi").out()).isEqualTo("Thinking...\nhm!\n...done thinking.\n\nYes.\n");
        assertThat(stage.run("run", "m", "Hi", "--hidethinking").out()).isEqualTo("Yes.\n");
    }

    @Test
    void verboseShowsTimesAndRates() {
        stage.on("POST /api/chat", Stage.lines(piece("x"), DONE));
        assertThat(stage.run("run", "m", "Hi", "--verbose").err())
                .contains("total duration:       2.00s")
                .contains("prompt eval rate:     100.00 tokens/s")
                .contains("eval count:           5 token(s)")
                .contains("eval rate:            10.00 tokens/s");
    }

    @Test
    void whatIsPipedInGoesBeforeThePrompt() {
        stage.on("POST /api/chat", Stage.lines(DONE));
        stage.runWith("a text\n", "run", "m", "Summarize.");
        stage.runWith("only this", "run", "m");
        assertThat(stage.requests.get(0)).contains("\"a text\\n Summarize.\"");
        assertThat(stage.requests.get(1)).contains("\"only this\"");
    }

    @Test
    void noPromptAtAllLoadsTheModel() {
        stage.on("POST /api/generate", 200, "{\"done\":true}");
        assertThat(stage.run("run", "m").code()).isZero();
        assertThat(stage.requests).containsExactly("POST /api/generate {\"model\":\"m\"}");
    }

    @Test
    void anErrorInTheStreamIsToldAfterWhatCame() {
        stage.on("POST /api/chat", Stage.lines(piece("Half"), "{\"error\":\"the runner died\"}"));
        var run = stage.run("run", "m", "Hi");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("Half");
        assertThat(run.err()).isEqualTo("Error: the runner died\n");
    }

    @Test
    void anAnswerWithoutItsEndIsAnError() {
        stage.on("POST /api/chat", Stage.lines(piece("Half")));
        var run = stage.run("run", "m", "Hi");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("before it was complete");
    }

    @Test
    void anUnknownModelIsOneSentenceWithAdvice() {
        stage.on("POST /api/chat", 404, "{\"error\":\"model 'nope' not found\"}");
        stage.on("POST /api/pull", Stage.lines("{\"error\":\"pull model manifest: file does not exist\"}"));
        var run = stage.run("run", "nope", "Hi");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("Error: model 'nope' not found, and it cannot be pulled: pull model manifest: file does not"
                        + " exist; `paddock list` shows the models there are\n");
    }

    @Test
    void anOllamaOnThePortIsNamedWhenItLacksTheModel() {
        stage.on("POST /api/chat", 404, "{\"error\":\"model 'starter' not found\"}");
        stage.on("GET /api/version", 200, "{\"version\":\"0.32.1\"}");
        assertThat(stage.run("run", "starter", "Hi").err()).contains("an Ollama 0.32.1", "PADDOCK_HOST");
    }

    @Test
    void wrongOptionsExitWithTwo() {
        assertThat(stage.run("run").code()).isEqualTo(2);
        assertThat(stage.run("run", "m", "Hi", "--sing").code()).isEqualTo(2);
        assertThat(stage.run("run", "m", "Hi", "-o", "speed=1").code()).isEqualTo(2);
        assertThat(stage.run("run", "m", "Hi", "-o", "num_ctx=big").err()).contains("invalid int value [big]");
    }
}
