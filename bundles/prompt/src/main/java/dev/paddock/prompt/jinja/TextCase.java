package dev.paddock.prompt.jinja;

import java.util.Locale;

/** Upper and lower case of texts as in Python: by Unicode's full mappings, one character may become several. */
final class TextCase {
    private static final int IOTA_BELOW = 0x345;

    private TextCase() {}

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** {@code str.title()}: words are runs of letters. */
    static String title(String text) {
        String lower = aligned(text);
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (inWord) lower(out, c, lower, i);
            else out.append(titled(c));
            inWord = isCased(c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** A text in lower case, all characters where they were. */
    private static String aligned(String text) {
        return lower(text.replace('İ', 'I'));
    }

    /** Lower case looks at what stands around: a sigma at the end of a word is another one. */
    private static void lower(StringBuilder out, int c, String aligned, int index) {
        if (c == 'İ') out.append(lower("İ"));
        else out.appendCodePoint(aligned.codePointAt(index));
    }

    static String capitalize(String text) {
        if (text.isEmpty()) return text;
        int first = text.codePointAt(0);
        // The first letter stands before the rest when a sigma is looked at.
        String lower = lower(text);
        String lowerFirst = lower(Character.toString(first));
        return titled(first) + lower.substring(Math.min(lower.length(), lowerFirst.length()));
    }

    private static String titled(int c) {
        int simple = Character.toTitleCase(c);
        String one = Character.toString(c);
        String upper = upper(one);
        if (simple != c || upper.codePointCount(0, upper.length()) < 2) return Character.toString(simple);
        if (c == 'ŉ') return upper;
        int second = upper.offsetByCodePoints(0, 1);
        String rest = lower(upper.substring(second)).replace('ι', (char) IOTA_BELOW);
        return upper.substring(0, second) + rest;
    }

    static String swapped(String text) {
        String lower = aligned(text);
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isUpper(c)) lower(out, c, lower, i);
            else out.append(isLower(c) ? upper(Character.toString(c)) : Character.toString(c));
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** For comparing without regard to case. */
    static String folded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            out.append(c == 'ı' ? one : lower(upper(lower(upper(one)))));
        });
        return out.toString();
    }

    static boolean isCased(int c) {
        return isUpper(c) || isLower(c) || Character.isTitleCase(c);
    }

    private static boolean isUpper(int c) {
        return Character.isUpperCase(c);
    }

    private static boolean isLower(int c) {
        return Character.isLowerCase(c);
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(TextCase::isCased)
                && text.codePoints().noneMatch(c -> isUpper(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(TextCase::isCased)
                && text.codePoints().noneMatch(c -> isLower(c) || Character.isTitleCase(c));
    }

    /** Each word begins with a capital and goes on without. */
    static boolean isTitle(String text) {
        boolean inWord = false;
        boolean any = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean capital = isUpper(c) || Character.isTitleCase(c);
            if (capital && inWord || isLower(c) && !inWord) return false;
            inWord = isCased(c);
            any |= inWord;
        }
        return any;
    }
}
