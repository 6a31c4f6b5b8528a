package dev.paddock.prompt.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic as in Python. */
final class Operators {
    /** Bits of the largest int that a template may make. */
    private static final int MOST_BITS = 100_000;

    private Operators() {}

    static Object signed(Object value, boolean negative) {
        Undefined.require(value);
        if (!Numbers.isNumber(value)) {
            throw new TemplateException(
                    "bad operand type for unary " + (negative ? "-" : "+") + ": '" + Values.typeName(value) + "'");
        }
        if (Numbers.isFloat(value)) return negative ? -Numbers.real(value) : value;
        var big = Numbers.big(value);
        return Numbers.normal(negative ? big.negate() : big);
    }

    static Object apply(Run run, String operator, Object a, Object b) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) return numbers(operator, a, b);
        if (operator.equals("+") && Values.isText(a) && Values.isText(b)) return join(run, a, b);
        if (operator.equals("+") && a instanceof List<?> x && b instanceof List<?> y && sameKind(x, y)) {
            List<Object> all = new ArrayList<>(run.checkedSize((long) x.size() + y.size()));
            all.addAll(x);
            all.addAll(y);
            return x instanceof Tuple ? new Tuple(all) : all;
        }
        if (operator.equals("*") && isCount(b) && isRepeatable(a)) return repeat(run, a, Numbers.index(b, "count"));
        if (operator.equals("*") && isCount(a) && isRepeatable(b)) return repeat(run, b, Numbers.index(a, "count"));
        if (operator.equals("%") && Values.isText(a)) {
            String text = PercentFormat.format(run, a.toString(), b);
            return a instanceof Markup ? new Markup(text) : text;
        }
        throw unsupported(operator, a, b);
    }

    private static boolean sameKind(List<?> a, List<?> b) {
        return a instanceof Tuple == b instanceof Tuple;
    }

    private static boolean isCount(Object value) {
        return Numbers.isNumber(value) && !Numbers.isFloat(value);
    }

    private static boolean isRepeatable(Object value) {
        return Values.isText(value) || value instanceof List<?>;
    }

    private static Object join(Run run, Object a, Object b) {
        boolean markup = a instanceof Markup || b instanceof Markup;
        String left = markup ? Markup.escape(a).text() : a.toString();
        String right = markup ? Markup.escape(b).text() : b.toString();
        run.checkedText((long) left.length() + right.length());
        return markup ? new Markup(left + right) : left + right;
    }

    private static Object repeat(Run run, Object value, int count) {
        int times = Math.max(0, count);
        if (value instanceof Markup markup) return new Markup(run.repeat(markup.text(), times));
        if (value instanceof String text) return run.repeat(text, times);
        var items = (List<?>) value;
        List<Object> all = new ArrayList<>(run.checkedSize((long) items.size() * times));
        for (int i = 0; i < times; i++) all.addAll(items);
        return value instanceof Tuple ? new Tuple(all) : all;
    }

    private static TemplateException unsupported(String operator, Object a, Object b) {
        Undefined.require(a);
        Undefined.require(b);
        if (operator.equals("+") && Values.isText(a)) {
            return new TemplateException("can only concatenate str (not \"" + Values.typeName(b) + "\") to str");
        }
        return new TemplateException("unsupported operand type(s) for " + operator + ": '" + Values.typeName(a)
                + "' and '" + Values.typeName(b) + "'");
    }

    /** {@code a % b} of two numbers. */
    static Object remainder(Object a, Object b) {
        return numbers("%", a, b);
    }

    private static Object numbers(String operator, Object a, Object b) {
        if (Numbers.isFloat(a) || Numbers.isFloat(b) || operator.equals("/")) {
            return reals(operator, Numbers.real(a), Numbers.real(b));
        }
        return integers(operator, Numbers.big(a), Numbers.big(b));
    }

    private static double reals(String operator, double a, double b) {
        if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new TemplateException("float division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> {
                double rest = a % b;
                yield rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
            }
            default -> Math.pow(a, b);
        };
    }

    private static Object integers(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> Numbers.normal(a.add(b));
            case "-" -> Numbers.normal(a.subtract(b));
            case "*" -> {
                if (a.bitLength() + b.bitLength() > MOST_BITS) throw new TemplateException("result is too large");
                yield Numbers.normal(a.multiply(b));
            }
            case "//" -> Numbers.normal(divide(a, b)[0]);
            case "%" -> Numbers.normal(divide(a, b)[1]);
            default -> power(a, b);
        };
    }

    /** Quotient rounded down and the rest, which has the divisor's sign. */
    private static BigInteger[] divide(BigInteger a, BigInteger b) {
        if (b.signum() == 0) throw new TemplateException("integer division or modulo by zero");
        BigInteger[] result = a.divideAndRemainder(b);
        if (result[1].signum() != 0 && result[1].signum() != b.signum()) {
            result[0] = result[0].subtract(BigInteger.ONE);
            result[1] = result[1].add(b);
        }
        return result;
    }

    private static Object power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) return Math.pow(a.doubleValue(), b.doubleValue());
        if (b.bitLength() > 16 || (long) a.bitLength() * b.intValue() > MOST_BITS) {
            throw new TemplateException("result is too large");
        }
        return Numbers.normal(a.pow(b.intValue()));
    }
}
