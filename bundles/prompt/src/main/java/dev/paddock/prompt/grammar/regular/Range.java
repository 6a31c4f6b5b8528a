package dev.paddock.prompt.grammar.regular;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers from one to another.
 *
 * @param least none is below it
 * @param above whether that itself is left out
 * @param most none is above it
 * @param below whether that itself is left out
 */
public record Range(Optional<BigDecimal> least, boolean above, Optional<BigDecimal> most, boolean below) {
    /** All numbers. */
    public static final Range ALL = new Range(Optional.empty(), false, Optional.empty(), false);

    /** This, and not below a number. */
    public Range from(BigDecimal number, boolean exclusive) {
        int side = least.map(number::compareTo).orElse(1);
        if (side < 0 || (side == 0 && above)) return this;
        return new Range(Optional.of(number), exclusive, most, below);
    }

    /** This, and not above a number. */
    public Range to(BigDecimal number, boolean exclusive) {
        int side = most.map(number::compareTo).orElse(-1);
        if (side > 0 || (side == 0 && below)) return this;
        return new Range(least, above, Optional.of(number), exclusive);
    }

    /** The numbers that are in both. */
    public Range and(Range other) {
        Range both = this;
        if (other.least.isPresent()) both = both.from(other.least.get(), other.above);
        if (other.most.isPresent()) both = both.to(other.most.get(), other.below);
        return both;
    }

    /** Whether surely no number is in it. */
    public boolean isEmpty() {
        if (least.isEmpty() || most.isEmpty()) return false;
        int side = least.get().compareTo(most.get());
        return side > 0 || (side == 0 && (above || below));
    }

    /** Whether a number is in it. */
    public boolean contains(BigDecimal number) {
        int overLeast = least.map(number::compareTo).orElse(1);
        int overMost = most.map(number::compareTo).orElse(-1);
        return (above ? overLeast > 0 : overLeast >= 0) && (below ? overMost < 0 : overMost <= 0);
    }

    /** The same with the other sign. */
    Range negated() {
        return new Range(most.map(BigDecimal::negate), below, least.map(BigDecimal::negate), above);
    }
}
