package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
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
            terminal.await("Use Ctrl + d or /bye to exit.");
            terminal.line("/dance");
            terminal.await("Unknown command '/dance'. Type /? for help");
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
