package dev.paddock.cli.run;

import dev.paddock.cli.server.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Where the lines of a conversation come from. */
@FunctionalInterface
public interface Prompt {
    /** Shows the prompt and waits for a line; null at the end of input. */
    String line(String prompt) throws IOException;

    /** The lines of standard input. A terminal gets the JDK's own line editor, with history, where there is one. */
    static Prompt of(Site site) {
        // Read once, when the class Console is loaded; without it lines cannot be edited but by backspace.
        System.setProperty("jdk.console", "jdk.internal.le");
        var console = site.terminal().in() ? System.console() : null;
        if (console != null) return console::readLine;
        var lines = new BufferedReader(new InputStreamReader(site.in(), StandardCharsets.UTF_8));
        return prompt -> {
            site.out().print(prompt);
            site.out().flush();
            return lines.readLine();
        };
    }
}
