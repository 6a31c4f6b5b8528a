package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pull, push, cp, and what run does with a model that is not there. */
class TransferCommandsTest {
    private static final String SUCCESS = "{\"status\":\"success\"}";
    private static final String[] PULL = {
        "{\"status\":\"pulling manifest\"}",
        "{\"status\":\"pulling 0123456789ab\",\"digest\":\"sha256:0123456789ab\",\"total\":1000,\"completed\":10}",
        "{\"status\":\"pulling 0123456789ab\",\"digest\":\"sha256:0123456789ab\",\"total\":1000,\"completed\":1000}",
        "{\"status\":\"verifying sha256 digest\"}",
        SUCCESS
    };

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

    @Test
    void pullingShowsItsStepsAndAsksForNothingInsecureUnlessToldTo() {
        stage.on("POST /api/pull", Stage.lines(PULL));
        var pull = stage.run("pull", "h:5000/n/m");
        assertThat(pull.code()).as(pull.err()).isZero();
        assertThat(pull.out()).isEmpty();
        assertThat(pull.err()).isEqualTo("""
                pulling manifest
                pulling 0123456789ab
                pulling 0123456789ab: 100% of 1.0 KB
                verifying sha256 digest
                success
                """);
        stage.run("pull", "m", "--insecure");
        assertThat(stage.requests.getFirst()).contains("\"model\":\"h:5000/n/m\"", "\"insecure\":false");
        assertThat(stage.requests.getLast()).contains("\"insecure\":true");
    }

    @Test
    void whatEndsATransferIsTheError() {
        stage.on(
                "POST /api/pull",
                Stage.lines(
                        "{\"status\":\"pulling manifest\"}",
                        "{\"error\":\"pull model manifest: file does not exist\"}"));
        var pull = stage.run("pull", "m");
        assertThat(pull.code()).isEqualTo(1);
        assertThat(pull.err()).isEqualTo("pulling manifest\nError: pull model manifest: file does not exist\n");
        stage.on("POST /api/push", Stage.lines("{\"status\":\"retrieving manifest\"}"));
        assertThat(stage.run("push", "m").err())
                .endsWith("Error: the server stopped at \"retrieving manifest\" without success\n");
        stage.on("POST /api/push", 503, "{\"error\":\"what sends models is stopped\"}");
        assertThat(stage.run("push", "m").err()).isEqualTo("Error: what sends models is stopped\n");
        assertThat(stage.run("pull").code()).isEqualTo(2);
    }

    @Test
    void pushingShowsItsSteps() {
        stage.on("POST /api/push", Stage.lines("{\"status\":\"retrieving manifest\"}", SUCCESS));
        var push = stage.run("push", "http://h/n/m", "--insecure");
        assertThat(push.code()).isZero();
        assertThat(push.err()).isEqualTo("retrieving manifest\nsuccess\n");
    }

    @Test
    void aModelGetsAnotherName() {
        stage.on("POST /api/copy", 200, "");
        var copied = stage.run("cp", "a", "b:v1");
        assertThat(copied.code()).isZero();
        assertThat(copied.out()).isEqualTo("copied 'a' to 'b:v1'\n");
        assertThat(stage.requests).containsExactly("POST /api/copy {\"source\":\"a\",\"destination\":\"b:v1\"}");
        stage.on("POST /api/copy", 404, "{\"error\":\"model \\\"a\\\" not found\"}");
        assertThat(stage.run("cp", "a", "b").err()).isEqualTo("Error: model \"a\" not found\n");
        assertThat(stage.run("cp", "a").code()).isEqualTo(2);
    }

    @Test
    void programsAreAnsweredInJson() {
        stage.on("POST /api/pull", 200, "{\"status\":\"success\"}\n");
        assertThat(stage.run("pull", "m", "--json").out().strip())
                .contains("\"status\":\"success\"", "\"model\":\"m\"");
        stage.on("POST /api/copy", 200, "");
        assertThat(stage.run("cp", "a", "b", "--json").out().strip())
                .isEqualTo("{\"source\":\"a\",\"destination\":\"b\"}");
        stage.on("POST /api/generate", 200, "{\"done\":true}");
        stage.on("DELETE /api/delete", 200, "");
        assertThat(stage.run("rm", "a", "b", "--json").out().strip()).contains("\"model\":\"a\"", "\"model\":\"b\"");
        assertThat(stage.run("stop", "a", "--json").out().strip()).isEqualTo("{\"stopped\":\"a\"}");
        stage.on("POST /api/release", 200, "{\"model\":\"a\",\"released\":true}");
        assertThat(stage.run("release", "a", "--json").out().strip()).contains("\"released\":true");
    }

    @Test
    void runPullsAModelThatIsNotThereAndAsksAgain() {
        stage.on("POST /api/chat", 404, "{\"error\":\"model 'm' not found\"}");
        stage.on("POST /api/pull", exchange -> {
            Stage.lines(PULL).to(exchange);
            stage.on(
                    "POST /api/chat",
                    Stage.lines("{\"message\":{\"content\":\"Hello.\"},\"done\":false}", "{\"done\":true}"));
        });
        var run = stage.run("run", "m", "Hi");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Hello.\n");
        assertThat(run.err()).startsWith("pulling manifest\n").endsWith("success\n");
        assertThat(stage.requests.stream().map(r -> r.split(" ")[1]))
                .containsExactly("/api/chat", "/api/version", "/api/pull", "/api/chat");
    }

    @Test
    void whatIsPipedInIsNotLostWhenTheModelMustBePulledFirst() {
        stage.on("POST /api/chat", 404, "{\"error\":\"model 'm' not found\"}");
        stage.on("POST /api/pull", Stage.lines(SUCCESS));
        stage.runWith("a text", "run", "m", "--insecure", "Go");
        assertThat(stage.requests.getLast()).startsWith("POST /api/chat").contains("a text Go");
        assertThat(stage.requests.get(2)).startsWith("POST /api/pull").contains("\"insecure\":true");
    }

    @Test
    void damagedModelsAreBelowTheList() {
        stage.on(
                "GET /api/tags",
                200,
                "{\"models\":[{\"name\":\"a:latest\",\"size\":5},{\"name\":\"b:latest\",\"size\":5,"
                        + "\"damaged\":\"blob 0123 is missing\"}]}");
        assertThat(stage.run("list").out())
                .endsWith("b:latest is damaged: blob 0123 is missing\n")
                .doesNotContain("a:latest is");
        assertThat(stage.run("list", "a").out()).doesNotContain("damaged");
    }

    @Test
    void removingSaysWhatItFreedWhenAsked() {
        stage.on("POST /api/generate", 200, "{\"done\":true}");
        stage.on("DELETE /api/delete", exchange -> {
            exchange.getResponseHeaders().add("X-Paddock-Freed-Bytes", "4100000");
            exchange.sendResponseHeaders(200, -1);
        });
        var rm = stage.run("rm", "a");
        assertThat(rm.out() + rm.err()).isEqualTo("deleted 'a'\n");
        var verbose = stage.run("rm", "--verbose", "a");
        assertThat(verbose.out()).isEqualTo("deleted 'a'\n");
        assertThat(verbose.err()).isEqualTo("(4.1 MB freed)\n");
    }
}
