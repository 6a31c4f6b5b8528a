package dev.paddock.prompt.grammar.regular;

import java.math.BigDecimal;
import java.util.function.IntPredicate;

/**
 * Compares the digits of a number that is not below 0 with those of a bound, while they are read: as long as it has as
 * many digits before the point, the first that differs decides; else the longer one is greater.
 */
final class Comparison {
    private static final int LESS = 0;
    private static final int EQUAL = 1;
    private static final int GREATER = 2;
    private static final Characters DIGITS = Characters.range('0', '9');

    private final AutomatonDraft draft = new AutomatonDraft("the numbers up to a bound");
    private final String whole;
    private final String fraction;
    private final IntPredicate wanted;
    /** Where it is decided whatever digits follow behind the point. */
    private final int[] decided = new int[3];

    private Comparison(BigDecimal bound, IntPredicate wanted) {
        String[] digits = bound.stripTrailingZeros().toPlainString().split("\\.", 2);
        whole = digits[0];
        fraction = digits.length == 1 ? "" : digits[1].replaceAll("0+$", "");
        this.wanted = wanted;
    }

    /** Numbers above a bound, or that itself unless it is left out. */
    static Automaton atLeast(BigDecimal bound, boolean exclusive) {
        return new Comparison(bound, side -> side == GREATER || (side == EQUAL && !exclusive)).automaton();
    }

    /** Numbers below a bound, or that itself unless it is left out. */
    static Automaton atMost(BigDecimal bound, boolean exclusive) {
        return new Comparison(bound, side -> side == LESS || (side == EQUAL && !exclusive)).automaton();
    }

    private Automaton automaton() {
        int start = draft.state(false);
        decided[LESS] = decided(LESS);
        decided[GREATER] = decided(GREATER);
        decided[EQUAL] = fraction();
        int[] before = {-1, start, -1};
        for (int i = 0; i < whole.length(); i++) before = next(before, i);
        int longer = draft.state(wanted.test(GREATER));
        for (int state : before) draft.edge(state, DIGITS, longer);
        draft.edge(longer, DIGITS, longer);
        draft.edge(longer, Characters.of('.'), decided[GREATER]);
        return draft.build().minimal();
    }

    private int decided(int side) {
        int state = draft.state(wanted.test(side));
        draft.edge(state, DIGITS, state);
        return state;
    }

    /** The states behind the next digit before the point; it may be the last of the number, and then that is shorter. */
    private int[] next(int[] before, int place) {
        boolean last = place + 1 == whole.length();
        int[] after = new int[3];
        for (int side = LESS; side <= GREATER; side++) {
            int outcome = !last ? LESS : side == EQUAL && !fraction.isEmpty() ? LESS : side;
            after[side] = draft.state(wanted.test(outcome));
            draft.edge(after[side], Characters.of('.'), decided[last ? side : LESS]);
        }
        int digit = whole.charAt(place);
        for (int side = LESS; side <= GREATER; side++) {
            if (before[side] < 0) continue;
            if (side == EQUAL) split(before[side], digit, after[LESS], after[EQUAL], after[GREATER]);
            else draft.edge(before[side], DIGITS, after[side]);
        }
        return after;
    }

    private void split(int from, int digit, int less, int equal, int greater) {
        draft.edge(from, Characters.range('0', digit - 1).and(DIGITS), less);
        draft.edge(from, Characters.of(digit), equal);
        draft.edge(from, Characters.range(digit + 1, '9').and(DIGITS), greater);
    }

    /** The states behind the point while all digits were equal; gives the first. */
    private int fraction() {
        int first = draft.state(wanted.test(fraction.isEmpty() ? EQUAL : LESS));
        int state = first;
        for (int i = 0; i < fraction.length(); i++) {
            int next = draft.state(wanted.test(i + 1 < fraction.length() ? LESS : EQUAL));
            split(state, fraction.charAt(i), decided[LESS], next, decided[GREATER]);
            state = next;
        }
        split(state, '0', decided[LESS], state, decided[GREATER]);
        return first;
    }
}
