package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command {@code paddock} in a real terminal, driven key by key. */
class TerminalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(TerminalSession.possible(), "tmux is not there (Debian: tmux)");
        server = Server.start(Map.of());
        SlowModel.install(server);
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static TerminalSession typed(String words) throws Exception {
        return new TerminalSession("PADDOCK_HOME='" + server.home() + "' PADDOCK_HOST=127.0.0.1:" + server.port()
                + " PADDOCK_AOT=off '" + Layout.install().resolve("bin/paddock") + "' " + words);
    }

    @Test
    void aConversationFromTheFirstWordToBye() throws Exception {
        try (TerminalSession terminal = typed("run starter")) {
            terminal.awaitPrompt();
            terminal.line("/set parameter temperature 0");
            terminal.await("Set parameter 'temperature' to '0'");
            terminal.line("Who are you?");
            terminal.await("tarter");
            terminal.awaitPrompt();

            terminal.line("\"\"\"Say this:");
            Await.until(PATIENCE, "it asks for more", () -> terminal.lastLine().startsWith("..."));
            terminal.line("Hello.\"\"\"");
            terminal.awaitPrompt();

            terminal.line("/show info");
            terminal.await("architecture");
            terminal.awaitPrompt();
            terminal.press("Up");
            Await.until(PATIENCE, "the last line comes again", () -> terminal.lastLine()
                    .contains("/show info"));
            terminal.press("Up");
            Await.until(PATIENCE, "the one before it comes again", () -> terminal.lastLine()
                    .contains("Hello."));
            terminal.press("C-c");
            terminal.awaitPrompt();
            assertThat(terminal.shown()).doesNotContain("Use Ctrl + d or /bye to exit.");
            terminal.press("C-c");
            terminal.await("Use Ctrl + d or /bye to exit.");
            terminal.line("/dance");
            terminal.await("Unknown command '/dance'. Type /? for help");
            terminal.line("/bye");
            terminal.await("ended with 0");
        }
    }

    @Test
    void whatWasTypedIsFoundInTheNextSession() throws Exception {
        try (TerminalSession terminal = typed("run starter")) {
            terminal.awaitPrompt();
            terminal.line("/show license");
            terminal.awaitPrompt();
            terminal.line("/set nohistory");
            terminal.await("Set 'nohistory' mode.");
            terminal.line("/secret");
            terminal.await("Unknown command '/secret'");
            terminal.awaitPrompt();
            terminal.press("C-d");
            terminal.await("ended with 0");
        }
        Path history = server.home().resolve("history");
        assertThat(Files.readString(history)).contains("/show license\n").doesNotContain("/secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        try (TerminalSession terminal = typed("run starter")) {
            terminal.awaitPrompt();
            terminal.press("C-r");
            terminal.type("lic");
            Await.until(PATIENCE, "it is found", () -> terminal.shown().contains("/show license"));
            terminal.press("Enter");
            terminal.awaitPrompt();
            terminal.line("/bye");
            terminal.await("ended with 0");
        }
    }

    @Test
    void severalPastedLinesAreOneMessage() throws Exception {
        try (TerminalSession terminal = typed("run starter")) {
            terminal.awaitPrompt();
            terminal.paste("/set system Line one,\nline \u4e8c \uD83D\uDE42,\nline three.");
            Await.until(
                    PATIENCE, "it waits for Enter", () -> terminal.lastLine().equals("... line three."));
            assertThat(terminal.shown())
                    .contains("... line \u4e8c \uD83D\uDE42,")
                    .doesNotContain("Set system");
            terminal.press("Enter");
            terminal.await("Set system message.");
            terminal.awaitPrompt();
            terminal.line("/show system");
            terminal.await("\nline \u4e8c \uD83D\uDE42,\nline three.");
            terminal.awaitPrompt();
            terminal.paste("/set system " + "ten thousand ".repeat(800));
            Await.until(
                    PATIENCE, "all of it is there", () -> terminal.lastLine().endsWith("thousand"));
            terminal.press("Enter");
            Await.until(
                    PATIENCE, "it is taken", () -> terminal.lastLine().strip().equals(">>>"));
            terminal.line("/bye");
            terminal.await("ended with 0");
        }
    }

    @Test
    void ctrlCStopsTheAnswerAndNotTheConversation() throws Exception {
        try (TerminalSession terminal = typed("run slow")) {
            terminal.awaitPrompt();
            terminal.line("Go on for ever.");
            Await.until(
                    PATIENCE, "it answers", () -> SlowModel.running(server) == 1 && SlowModel.generated(server) > 5);
            terminal.press("C-c");
            Await.until(PATIENCE, "it stops computing", () -> SlowModel.running(server) == 0);
            terminal.awaitPrompt();
            terminal.line("/set verbose");
            terminal.await("Set 'verbose' mode.");
            terminal.press("C-d");
            terminal.await("ended with 0");
        }
    }

    @Test
    void topDrawsUntilItIsStopped() throws Exception {
        try (TerminalSession terminal = typed("top")) {
            terminal.await("PROCESSOR");
            terminal.press("C-c");
            terminal.await("ended with 0");
            assertThat(terminal.shown()).doesNotContain("PROCESSOR");
        }
    }

    @Test
    void logsFollowUntilTheyAreStopped() throws Exception {
        try (TerminalSession terminal = typed("logs -f -n 5")) {
            Await.until(PATIENCE, "lines come", () -> !terminal.shown().isBlank());
            server.get("/api/tags?looking-for-this-line");
            terminal.await("GET /api/tags");
            terminal.press("C-c");
            terminal.await("ended with 130");
        }
    }
}
