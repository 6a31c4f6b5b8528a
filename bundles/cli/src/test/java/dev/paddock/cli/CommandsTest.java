package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
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

    private static HostAddress nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return HostAddress.parse("127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void nobodyAtTheAddressIsOneSentenceWithAdvice() throws IOException {
        var list = stage.run(nobody(), "", "list");
        assertThat(list.code()).isEqualTo(1);
        assertThat(list.err().lines())
                .singleElement()
                .asString()
                .startsWith("Error: no server answers on 127.0.0.1:")
                .contains("paddock serve", "PADDOCK_HOST");
        assertThat(stage.run(nobody(), "", "run", "m", "Hi").err()).contains("no server answers");
        assertThat(stage.run(nobody(), "", "health").code()).isEqualTo(1);
        assertThat(stage.run(nobody(), "", "version").out()).contains("client: paddock", "none answers");
    }

    @Test
    void whatSpeaksNoHttpIsSaidToBeNoPaddock() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try (var socket = other.accept()) {
                    socket.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            var list = stage.run(HostAddress.parse("127.0.0.1:" + other.getLocalPort()), "", "list");
            thread.join();
            assertThat(list.code()).isEqualTo(1);
            assertThat(list.err()).contains("not a Paddock");
        }
    }

    @Test
    void anotherWebServerIsSaidToBeNeither() {
        stage.on("GET /api/tags", 200, "<html>Welcome</html>");
        stage.on("GET /api/version", 200, "<html>Welcome</html>");
        assertThat(stage.run("list").err()).contains("neither a Paddock nor an Ollama");
        stage.on("GET /api/tags", 404, "not here");
        stage.on("GET /api/version", 200, "{\"version\":\"0.32.1\"}");
        assertThat(stage.run("list").err()).contains("an Ollama 0.32.1, not a Paddock");
    }

    @Test
    void versionsOfBothSidesAreSaid() {
        stage.on("GET /api/version", 200, "{\"version\":\"0.32.0\",\"paddock\":\"0.1.0\"}");
        assertThat(stage.run("version").out()).contains("server: paddock 0.1.0 on 127.0.0.1:");
        assertThat(stage.run("-v").out()).contains("server: paddock 0.1.0");
    }

    @Test
    void healthIsTheExitCode() {
        stage.on("GET /livez", 200, "ok");
        stage.on("GET /readyz", 503, "store: scanning");
        var health = stage.run("health");
        assertThat(health.code()).isEqualTo(1);
        assertThat(health.out()).contains("live : yes", "ready: no (/readyz says 503)", "store: scanning");
        stage.on("GET /readyz", 200, "ok");
        assertThat(stage.run("health").code()).isZero();
    }

    @Test
    void theServerDrainsAndTheWaitEndsWhenNothingRuns() {
        stage.on("POST /api/drain", 200, "{\"draining\":true,\"running\":2}");
        stage.on("GET /api/drain", 200, "{\"draining\":true,\"running\":0}");
        var drain = stage.run("drain", "--wait");
        assertThat(drain.code()).as(drain.err()).isZero();
        assertThat(drain.out()).isEqualTo("the server drains: no new work, 2 requests run\nnothing runs any more\n");
        assertThat(stage.requests).containsExactly("POST /api/drain {\"drain\":true}", "GET /api/drain");
        stage.on("GET /api/drain", 200, "{\"draining\":true,\"running\":1}");
        var late = stage.run("drain", "--wait", "--timeout", "0");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err()).contains("after 0 s 2 requests run");
        stage.on("POST /api/drain", 200, "{\"draining\":false,\"running\":0}");
        assertThat(stage.run("drain", "--undo").out()).isEqualTo("the server takes work again\n");
        assertThat(stage.requests.getLast()).contains("\"drain\":false");
        assertThat(stage.run("drain", "--undo", "--wait").code()).isEqualTo(2);
    }

    @Test
    void modelsAreRemovedOneByOne() {
        stage.on("POST /api/generate", 404, "{\"error\":\"model 'b' not found\"}");
        stage.on("DELETE /api/delete", 200, "");
        var rm = stage.run("rm", "a", "b");
        assertThat(rm.code()).as(rm.err()).isZero();
        assertThat(rm.out()).isEqualTo("deleted 'a'\ndeleted 'b'\n");
        assertThat(stage.requests).contains("DELETE /api/delete {\"model\":\"a\"}");
        stage.on("DELETE /api/delete", 404, "{\"error\":\"model 'c' not found\"}");
        assertThat(stage.run("rm", "c").err()).isEqualTo("Error: model 'c' not found\n");
        stage.on("DELETE /api/delete", 404, "{\"error\":\"no \\u001b]0;x\\u0007\\u009b2J\"}");
        assertThat(stage.run("rm", "c").err()).isEqualTo("Error: no ]0;x2J\n");
    }

    @Test
    void showPrintsACardOrOnePart() {
        stage.on("POST /api/show", 200, "{\"system\":\"Be brief.\",\"details\":{\"family\":\"llama\"}}");
        assertThat(stage.run("show", "m").out()).contains("llama", "Be brief.");
        assertThat(stage.run("show", "m", "--system").out()).isEqualTo("Be brief.\n");
        assertThat(stage.run("show", "m", "--system", "--license").code()).isEqualTo(2);
    }

    @Test
    void aModelIsUnloaded() {
        stage.on("POST /api/generate", 200, "{\"done\":true}");
        assertThat(stage.run("stop", "m").code()).isZero();
        assertThat(stage.requests.getFirst()).contains("\"keep_alive\":0");
        stage.on("POST /api/generate", 404, "{\"error\":\"x\"}");
        assertThat(stage.run("stop", "m").err()).contains("couldn't find model \"m\" to stop");
    }

    @Test
    void aModelIsLetOutOfQuarantine() throws IOException {
        stage.on("POST /api/release", 200, "{\"model\":\"m:latest\",\"released\":true}");
        var released = stage.run("release", "m");
        assertThat(released.code()).as(released.err()).isZero();
        assertThat(released.out()).isEqualTo("m is released; the next request loads it\n");
        assertThat(stage.requests).containsExactly("POST /api/release {\"model\":\"m\"}");
        stage.on("POST /api/release", 200, "{\"model\":\"m:latest\",\"released\":false}");
        var nothing = stage.run("release", "m");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).isEqualTo("Error: m is not in quarantine\n");
        stage.on("POST /api/release", 404, "{\"error\":\"model 'm' not found\"}");
        var unknown = stage.run("release", "m");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).isEqualTo("Error: model 'm' not found\n");
        var down = stage.run(nobody(), "", "release", "m");
        assertThat(down.code()).isEqualTo(1);
        assertThat(down.err()).contains("no server answers");
        assertThat(stage.run("release").code()).isEqualTo(2);
    }

    @Test
    void modelsInQuarantineAreBelowTheLoadedOnes() {
        stage.on(
                "GET /api/ps",
                200,
                "{\"models\":[{\"name\":\"a:latest\"}],\"quarantined\":["
                        + "{\"model\":\"m:latest\",\"backends\":\"cpu\",\"reason\":\"died 3 times\\u001b[2J\","
                        + "\"until\":\"2318-01-01T00:00:00Z\"},{\"model\":\"b:latest\"}]}");
        var ps = stage.run("ps", "m");
        assertThat(ps.code()).isZero();
        assertThat(ps.out().lines().skip(1))
                .containsExactly(
                        "m:latest is in quarantine on cpu: died 3 times[2J (tried again Forever; sooner: paddock"
                                + " release m:latest)");
        assertThat(stage.run("ps").out())
                .contains("a:latest")
                .containsPattern("b:latest is in quarantine .*tried again with the next request");
    }

    @Test
    void aProcessThatIsNoServerIsNeverStopped() throws IOException {
        long self = ProcessHandle.current().pid();
        Files.writeString(home.resolve("paddock.pid"), self + "\nhttp://127.0.0.1:1\n");
        assertThat(stage.run(nobody(), "", "stop").out()).isEqualTo("no server is running\n");
        Files.writeString(home.resolve("paddock.pid"), "rubbish");
        assertThat(stage.run("stop").err()).contains("names no running server");
    }

    @Test
    void aModelIsCreatedOfAModelfile() throws IOException {
        Files.writeString(home.resolve("tiny.gguf"), "GGUF");
        Path modelfile = Files.writeString(home.resolve("Modelfile"), "FROM ./tiny.gguf\nSYSTEM Hi.\n");
        String digest = "sha256:6c4cc06be3a5a3df7d2dfe3f7b6ac4a47e7b9aeebab2c4a0a4aa3f4d0b2bd5ca";
        stage.on("POST /api/create", Stage.lines("{\"status\":\"parsing GGUF\"}", "{\"status\":\"success\"}"));
        var missing = stage.run("create", "new", "-f", modelfile.toString());
        assertThat(missing.code()).as("the blob cannot be sent: " + digest).isEqualTo(1);

        String blob = stage.requests.stream()
                .filter(r -> r.startsWith("POST /api/blobs/"))
                .findFirst()
                .orElseThrow();
        String path = blob.split(" ")[1];
        assertThat(blob).endsWith(" GGUF");
        stage.on("POST " + path, 201, "");
        var create = stage.run("create", "new", "-f", modelfile.toString());
        assertThat(create.code()).as(create.err()).isZero();
        assertThat(create.err()).contains("parsing GGUF\nsuccess\n");
        assertThat(stage.requests.getLast())
                .contains("\"tiny.gguf\":\"" + path.replace("/api/blobs/", "") + "\"", "\"Hi.\"");
    }

    @Test
    void howWeightsArePackedIsPassedOn() throws IOException {
        Path modelfile = Files.writeString(home.resolve("Modelfile"), "FROM base\n");
        stage.on(
                "POST /api/create",
                Stage.lines(
                        "{\"status\":\"quantizing F16 model to Q4_K_M\",\"digest\":\"0\",\"total\":9,\"completed\":3}",
                        "{\"status\":\"success\"}"));
        var create = stage.run(
                "create",
                "new",
                "-f",
                modelfile.toString(),
                "-q",
                "q4_K_M",
                "--draft-quantize",
                "Q8_0",
                "--requantize");
        assertThat(create.code()).as(create.err()).isZero();
        assertThat(create.err()).contains("quantizing F16 model to Q4_K_M\nsuccess\n");
        assertThat(stage.requests.getLast())
                .contains("\"quantize\":\"q4_K_M\"", "\"draft_quantize\":\"Q8_0\"", "\"requantize\":true");
    }

    @Test
    void aCreationThatFailsIsToldInTheServersWords() throws IOException {
        Path modelfile = Files.writeString(home.resolve("Modelfile"), "FROM base\n");
        stage.on("POST /api/create", Stage.lines("{\"status\":\"x\"}", "{\"error\":\"invalid model name\"}"));
        var create = stage.run("create", "new", "-f", modelfile.toString());
        assertThat(create.code()).isEqualTo(1);
        assertThat(create.err()).endsWith("Error: invalid model name\n");
        stage.on("POST /api/create", Stage.lines("{\"status\":\"x\"}"));
        assertThat(stage.run("create", "new", "-f", modelfile.toString()).code())
                .isEqualTo(1);
        assertThat(stage.run("create", "new", "-f", home.resolve("none").toString())
                        .err())
                .contains("specified Modelfile wasn't found");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(stage.run("--help").out())
                .contains(
                        "serve", "run", "stop", "list", "ps", "show", "rm", "create", "version", "health", "pull",
                        "push", "cp", "models");
        assertThat(stage.run("run", "--help").out()).contains("--think", "--keepalive");
        assertThat(stage.run("bench", "make", "--help").out()).contains("--size=0.1b|1b|8b|1b-128k");
        assertThat(stage.run("help", "run").out()).contains("--think");
        assertThat(stage.run("help").out()).contains("Usage: paddock");
        assertThat(stage.run().out()).contains("Usage: paddock");
        assertThat(stage.run("dance").code()).isEqualTo(2);
        assertThat(stage.run("serve").code()).isEqualTo(1);
    }

    @Test
    void whatIsAskedWronglyIsSaidAsOllamaSaysIt() {
        var unknown = stage.run("dance");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("Error: unknown command \"dance\" for \"paddock\"");
        assertThat(stage.run("show", "m", "--license", "--system").err())
                .contains("only one of '--license', '--modelfile', '--parameters', '--system', or '--template' can be");
        assertThat(stage.run("run", "m", "--keepalive", "soon", "Hi").err()).contains("invalid duration \"soon\"");
    }

    @Test
    void anEmbeddingModelPrintsNumbers() {
        stage.on("POST /api/chat", 400, "{\"error\":\"\\\"m\\\" does not support chat\"}");
        stage.on("POST /api/show", 200, "{\"capabilities\":[\"embedding\"]}");
        stage.on("POST /api/embed", 200, "{\"embeddings\":[[0.5,-1.0]]}");
        var run = stage.run("run", "m", "some text", "--dimensions", "2");
        assertThat(run.out()).isEqualTo("[0.5,-1.0]\n");
        assertThat(stage.requests.getLast()).contains("\"input\":\"some text\"", "\"dimensions\":2");
    }
}
