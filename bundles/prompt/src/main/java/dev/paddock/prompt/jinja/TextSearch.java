package dev.paddock.prompt.jinja;

/** Finds texts in texts in linear time, however they repeat themselves. */
final class TextSearch {
    /** Shorter ones are found faster by trying at each place. */
    private static final int MOST_TRIED = 32;

    private TextSearch() {}

    /** Where the first occurrence begins, at this index or behind; -1 = nowhere. */
    static int first(Run run, String text, String wanted, int from) {
        run.work(1);
        int found = wanted.length() <= MOST_TRIED ? text.indexOf(wanted, from) : matched(run, text, wanted, from, 1);
        look(run, wanted, (found < 0 ? text.length() : found) - Math.min(from, text.length()));
        return found;
    }

    /** Where the last occurrence begins, at this index or before; -1 = nowhere. */
    static int last(Run run, String text, String wanted, int from) {
        run.work(1);
        int start = Math.min(from, text.length() - wanted.length());
        if (start < 0) return -1;
        int found = wanted.length() <= MOST_TRIED
                ? text.lastIndexOf(wanted, start)
                : matched(run, text, wanted, start + wanted.length() - 1, -1);
        look(run, wanted, start - Math.max(0, found));
        return found;
    }

    /** Trying at each place may look at much of what is wanted each time. */
    private static void look(Run run, String wanted, long length) {
        run.look(length * (1 + Math.min(wanted.length(), MOST_TRIED) / 8));
    }

    /** As Knuth, Morris and Pratt do it; backwards both texts are read from their ends. */
    private static int matched(Run run, String text, String wanted, int from, int step) {
        int length = wanted.length();
        if (length > text.length()) return -1;
        int[] borders = borders(run, wanted, step);
        int matched = 0;
        for (int i = from; i >= 0 && i < text.length(); i += step) {
            while (matched > 0 && text.charAt(i) != at(wanted, matched, step)) matched = borders[matched - 1];
            if (text.charAt(i) == at(wanted, matched, step)) matched++;
            if (matched == length) return step > 0 ? i - length + 1 : i;
        }
        return -1;
    }

    /** For each beginning of what is wanted: the length of the longest shorter beginning that it ends with. */
    private static int[] borders(Run run, String wanted, int step) {
        int[] borders = new int[run.text(wanted.length())];
        int border = 0;
        for (int i = 1; i < borders.length; i++) {
            while (border > 0 && at(wanted, i, step) != at(wanted, border, step)) border = borders[border - 1];
            if (at(wanted, i, step) == at(wanted, border, step)) border++;
            borders[i] = border;
        }
        return borders;
    }

    private static char at(String text, int index, int step) {
        return text.charAt(step > 0 ? index : text.length() - 1 - index);
    }
}
