package dev.paddock.cli.run;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Where the lines of a conversation come from. */
@FunctionalInterface
public interface Prompt {
    /**
     * Shows the prompt and waits for a line; null at the end of input.
     *
     * @throws Failure with {@link Failure#INTERRUPTED} when the user pressed Ctrl-C instead
     */
    String line(String prompt) throws IOException;

    /** The lines of standard input. A terminal gets the JDK's own line editor, with history, where there is one. */
    static Prompt of(Site site) {
        // Read once, when the class Console is loaded; without it lines cannot be edited but by backspace.
        System.setProperty("jdk.console", "jdk.internal.le");
        Console console = site.terminal().in() ? System.console() : null;
        if (console != null) return prompt -> edited(console, prompt);
        var lines = new BufferedReader(new InputStreamReader(site.in(), StandardCharsets.UTF_8));
        return prompt -> {
            site.out().print(prompt);
            site.out().flush();
            return lines.readLine();
        };
    }

    private static String edited(Console console, String prompt) {
        try {
            return console.readLine("%s", prompt);
        } catch (RuntimeException e) {
            // The line editor's own exception for Ctrl-C is of a package that the JDK does not export.
            if (!e.getClass().getSimpleName().equals("UserInterruptException")) throw e;
            throw new Failure(Failure.INTERRUPTED, "interrupted");
        }
    }
}
