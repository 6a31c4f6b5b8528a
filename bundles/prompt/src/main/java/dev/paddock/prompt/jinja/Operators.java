package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/** Arithmetic as in Python. */
final class Operators {
    /** Bits of the largest int that a template may make. */
    private static final int MOST_BITS = 100_000;

    /** An int of so many bits is a float exactly. */
    private static final int EXACT_BITS = 53;

    private static final int QUOTIENT_DIGITS = 60;

    private Operators() {}

    static Object signed(Object value, boolean negative) {
        Undefined.require(value);
        if (!Numbers.isNumber(value)) {
            throw new TemplateException(
                    "bad operand type for unary " + (negative ? "-" : "+") + ": '" + Values.typeName(value) + "'");
        }
        if (Numbers.isFloat(value)) return negative ? -Numbers.real(value) : value;
        if (value instanceof Long small && small != Long.MIN_VALUE) return negative ? -small : small;
        var big = Numbers.big(value);
        return Numbers.normal(negative ? big.negate() : big);
    }

    static Object apply(Run run, String operator, Object a, Object b) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            Object result = numbers(operator, a, b);
            if (result instanceof BigInteger big) run.memory(big.bitLength() / Byte.SIZE);
            return result;
        }
        if (operator.equals("+") && Values.isText(a) && Values.isText(b)) return join(run, a, b);
        if (operator.equals("+") && a instanceof List<?> x && b instanceof List<?> y && sameKind(x, y)) {
            MadeList all = new MadeList(run.items((long) x.size() + y.size()));
            all.addAll(x);
            all.addAll(y);
            return x instanceof Tuple ? new Tuple(all) : all;
        }
        if (operator.equals("*") && Numbers.isWhole(b) && isRepeatable(a)) {
            return repeat(run, a, b);
        }
        if (operator.equals("*") && Numbers.isWhole(a) && isRepeatable(b)) {
            return repeat(run, b, a);
        }
        if (operator.equals("%") && Values.isText(a)) return PercentFormat.format(run, a, b);
        throw unsupported(operator, a, b);
    }

    private static boolean sameKind(List<?> a, List<?> b) {
        return a instanceof Tuple == b instanceof Tuple;
    }

    private static boolean isRepeatable(Object value) {
        return Values.isText(value) || value instanceof List<?>;
    }

    private static Object join(Run run, Object a, Object b) {
        boolean markup = a instanceof Markup || b instanceof Markup;
        String left = markup ? Markup.escape(run, a).text() : a.toString();
        String right = markup ? Markup.escape(run, b).text() : b.toString();
        run.text((long) left.length() + right.length());
        return markup ? new Markup(left + right) : left + right;
    }

    private static Object repeat(Run run, Object value, Object count) {
        if (!Numbers.isSmall(count)) throw new TemplateException("cannot fit 'int' into an index-sized integer");
        int times = Math.max(0, Numbers.index(count, "count"));
        if (value instanceof Markup markup) return new Markup(run.repeat(markup.text(), times));
        if (value instanceof String text) return run.repeat(text, times);
        var items = (List<?>) value;
        MadeList all = new MadeList(run.items((long) items.size() * times));
        for (int i = 0; i < times && !items.isEmpty(); i++) all.addAll(items);
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

    /** An operator between two numbers. */
    static Object numbers(String operator, Object a, Object b) {
        if (Numbers.isSmall(a) && Numbers.isSmall(b)) {
            Object result = small(operator, Numbers.small(a), Numbers.small(b));
            if (result != null) return result;
        }
        if (!Numbers.isFloat(a) && !Numbers.isFloat(b)) return integers(operator, Numbers.big(a), Numbers.big(b));
        return reals(operator, Numbers.real(a), Numbers.real(b));
    }

    /** Between two longs, where that is simple and the result is one; else null. */
    private static Object small(String operator, long a, long b) {
        switch (operator) {
            case "+" -> {
                long sum = a + b;
                return ((a ^ sum) & (b ^ sum)) < 0 ? null : (Object) sum;
            }
            case "-" -> {
                long difference = a - b;
                return ((a ^ b) & (a ^ difference)) < 0 ? null : (Object) difference;
            }
            case "%" -> {
                return b == 0 ? null : (Object) Math.floorMod(a, b);
            }
            default -> {
                return null;
            }
        }
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
            case "//" -> floored(a, b);
            case "%" -> remainder(a, b);
            default -> power(a, b);
        };
    }

    private static double remainder(double a, double b) {
        double rest = a % b;
        if (rest == 0) return Math.copySign(0, b);
        return rest < 0 != b < 0 ? rest + b : rest;
    }

    /** Rounded down as in Python: by the rest, not by the quotient, which may be rounded up already. */
    private static double floored(double a, double b) {
        double quotient = (a - remainder(a, b)) / b;
        if (quotient == 0) return Math.copySign(0, a / b);
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double power(double a, double b) {
        if (a == 0 && b < 0) throw new TemplateException("0.0 cannot be raised to a negative power");
        if (a == 1) return 1;
        double power = Math.pow(a, b);
        if (a == -1 && Double.isInfinite(b)) return 1;
        boolean finite = Double.isFinite(a) && Double.isFinite(b);
        if (finite && Double.isNaN(power)) throw new TemplateException("complex numbers are not available");
        if (finite && Double.isInfinite(power)) throw new TemplateException("Numerical result out of range");
        return power;
    }

    private static Object integers(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> Numbers.normal(a.add(b));
            case "-" -> Numbers.normal(a.subtract(b));
            case "*" -> {
                if (a.bitLength() + b.bitLength() > MOST_BITS) throw new TemplateException("result is too large");
                yield Numbers.normal(a.multiply(b));
            }
            case "/" -> quotient(a, b);
            case "//" -> Numbers.normal(divide(a, b)[0]);
            case "%" -> Numbers.normal(divide(a, b)[1]);
            default -> power(a, b);
        };
    }

    /** The float nearest to the quotient; large ints are not made floats first. */
    private static double quotient(BigInteger a, BigInteger b) {
        if (b.signum() == 0) throw new TemplateException("division by zero");
        double quotient = a.bitLength() <= EXACT_BITS && b.bitLength() <= EXACT_BITS
                ? a.doubleValue() / b.doubleValue()
                : new BigDecimal(a)
                        .divide(new BigDecimal(b), new MathContext(QUOTIENT_DIGITS))
                        .doubleValue();
        if (a.signum() == 0 && b.signum() < 0) return -0.0;
        if (Double.isInfinite(quotient)) throw new TemplateException("integer division result too large for a float");
        return quotient;
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
        if (b.signum() < 0) return power(Numbers.real(a), Numbers.real(b));
        if (a.bitLength() > 1 || a.signum() < 0) {
            if (b.bitLength() > 17 || (long) a.bitLength() * b.intValue() > MOST_BITS) {
                throw new TemplateException("result is too large");
            }
            return Numbers.normal(a.pow(b.intValue()));
        }
        return b.signum() == 0 ? (Object) 1L : Numbers.normal(a);
    }
}
