package dev.paddock.cli.run;

/** One entry at the prompt while it is typed: a line, or the lines between two triple quotes. */
final class Entry {
    static final String QUOTES = "\"\"\"";

    private final StringBuilder text = new StringBuilder();
    private boolean open;

    /** Takes a line; says whether the entry is complete with it. */
    boolean add(String line) {
        if (open) {
            text.append('\n').append(line);
            open = !line.stripTrailing().endsWith(QUOTES);
            return !open;
        }
        text.append(line);
        int at = opening(line);
        open = at >= 0 && line.indexOf(QUOTES, at + QUOTES.length()) < 0;
        return !open;
    }

    private static int opening(String line) {
        String begin = line.stripLeading();
        boolean mayQuote = begin.startsWith(QUOTES) || begin.matches("/set\\s+system\\s+\"\"\".*");
        return mayQuote ? line.indexOf(QUOTES) : -1;
    }

    /** All of it, quotes included. */
    String text() {
        return text.toString();
    }
}
