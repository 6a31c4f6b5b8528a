package dev.paddock.cli.server;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which of the three standard streams are terminals.
 *
 * @param in whether a person may be typing
 * @param out whether a person may be reading
 * @param err whether progress may be drawn
 */
public record Terminal(boolean in, boolean out, boolean err) {
    /**
     * As it is for this process. A start script may say so in the property {@code paddock.tty}, for example {@code 02}
     * for all but standard output; without it the system is asked.
     */
    public static Terminal here() {
        String said = System.getProperty("paddock.tty");
        if (said != null) return new Terminal(said.contains("0"), said.contains("1"), said.contains("2"));
        return new Terminal(isTerminal(0), isTerminal(1), isTerminal(2));
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noProc) {
            return Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
        }
    }
}
