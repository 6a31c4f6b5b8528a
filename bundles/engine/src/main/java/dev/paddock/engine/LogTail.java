package dev.paddock.engine;

import java.util.ArrayDeque;
import java.util.stream.Collectors;

/** The last lines that a runner wrote, bounded in number and length. Safe for many threads. */
final class LogTail {
    private static final int LINES = 30;
    private static final int SHOWN = 8;
    private static final int LENGTH = 400;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        String clean = line.replaceAll("\\p{Cntrl}", " ").strip();
        if (clean.isEmpty()) return;
        lines.add(clean.length() > LENGTH ? clean.substring(0, LENGTH) + "..." : clean);
        if (lines.size() > LINES) lines.removeFirst();
    }

    /** The newest lines, oldest first, joined; empty when there were none. */
    synchronized String words() {
        return lines.stream().skip(Math.max(0, lines.size() - SHOWN)).collect(Collectors.joining(" | "));
    }
}
