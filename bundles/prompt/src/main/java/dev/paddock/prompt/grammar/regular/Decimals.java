package dev.paddock.prompt.grammar.regular;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Automata of numbers as JSON writes them, without exponents: those of a range, to the last digit, that are multiples of
 * others.
 */
public final class Decimals {
    /** Most digits of a bound, on either side of its point. */
    public static final int MOST_DIGITS = 400;

    private static final int DIGITS = 16;
    /** Numbers of so many digits keep their order when they are read as binary floating point. */
    private static final int FLOATING_DIGITS = 14;
    /** A bound with more digits does not by itself ask for numbers as long. */
    private static final int LONG_BOUND = 40;

    private Decimals() {}

    /**
     * The integers of a range that are multiples of some numbers, without a minus before 0.
     *
     * @param multiples each above 0
     * @throws TooComplexException when it takes too many states
     */
    public static Automaton integers(Range range, List<BigDecimal> multiples) {
        return signed(range, 0, multiples);
    }

    /**
     * The numbers of a range that are multiples of some numbers, with so few digits behind the point that a reader who
     * takes them for floating point numbers finds them in the range too.
     *
     * @param multiples each above 0
     * @throws TooComplexException when it takes too many states
     */
    public static Automaton numbers(Range range, List<BigDecimal> multiples) {
        int whole = bounds(range).mapToInt(Decimals::wholeDigits).max().orElse(1);
        int fraction = Math.max(1, FLOATING_DIGITS - whole);
        int asked = Stream.concat(bounds(range), multiples.stream())
                .mapToInt(b -> b.stripTrailingZeros().scale())
                .max()
                .orElse(0);
        return signed(range, Math.max(fraction, asked), multiples);
    }

    private static Stream<BigDecimal> bounds(Range range) {
        return Stream.concat(range.least().stream(), range.most().stream());
    }

    private static int wholeDigits(BigDecimal number) {
        return number.abs().toBigInteger().toString().length();
    }

    private static Automaton signed(Range range, int fraction, List<BigDecimal> multiples) {
        Automaton up = magnitudes(range.from(BigDecimal.ZERO, false), fraction, multiples);
        Automaton down = magnitudes(range.negated().from(BigDecimal.ZERO, true), fraction, multiples);
        AutomatonDraft draft = new AutomatonDraft("the numbers");
        int start = draft.state(up.accepts(0));
        int minus = copy(down, draft);
        int plus = copy(up, draft);
        for (Automaton.Edge edge : up.edges(0)) draft.edge(start, edge.on(), plus + edge.to());
        draft.edge(start, Characters.of('-'), minus);
        return draft.build().minimal();
    }

    private static int copy(Automaton from, AutomatonDraft to) {
        int first = to.states();
        for (int i = 0; i < from.states(); i++) to.state(from.accepts(i));
        for (int i = 0; i < from.states(); i++) {
            for (Automaton.Edge edge : from.edges(i)) to.edge(first + i, edge.on(), first + edge.to());
        }
        return first;
    }

    /** The numbers of a range that does not go below 0. */
    private static Automaton magnitudes(Range range, int fraction, List<BigDecimal> multiples) {
        if (range.isEmpty()) return Automaton.NOTHING;
        int least = wholeDigits(range.least().orElseThrow()) + 1;
        int most = range.most()
                .map(Decimals::wholeDigits)
                .map(n -> Math.min(n, LONG_BOUND))
                .orElse(0);
        Automaton numbers = syntax(Math.max(DIGITS, Math.max(least, most)), fraction);
        numbers = numbers.and(Comparison.atLeast(range.least().get(), range.above()));
        if (range.most().isPresent())
            numbers = numbers.and(Comparison.atMost(range.most().get(), range.below()));
        for (BigDecimal multiple : multiples) numbers = numbers.and(Multiples.of(multiple));
        return numbers;
    }

    /** A whole number without needless zeros, and a point with digits behind it. */
    private static Automaton syntax(int whole, int fraction) {
        AutomatonDraft draft = new AutomatonDraft("the numbers");
        Characters digits = Characters.range('0', '9');
        int start = draft.state(false);
        int zero = draft.state(true);
        int point = draft.state(false);
        draft.edge(start, Characters.of('0'), zero);
        draft.edge(zero, Characters.of('.'), point);
        int last = start;
        for (int i = 0; i < whole; i++) {
            int next = draft.state(true);
            draft.edge(last, i == 0 ? Characters.range('1', '9') : digits, next);
            draft.edge(next, Characters.of('.'), point);
            last = next;
        }
        last = point;
        for (int i = 0; i < fraction; i++) {
            int next = draft.state(true);
            draft.edge(last, digits, next);
            last = next;
        }
        return draft.build();
    }

    /** Whether a number has few enough digits to be a bound. */
    public static boolean fits(BigDecimal number) {
        BigDecimal digits = number.stripTrailingZeros();
        return digits.scale() <= MOST_DIGITS && (long) digits.precision() - digits.scale() <= MOST_DIGITS;
    }
}
