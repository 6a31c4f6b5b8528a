package dev.paddock.cli.text;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The size of the terminal that is drawn on.
 *
 * @param columns characters in a line
 * @param rows lines
 */
public record Screen(int columns, int rows) {
    private static final Screen USUAL = new Screen(80, 24);
    private static final int MILLIS = 500;
    /** What {@code stty size} says. */
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})");

    /** That of this process, or the usual one where nobody knows it. The JDK does not tell, so the system is asked. */
    public static Screen here() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
            if (!stty.waitFor(MILLIS, TimeUnit.MILLISECONDS)) stty.destroy();
            return of(said.strip());
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    static Screen of(String rowsAndColumns) {
        var parts = SIZE.matcher(rowsAndColumns);
        if (!parts.matches()) return USUAL;
        int rows = Integer.parseInt(parts.group(1));
        int columns = Integer.parseInt(parts.group(2));
        return rows < 2 || columns < 20 ? USUAL : new Screen(columns, rows);
    }
}
