package dev.paddock.prompt.grammar.regular;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    private static final List<BigDecimal> MULTIPLES = List.of(
            new BigDecimal("2"),
            new BigDecimal("7"),
            new BigDecimal("10"),
            new BigDecimal("0.5"),
            new BigDecimal("0.01"),
            new BigDecimal("2.5"),
            new BigDecimal("1E+2"),
            new BigDecimal("12"));

    private final Random random = new Random(1);

    @Test
    void anIntegerIsAcceptedIfAndOnlyIfItIsInTheRange() {
        for (int i = 0; i < 400; i++) {
            Range range = range();
            List<BigDecimal> multiples = multiples();
            Automaton automaton = Decimals.integers(range, multiples);
            for (int number = -1300; number <= 1300; number++) {
                boolean expected = expected(BigDecimal.valueOf(number), range, multiples);
                assertThat(automaton.accepts(Integer.toString(number)))
                        .as("%s in %s of %s", number, range, multiples)
                        .isEqualTo(expected);
            }
            assertThat(automaton.accepts("-0")).isFalse();
            assertThat(automaton.accepts("01")).isFalse();
            assertThat(automaton.accepts("")).isFalse();
        }
    }

    @Test
    void aDecimalIsAcceptedIfAndOnlyIfItIsInTheRange() {
        for (int i = 0; i < 400; i++) {
            Range range = range();
            List<BigDecimal> multiples = multiples();
            Automaton automaton = Decimals.numbers(range, multiples);
            for (int j = 0; j < 300; j++) {
                BigDecimal number = BigDecimal.valueOf(random.nextInt(200_000) - 100_000, random.nextInt(5));
                boolean zero = number.signum() == 0;
                boolean expected = expected(number, range, multiples);
                assertThat(automaton.accepts(number.toPlainString()))
                        .as("%s in %s of %s", number, range, multiples)
                        .isEqualTo(expected);
                assertThat(automaton.accepts("-0.0")).as("-0.0").isFalse();
                if (zero) assertThat(automaton.accepts("0.00")).isEqualTo(expected);
            }
        }
    }

    private static boolean expected(BigDecimal number, Range range, List<BigDecimal> multiples) {
        return range.contains(number)
                && multiples.stream().allMatch(m -> number.remainder(m).signum() == 0);
    }

    @Test
    void numbersOfManyDigitsAreCompared() {
        BigDecimal large = new BigDecimal("123456789012345678901234567890.5");
        Automaton from = Decimals.numbers(Range.ALL.from(large, true), List.of());
        assertThat(from.accepts("123456789012345678901234567890.6")).isTrue();
        assertThat(from.accepts("123456789012345678901234567890.5")).isFalse();
        assertThat(from.accepts("123456789012345678901234567891")).isTrue();
        assertThat(from.accepts("200000000000000000000000000000")).isTrue();
        assertThat(from.accepts("99999999999999999999999999999")).isFalse();
        Automaton to = Decimals.integers(Range.ALL.to(new BigDecimal("-1e30"), false), List.of());
        assertThat(to.accepts("-1000000000000000000000000000000")).isTrue();
        assertThat(to.accepts("-999999999999999999999999999999")).isFalse();
        assertThat(to.accepts("1000000000000000000000000000000")).isFalse();
    }

    /** What is written just inside an excluded bound still is when it is read as a floating point number. */
    @Test
    void noNumberIsRoundedOntoAnExcludedBound() {
        for (String bound : List.of("1", "5", "0.1", "1000000", "123456.789")) {
            double limit = Double.parseDouble(bound);
            Automaton below = Decimals.numbers(Range.ALL.to(new BigDecimal(bound), true), List.of());
            for (int digits = 1; digits <= 20; digits++) {
                BigDecimal near = new BigDecimal(bound).subtract(BigDecimal.ONE.movePointLeft(digits));
                if (!below.accepts(near.toPlainString())) continue;
                assertThat(near.doubleValue()).as(near.toPlainString()).isLessThan(limit);
            }
            assertThat(below.accepts(new BigDecimal(bound)
                            .subtract(new BigDecimal("0.001"))
                            .toPlainString()))
                    .isTrue();
        }
    }

    private Range range() {
        Optional<BigDecimal> least = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(bound());
        Optional<BigDecimal> most = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(bound());
        return new Range(least, random.nextBoolean(), most, random.nextBoolean());
    }

    private BigDecimal bound() {
        return BigDecimal.valueOf(random.nextInt(20_000) - 10_000, random.nextInt(4));
    }

    private List<BigDecimal> multiples() {
        List<BigDecimal> multiples = new ArrayList<>();
        for (int i = random.nextInt(6) - 3; i > 0; i--) multiples.add(MULTIPLES.get(random.nextInt(MULTIPLES.size())));
        return multiples;
    }
}
