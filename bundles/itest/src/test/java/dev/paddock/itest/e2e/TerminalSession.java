package dev.paddock.itest.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A terminal with a command in it, by tmux: keys go in, and what a person would see is read. */
final class TerminalSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String socket = "paddock-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    /** Whether this machine has tmux. */
    static boolean possible() {
        try {
            return new ProcessBuilder("tmux", "-V")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts a command of the shell in a terminal of 100 columns; the terminal stays when it ends. */
    TerminalSession(String command) throws Exception {
        tmux(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                "100",
                "-y",
                "50",
                command + "; echo ended with $?; sleep 600");
    }

    /** Types a line and presses Enter. */
    void line(String text) throws Exception {
        type(text);
        press("Enter");
    }

    /** Types without Enter. */
    void type(String text) throws Exception {
        tmux("send-keys", "-l", "--", text);
    }

    /** Pastes as a terminal does, with marks around it where the program asked for them. */
    void paste(String text) throws Exception {
        tmux("set-buffer", "--", text);
        tmux("paste-buffer", "-p");
    }

    /** Presses keys as tmux names them: {@code C-c}, {@code Up}. */
    void press(String... keys) throws Exception {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        tmux(words.toArray(String[]::new));
    }

    /** What was shown so far, with what has left the screen. */
    String shown() throws Exception {
        return tmux("capture-pane", "-p", "-S", "-");
    }

    /** The line where the cursor is. */
    String lastLine() throws Exception {
        return shown().stripTrailing().lines().reduce("", (_, line) -> line);
    }

    void await(String text) {
        Await.until(PATIENCE, "the terminal shows \"" + text + "\"", () -> shown().contains(text));
    }

    /** Waits until the prompt is back, with nothing behind it. */
    void awaitPrompt() {
        Await.until(PATIENCE, "the prompt comes", () -> lastLine().strip().equals(">>>"));
    }

    private String tmux(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + said);
        return said;
    }

    @Override
    public void close() throws Exception {
        tmux("kill-server");
    }
}
