package dev.paddock.prompt.jinja;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How {@code "{:...}".format(value)} writes a value.
 *
 * @param fill one character, or empty when not given
 * @param align one of {@code < > = ^}, or empty
 * @param sign one of {@code + -} and space, or empty
 * @param alternate with a prefix for the base, or with point and zeros
 * @param width least number of characters
 * @param grouping a comma or underscore between digits, or empty
 * @param precision -1 = not given
 * @param kind the letter, or 0
 */
record FormatSpecification(
        String fill,
        String align,
        String sign,
        boolean alternate,
        int width,
        String grouping,
        int precision,
        char kind) {
    /** Digits and width beyond this are refused. */
    private static final int MOST = 10_000;

    private static final Pattern SYNTAX =
            Pattern.compile("(?:(\\X)?([<>=^]))?([-+ ]?)(#?)(0?)([0-9]*)([,_]?)(?:\\.([0-9]+))?(.?)", Pattern.DOTALL);

    static FormatSpecification of(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (text.length() > 100 || !parts.matches()) throw new TemplateException("Invalid format specifier");
        String fill = parts.group(1) == null ? "" : parts.group(1);
        String align = parts.group(2) == null ? "" : parts.group(2);
        boolean zero = !parts.group(5).isEmpty() && fill.isEmpty();
        return new FormatSpecification(
                zero ? "0" : fill,
                zero && align.isEmpty() ? "0" : align,
                parts.group(3),
                !parts.group(4).isEmpty(),
                size(parts.group(6), 0),
                parts.group(7),
                parts.group(8) == null ? -1 : size(parts.group(8), -1),
                parts.group(9).isEmpty() ? 0 : parts.group(9).charAt(0));
    }

    /** A width or precision as written; empty = what stands for it. */
    static int size(String digits, int absent) {
        if (digits == null || digits.isEmpty()) return absent;
        if (digits.length() > 5) throw tooLarge();
        int size = Integer.parseInt(digits);
        checkSize(size);
        return size;
    }

    static void checkSize(int size) {
        if (size > MOST) throw tooLarge();
    }

    private static TemplateException tooLarge() {
        return new TemplateException("width or precision is too large, at most " + MOST);
    }

    /** A text written so. */
    String text(Run run, String value) {
        if (kind != 0 && kind != 's') throw unknown("str");
        if (!sign.isEmpty()) throw new TemplateException("Sign not allowed in string format specifier");
        if (alternate) throw new TemplateException("Alternate form (#) not allowed in string format specifier");
        if (!grouping.isEmpty()) throw new TemplateException("Cannot specify '" + grouping + "' with 's'.");
        if (align.equals("=")) throw new TemplateException("'=' alignment not allowed in string format specifier");
        int length = value.codePointCount(0, value.length());
        String cut = precision < 0 || precision >= length
                ? value
                : value.substring(0, value.offsetByCodePoints(0, precision));
        return aligned(run, "", cut, "<");
    }

    TemplateException unknown(String type) {
        return new TemplateException("Unknown format code '" + kind + "' for object of type '" + type + "'");
    }

    /** Whether filling stands between the sign and the digits. */
    boolean fillsInside() {
        return align.equals("=") || align.equals("0");
    }

    /** What starts a number and its digits filled up to the width. */
    String aligned(Run run, String start, String digits, String usual) {
        int missing = width - start.length() - digits.codePointCount(0, digits.length());
        if (missing <= 0) return start + digits;
        String with = fill.isEmpty() ? " " : fill;
        String where = align.isEmpty() || (align.equals("0") && usual.equals("<")) ? usual : align;
        return switch (where) {
            case "<" -> start + digits + run.repeat(with, missing);
            case "^" -> run.repeat(with, missing / 2) + start + digits + run.repeat(with, missing - missing / 2);
            case ">" -> run.repeat(with, missing) + start + digits;
            default -> start + run.repeat(with, missing) + digits;
        };
    }
}
