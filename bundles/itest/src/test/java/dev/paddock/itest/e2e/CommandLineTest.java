package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code paddock} as people type it. */
@ExtendWith(SharedServer.class)
class CommandLineTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Server server;

    @TempDir
    private Path directory;

    CommandLineTest(Server server) {
        this.server = server;
    }

    @Test
    void runPrintsTheModelsOwnWords() throws Exception {
        Golden who = Golden.all().stream()
                .filter(g -> g.plain() && g.messages().size() == 1)
                .findFirst()
                .orElseThrow();
        var run =
                paddock("run", "starter", who.messages().get(0).path("content").asString(), "--temperature", "0");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo(who.answer());
    }

    @Test
    void listPsShowAndHealthTellWhatIsThere() throws Exception {
        assertThat(paddock("list").out()).contains("starter:latest");
        assertThat(paddock("show", "starter").out()).contains("llama").contains("Q8_0");
        server.post("/api/generate", "{\"model\":\"starter\"}");
        assertThat(paddock("ps").out()).contains("starter:latest");
        assertThat(paddock("health").code()).isZero();
        assertThat(paddock("version").out()).containsPattern("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void aModelIsCreatedFromAFileAndRemoved() throws Exception {
        Path gguf = directory.resolve("tiny.gguf");
        Files.copy(Layout.root().resolve("distribution/starter/starter.gguf"), gguf);
        Path modelfile = Files.writeString(
                directory.resolve("Modelfile"), "FROM ./tiny.gguf\nSYSTEM You are a test.\nPARAMETER temperature 0\n");
        assertThat(paddock("create", "copy", "-f", modelfile.toString()).code()).isZero();
        assertThat(paddock("list").out()).contains("copy:latest");
        assertThat(paddock("show", "copy", "--system").out()).contains("You are a test.");
        assertThat(paddock("rm", "copy").code()).isZero();
        assertThat(paddock("list").out()).doesNotContain("copy:latest");
    }

    @Test
    void aPromptThatIsShownIsTheOneThatAChatIsGiven() throws Exception {
        var messages = List.of(Map.of("role", "user", "content", "Who are you?"));
        Path file = Files.writeString(directory.resolve("chat.json"), JSON.writeValueAsString(messages));
        var shown = paddock("template", "render", "starter", "--messages", file.toString(), "--think", "off", "-v");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.err()).contains("the file's Jinja template", "format of answers: ");
        var options = Map.of("temperature", 0, "num_predict", 24);
        var raw = server.ask(
                "/api/generate",
                Map.of("model", "starter", "prompt", shown.out(), "raw", true, "stream", false, "options", options));
        var chat = server.ask(
                "/api/chat",
                Map.of("model", "starter", "messages", messages, "think", false, "stream", false, "options", options));
        assertThat(raw.path("response").asString())
                .isEqualTo(chat.path("message").path("content").asString())
                .isNotBlank();
        assertThat(raw.path("prompt_eval_count").asInt())
                .isEqualTo(chat.path("prompt_eval_count").asInt());
    }

    @Test
    void aTemplateIsCheckedWithoutAServer() throws Exception {
        Path file = Files.writeString(directory.resolve("chat.jinja"), "{{ messages }}\n{% if %}");
        var checked = paddock(directory, Server.freePort(), "template", "check", file.toString());
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.err()).contains("line 2, column 7");
        assertThat(paddock(directory, Server.freePort(), "template", "batch").code())
                .isZero();
    }

    @Test
    void shellAsksTheServersOsgiShell() throws Exception {
        assertThat(paddock("shell", "lb", "-s").out()).contains("dev.paddock.scheduler");
        var elsewhere = paddock(directory, Server.freePort(), "shell", "lb");
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("PADDOCK_HOME");
    }

    @Test
    void theShellKnowsPaddocksOwnCommands() throws Exception {
        server.post("/api/generate", "{\"model\":\"starter\"}");
        assertThat(paddock("shell", "models").out()).contains("MODEL", "starter:latest", "on cpu");
        assertThat(paddock("shell", "ps").out()).contains("WINDOW", "starter:latest");
        assertThat(paddock("shell", "queue").out()).contains("nobody waits");
        Await.until(Duration.ofSeconds(30), "the CPU's probe has ended", () -> paddock("shell", "backends")
                .out()
                .contains("usable"));
        assertThat(paddock("shell", "memory").out()).contains("host", "AVAILABLE");
        assertThat(paddock("shell", "explain", "starter").out()).contains("placed", "loaded");
        assertThat(paddock("shell", "config", "keep.alive").out()).contains("dev.paddock.scheduler", "5m");
        assertThat(paddock("shell", "help", "paddock:unload").out()).contains("as soon as it is idle");
        assertThat(paddock("shell", "unload", "nope").out()).contains("not installed");
    }

    @Test
    void onlyAPromptLoadsTheLineEditor() throws Exception {
        assertThat(classesLoaded("list")).contains("dev.paddock.cli.Main").doesNotContain("org.jline");
        assertThat(classesLoaded("run", "starter", "Hello"))
                .contains("RunCommand")
                .doesNotContain("org.jline");
    }

    private String classesLoaded(String... words) throws Exception {
        Path jar = Layout.install().resolve("lib/paddock-command.jar");
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        List<String> line =
                new ArrayList<>(List.of(java, "-Xlog:class+load", "-cp", jar.toString(), "dev.paddock.cli.Main"));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("PADDOCK_HOST", "127.0.0.1:" + server.port());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void anUnknownModelIsOneSentenceAndExitCodeOne() throws Exception {
        var run = paddock("run", "nope", "Hello");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("nope").contains("not found");
    }

    @Test
    void runStartsAServerWhenNoneAnswersAndStopEndsIt() throws Exception {
        int port = Server.freePort();
        var run = paddock(directory, port, "run", "starter", "Hello!");
        try {
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).containsIgnoringCase("starting");
            assertThat(run.out()).isNotBlank();
        } finally {
            assertThat(paddock(directory, port, "stop").code()).isZero();
        }
        assertThat(paddock(directory, port, "health").code()).isEqualTo(1);
    }

    private Typed paddock(String... words) throws Exception {
        return Typed.at(server, words);
    }

    private static Typed paddock(Path home, int port, String... words) throws Exception {
        return Typed.at(home, port, words);
    }
}
