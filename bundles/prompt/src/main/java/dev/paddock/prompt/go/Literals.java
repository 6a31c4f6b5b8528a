package dev.paddock.prompt.go;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers, characters and strings as Go writes them. What is wrong is given as empty. */
final class Literals {
    private static final Pattern DECIMAL =
            Pattern.compile("[0-9][0-9_]*(\\.[0-9_]*)?([eE][+-]?[0-9_]+)?|\\.[0-9_]+([eE][+-]?[0-9_]+)?");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F_]*\\.?[0-9a-fA-F_]*[pP][+-]?[0-9_]+");
    private static final int MOST_DIGITS = 1000;

    private Literals() {}

    /** A Long or a Double. Complex numbers are none. */
    static Optional<Number> number(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (digits.length() > MOST_DIGITS || !underscoresSeparate(digits)) return Optional.empty();
        String plain = digits.replace("_", "");
        try {
            if (DECIMAL.matcher(digits).matches() && (plain.matches(".*[.eE].*") || plain.matches("0\\d*[89]\\d*"))) {
                return decimal(negative, plain);
            }
            if (HEXADECIMAL.matcher(digits).matches()) return real(negative, Double.parseDouble(plain));
            return integer(negative, plain);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A whole number that is too large, or octal with an 8, is none. */
    private static Optional<Number> decimal(boolean negative, String digits) {
        return digits.matches("\\d+") ? Optional.empty() : real(negative, Double.parseDouble(digits));
    }

    private static Optional<Number> real(boolean negative, double value) {
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(negative ? -value : value);
    }

    private static Optional<Number> integer(boolean negative, String digits) {
        String lower = digits.toLowerCase(Locale.ROOT);
        int radix = radix(lower);
        String bare = lower.matches("0[xob].*") ? lower.substring(2) : lower;
        if (bare.startsWith("+") || bare.startsWith("-")) return Optional.empty();
        var value = new BigInteger(bare, radix);
        if (negative) value = value.negate();
        return value.bitLength() < Long.SIZE ? Optional.of(value.longValue()) : Optional.empty();
    }

    private static int radix(String lower) {
        if (lower.startsWith("0x")) return 16;
        if (lower.startsWith("0b")) return 2;
        if (lower.startsWith("0o")) return 8;
        return lower.length() > 1 && lower.startsWith("0") ? 8 : 10;
    }

    private static boolean underscoresSeparate(String digits) {
        return !digits.startsWith("_")
                && !digits.endsWith("_")
                && !digits.contains("__")
                && !digits.matches(".*(\\._|_\\.).*");
    }

    /** The code point of {@code 'c'}. */
    static Optional<Long> character(String quoted) {
        return unquoted(quoted)
                .filter(text -> text.codePointCount(0, text.length()) == 1)
                .map(text -> (long) text.codePointAt(0));
    }

    /** The text of a quoted string, raw string or character. */
    static Optional<String> unquoted(String quoted) {
        char quote = quoted.charAt(0);
        String inner = quoted.substring(1, quoted.length() - 1);
        if (quote == '`') return Optional.of(inner.replace("\r", ""));
        if (inner.indexOf('\\') < 0) return Optional.of(inner);
        return new Unquoting(inner, quote).text();
    }
}
