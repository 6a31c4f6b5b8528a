package dev.paddock.prompt.grammar.regular;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The numbers that are multiples of another: remainders are carried from digit to digit, with as many digits behind the
 * point as that other has, and zeros behind those.
 */
final class Multiples {
    private static final Characters POINT = Characters.of('.');

    private final AutomatonDraft draft = new AutomatonDraft("multipleOf");
    /** Digits behind the point that matter. */
    private final int scale;
    /** The divisor, its point moved so far to the right that it is whole. */
    private final int divisor;

    private Multiples(int scale, int divisor) {
        this.scale = scale;
        this.divisor = divisor;
    }

    /**
     * @param number above 0
     * @throws TooComplexException when it takes too many states
     */
    static Automaton of(BigDecimal number) {
        int scale = Math.max(0, number.stripTrailingZeros().scale());
        BigInteger divisor = number.movePointRight(scale).toBigIntegerExact();
        if (divisor.compareTo(BigInteger.valueOf(Automaton.MOST_STATES / (scale + 2))) > 0) {
            throw new TooComplexException("a multiple of " + number + " has too many remainders");
        }
        return new Multiples(scale, divisor.intValueExact()).automaton();
    }

    private Automaton automaton() {
        int start = draft.state(false);
        int whole = draft.states();
        for (int r = 0; r < divisor; r++) draft.state(whole(r, scale));
        digits(start, 0, whole);
        for (int r = 0; r < divisor; r++) digits(whole + r, r, whole);
        int before = whole;
        for (int digits = 0; digits <= scale; digits++) {
            int level = draft.states();
            for (int r = 0; r < divisor; r++) draft.state(digits > 0 && whole(r, scale - digits));
            for (int r = 0; r < divisor; r++) {
                if (digits == 0) draft.edge(before + r, POINT, level + r);
                else digits(before + r, r, level);
            }
            before = level;
        }
        int zeros = draft.state(true);
        draft.edge(before, Characters.of('0'), zeros); // remainder 0: more zeros change nothing
        draft.edge(zeros, Characters.of('0'), zeros);
        return draft.build().minimal();
    }

    /** Whether a remainder is 0 when so many zeros follow. */
    private boolean whole(int remainder, int zeros) {
        return BigInteger.TEN
                        .pow(zeros)
                        .multiply(BigInteger.valueOf(remainder))
                        .mod(BigInteger.valueOf(divisor))
                        .signum()
                == 0;
    }

    private void digits(int from, int remainder, int states) {
        for (int digit = 0; digit < 10; digit++) {
            draft.edge(from, Characters.of('0' + digit), states + (10 * remainder + digit) % divisor);
        }
    }
}
