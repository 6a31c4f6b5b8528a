package dev.paddock.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lines as the system hands them over, for terminals that cannot be drawn on: Windows' own, and {@code TERM=dumb}. */
final class PlainLines implements Prompt {
    private final BufferedReader lines;
    private final PrintStream out;

    PlainLines(InputStream in, PrintStream out) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    @Override
    public String entry() throws IOException {
        String entry = line(FIRST);
        while (entry != null && Entry.isOpen(entry)) {
            String next = line(NEXT);
            entry = next == null ? null : entry + "\n" + next;
        }
        return entry;
    }

    private String line(String prompt) throws IOException {
        out.print(prompt);
        out.flush();
        return lines.readLine();
    }
}
