package dev.paddock.prompt.jinja;

/** Numbers as {@code "{:...}".format(number)} writes them. */
final class NumberFormat {
    private static final int DEFAULT_PRECISION = 6;

    private NumberFormat() {}

    static String format(Run run, FormatSpecification how, Object value) {
        boolean real = Numbers.isFloat(value) || "eEfFgG%".indexOf(how.kind()) >= 0 && how.kind() != 0;
        return real ? real(run, how, Numbers.real(value)) : whole(run, how, value);
    }

    private static String whole(Run run, FormatSpecification how, Object value) {
        if (how.precision() >= 0) {
            throw new TemplateException("Precision not allowed in integer format specifier");
        }
        char kind = how.kind() == 0 ? 'd' : how.kind();
        boolean commas = how.grouping().equals(",") && "boxX".indexOf(kind) >= 0;
        if (commas || (!how.grouping().isEmpty() && "cn".indexOf(kind) >= 0)) {
            throw new TemplateException("Cannot specify '" + how.grouping() + "' with '" + kind + "'.");
        }
        if (kind == 'c') return character(run, how, value);
        int radix =
                switch (kind) {
                    case 'd', 'n' -> 10;
                    case 'x', 'X' -> 16;
                    case 'o' -> 8;
                    case 'b' -> 2;
                    default -> throw how.unknown("int");
                };
        var big = Numbers.big(value);
        String digits = radix == 10
                ? Numbers.digits(Numbers.normal(big.abs()))
                : big.abs().toString(radix);
        if (kind == 'X') digits = NumberText.upper(digits);
        String prefix = how.alternate() && radix != 10 ? "0" + kind : "";
        String start = sign(how, big.signum() < 0) + prefix;
        return how.aligned(run, start, grouped(how, start.length(), digits, radix == 10 ? 3 : 4), ">");
    }

    private static String character(Run run, FormatSpecification how, Object value) {
        if (!how.sign().isEmpty() || how.alternate()) {
            throw new TemplateException("Sign and '#' not allowed with integer format specifier 'c'");
        }
        int c = Numbers.index(value, "%c");
        if (c < 0 || c > Character.MAX_CODE_POINT) throw new TemplateException("%c arg not in range(0x110000)");
        return how.aligned(run, "", Character.toString(c), ">");
    }

    private static String real(Run run, FormatSpecification how, double value) {
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        String digits = digits(how, value);
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) end++;
        String start = sign(how, negative);
        int around = start.length() + digits.length() - end;
        String whole = grouped(how, around, digits.substring(0, end), 3);
        return how.aligned(run, start, whole + digits.substring(end), ">");
    }

    private static String digits(FormatSpecification how, double value) {
        int given = how.precision();
        int precision = given < 0 ? DEFAULT_PRECISION : given;
        return switch (how.kind()) {
            case 'f' -> NumberText.of('f', value, precision, how.alternate());
            case 'e' -> NumberText.of('e', value, precision, how.alternate());
            case 'g', 'n' -> {
                if (how.kind() == 'n' && !how.grouping().isEmpty()) {
                    throw new TemplateException("Cannot specify '" + how.grouping() + "' with 'n'.");
                }
                yield NumberText.of('g', value, precision, how.alternate());
            }
            case 'F', 'E', 'G' ->
                NumberText.upper(NumberText.of(Character.toLowerCase(how.kind()), value, precision, how.alternate()));
            case '%' -> NumberText.of('f', value * 100, precision, how.alternate()) + "%";
            case 0 ->
                given < 0
                        ? shortest(Math.abs(value), how.alternate())
                        : NumberText.of('a', value, given, how.alternate());
            default -> throw how.unknown("float");
        };
    }

    private static String shortest(double value, boolean alternate) {
        String text = FloatText.of(value);
        return alternate && text.indexOf('.') < 0 ? text.replace("e", ".e") : text;
    }

    private static String sign(FormatSpecification how, boolean negative) {
        if (negative) return "-";
        return how.sign().equals("-") ? "" : how.sign();
    }

    /** Digits with separators; zeros that fill them up to the width, less what stands around, have separators too. */
    private static String grouped(FormatSpecification how, int around, String digits, int size) {
        if (how.grouping().isEmpty()) return digits;
        boolean zeros = how.fillsInside() && how.fill().equals("0");
        int wanted = zeros ? how.width() - around : 0;
        StringBuilder out = new StringBuilder();
        int left = digits.length();
        while (true) {
            int length = Math.min(size, Math.max(Math.max(left, wanted), 1));
            int taken = Math.min(left, length);
            out.insert(0, "0".repeat(length - taken) + digits.substring(left - taken, left));
            left -= taken;
            wanted -= length;
            if (left <= 0 && wanted <= 0) return out.toString();
            out.insert(0, how.grouping());
            wanted--;
        }
    }
}
