package dev.paddock.prompt.go;

import java.math.BigInteger;
import java.util.Locale;

/** Whole numbers as {@code %d} and its kin print them. */
final class IntegerVerbs {
    private IntegerVerbs() {}

    static String text(Number number, Verb verb, Run run) {
        var value = new BigInteger(number.toString());
        return switch (verb.letter()) {
            case 'c' -> verb.pad(Character.toString(codePoint(value)), run);
            case 'q' -> verb.pad(Quoting.quoted(Character.toString(codePoint(value)), '\'', verb.has('+')), run);
            case 'U' -> verb.pad(unicode(value, verb), run);
            default -> number(value, verb, run);
        };
    }

    private static int codePoint(BigInteger value) {
        boolean valid =
                value.signum() >= 0 && value.bitLength() < Integer.SIZE && Character.isValidCodePoint(value.intValue());
        return valid ? value.intValue() : 0xfffd;
    }

    private static String unicode(BigInteger value, Verb verb) {
        BigInteger unsigned = value.signum() < 0 ? value.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : value;
        String digits = unsigned.toString(16).toUpperCase(Locale.ROOT);
        String padded = "U+" + "0".repeat(Math.max(0, Math.max(4, verb.precision()) - digits.length())) + digits;
        int codePoint = codePoint(value);
        boolean shown = verb.has('#') && Quoting.prints(codePoint);
        return shown ? padded + " '" + Character.toString(codePoint) + "'" : padded;
    }

    private static String number(BigInteger value, Verb verb, Run run) {
        if (verb.precision() == 0 && value.signum() == 0)
            return verb.without('0').pad("", run);
        int radix =
                switch (verb.letter()) {
                    case 'b' -> 2;
                    case 'o', 'O' -> 8;
                    case 'x', 'X' -> 16;
                    default -> 10;
                };
        String digits = value.abs().toString(radix);
        String sign = value.signum() < 0 ? "-" : verb.has('+') ? "+" : verb.has(' ') ? " " : "";
        int least = Math.max(verb.precision(), 0);
        if (verb.precision() < 0 && verb.zeros()) least = verb.width() - sign.length();
        run.checkedText(least);
        String filled = "0".repeat(Math.max(0, least - digits.length())) + digits;
        String whole = sign + prefix(verb, radix, filled) + filled;
        return verb.without('0').pad(verb.is("X") ? whole.toUpperCase(Locale.ROOT) : whole, run);
    }

    private static String prefix(Verb verb, int radix, String digits) {
        if (verb.is("O")) return "0o";
        if (!verb.has('#')) return "";
        return switch (radix) {
            case 2 -> "0b";
            case 8 -> digits.startsWith("0") ? "" : "0";
            case 16 -> "0x";
            default -> "";
        };
    }
}
