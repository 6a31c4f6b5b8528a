package dev.paddock.cli.run;

/** What is typed at the prompt: a line, or the lines between two triple quotes. */
final class Entry {
    static final String QUOTES = "\"\"\"";

    private Entry() {}

    /** Whether the lines typed so far ask for more: quotes that begin the entry end it too, on the same line or at the end of another. */
    static boolean isOpen(String typed) {
        int at = opening(typed);
        if (at < 0) return false;
        String quoted = typed.substring(at + QUOTES.length());
        return !firstLine(quoted).contains(QUOTES) && !quoted.stripTrailing().endsWith(QUOTES);
    }

    private static int opening(String typed) {
        String begin = firstLine(typed.stripLeading());
        boolean mayQuote = begin.startsWith(QUOTES) || begin.matches("/set\\s+system\\s+\"\"\".*");
        return mayQuote ? typed.indexOf(QUOTES) : -1;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
