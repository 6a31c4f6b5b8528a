package dev.paddock.shell.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * Makes lines of the keys that a terminal sends, and shows them: backspace, Ctrl-U and Ctrl-W erase, the arrows up and
 * down bring earlier lines, Ctrl-C abandons the line or ends what runs, Ctrl-D on an empty line ends all. A thread of
 * its own reads, so that Ctrl-C is heard while a command runs.
 */
final class Keyboard implements AutoCloseable {
    /** What the keys came to. */
    sealed interface Typed permits Line, Abandoned, End {}

    /** A line, without its end. */
    record Line(String text) implements Typed {}

    /** A line that its author wants to forget. */
    record Abandoned() implements Typed {}

    /** Nothing follows. */
    record End() implements Typed {}

    private static final int LONGEST_LINE = 4_096;
    private static final int MOST_WAITING = 64;
    private static final int MOST_REMEMBERED = 100;
    private static final char CTRL_C = 3;
    private static final char CTRL_D = 4;
    private static final char BELL = 7;
    private static final char CTRL_U = 21;
    private static final char CTRL_W = 23;
    private static final char ESCAPE = 27;
    private static final char DELETE = 127;

    /** The line where the cursor is. */
    private static final String CLEARED = "\r\033[K";

    /** Where in an escape sequence the next key stands. */
    private enum Escape {
        NONE,
        BEGUN,
        INSIDE
    }

    private final PrintStream screen;
    private final BooleanSupplier interrupt;
    private final BlockingQueue<Typed> typed = new LinkedBlockingQueue<>();
    private final List<String> earlier = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private final Thread reader;
    private int recalled;
    private Escape escape = Escape.NONE;
    private char last;

    /**
     * Begins to read.
     *
     * @param screen where keys are shown
     * @param interrupt ends what runs; false when nothing does
     */
    Keyboard(InputStream keys, PrintStream screen, BooleanSupplier interrupt) {
        this.screen = screen;
        this.interrupt = interrupt;
        this.reader = Thread.ofVirtual().name("ssh-keyboard").start(() -> read(keys));
    }

    /** What was typed next, after this prompt; waits for it. What was typed before it moves behind it. */
    Typed next(String prompt) throws InterruptedException {
        synchronized (this) {
            screen.print((line.isEmpty() ? "" : CLEARED) + prompt + line);
        }
        return typed.take();
    }

    private void read(InputStream keys) {
        try (var characters = new InputStreamReader(keys, StandardCharsets.UTF_8)) {
            for (int key = characters.read(); key >= 0 && !ends((char) key); key = characters.read()) press((char) key);
        } catch (IOException _) {
            // gone: the end as well
        }
        typed.add(new End());
    }

    private boolean ends(char key) {
        return key == CTRL_D && line.isEmpty() && escape == Escape.NONE;
    }

    private synchronized void press(char key) {
        if (escape != Escape.NONE) {
            escaped(key);
            return;
        }
        switch (key) {
            case '\r' -> enter();
            case '\n' -> {
                if (last != '\r') enter();
            }
            case CTRL_C -> abandon();
            case '\b', DELETE -> erase(line.isEmpty() ? 0 : line.offsetByCodePoints(line.length(), -1));
            case CTRL_U -> erase(0);
            case CTRL_W -> erase(beginOfWord());
            case ESCAPE -> escape = Escape.BEGUN;
            default -> add(key);
        }
        last = key;
    }

    private void add(char key) {
        if (key < ' ' || line.length() == LONGEST_LINE) {
            screen.print(BELL);
            return;
        }
        line.append(key);
        screen.print(key);
    }

    private void enter() {
        screen.println();
        String text = line.toString();
        line.setLength(0);
        if (typed.size() >= MOST_WAITING) {
            screen.println("too many lines wait; this one is dropped");
            return;
        }
        if (!text.isBlank()) earlier.add(text);
        if (earlier.size() > MOST_REMEMBERED) earlier.removeFirst();
        recalled = earlier.size();
        typed.add(new Line(text));
    }

    private void abandon() {
        screen.println("^C");
        line.setLength(0);
        recalled = earlier.size();
        typed.clear();
        if (!interrupt.getAsBoolean()) typed.add(new Abandoned());
    }

    private int beginOfWord() {
        int begin = line.length();
        while (begin > 0 && line.charAt(begin - 1) == ' ') begin--;
        while (begin > 0 && line.charAt(begin - 1) != ' ') begin--;
        return begin;
    }

    private void erase(int from) {
        screen.print("\b \b".repeat(line.codePointCount(from, line.length())));
        line.setLength(from);
    }

    /** Sequences are {@code ESC [ ... letter} and {@code ESC O letter}; of them two arrows do something. */
    private void escaped(char key) {
        if (escape == Escape.BEGUN && (key == '[' || key == 'O')) {
            escape = Escape.INSIDE;
            return;
        }
        boolean arrow = escape == Escape.INSIDE;
        if (arrow && key < '@') return; // numbers before the letter
        escape = Escape.NONE;
        if (arrow && key == 'A') recall(recalled - 1);
        if (arrow && key == 'B') recall(recalled + 1);
    }

    private void recall(int which) {
        if (which < 0 || which > earlier.size()) return;
        erase(0);
        recalled = which;
        if (which < earlier.size()) line.append(earlier.get(which));
        screen.print(line);
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
