package dev.paddock.cli.run;

/**
 * Breaks lines of a terminal between words while they come: a word that does not fit is taken back and put on the next
 * line. One thread.
 */
final class WordWrap {
    private static final String TAKE_BACK = "\u001b[%dD\u001b[K\n";

    private final int columns;
    private final StringBuilder word = new StringBuilder();
    private int column;
    private int wordWidth;

    /** @param columns of the terminal */
    WordWrap(int columns) {
        this.columns = columns;
    }

    /** What is to be printed for the next piece of text. */
    String next(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(point -> add(point, out));
        return out.toString();
    }

    private void add(int point, StringBuilder out) {
        if (point == '\n' || point == '\r') {
            out.appendCodePoint(point);
            column = 0;
            endWord();
            return;
        }
        int width = width(point);
        if (column + width > columns) {
            wrap(point, out);
            if (point == ' ') return;
        }
        out.appendCodePoint(point);
        column += width;
        if (Character.isWhitespace(point)) {
            endWord();
        } else {
            word.appendCodePoint(point);
            wordWidth += width;
        }
    }

    private void wrap(int point, StringBuilder out) {
        boolean movable = wordWidth > 0 && wordWidth < column && !Character.isWhitespace(point);
        if (movable) out.append(TAKE_BACK.formatted(wordWidth)).append(word);
        else out.append('\n');
        column = movable ? wordWidth : 0;
        if (!movable) endWord();
    }

    private void endWord() {
        word.setLength(0);
        wordWidth = 0;
    }

    /** Letters of Chinese, Japanese and Korean take two columns. */
    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT)
            return 0;
        return point >= 0x1100 && (Character.isIdeographic(point) || isWide(point)) ? 2 : 1;
    }

    private static boolean isWide(int point) {
        return point <= 0x115F
                || point >= 0x3000 && point <= 0x30FF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0x1F300 && point <= 0x1FAFF;
    }
}
