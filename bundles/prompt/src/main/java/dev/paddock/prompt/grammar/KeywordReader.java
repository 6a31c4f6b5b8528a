package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Decimals;
import dev.paddock.prompt.grammar.regular.EcmaPattern;
import dev.paddock.prompt.grammar.regular.PatternException;
import dev.paddock.prompt.grammar.regular.TooComplexException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the values of keywords; what is none for its keyword is an error. */
final class KeywordReader {
    /** No text is so long that a greater number would make a difference. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 60);

    private static final int MOST_VALUES = 50_000;
    private static final int DEEPEST_VALUE = 100;

    private final Complaints complaints;
    private final Work work;
    private final Map<String, EcmaPattern.Read> patterns = new HashMap<>();
    private int values;

    KeywordReader(Complaints complaints, Work work) {
        this.complaints = complaints;
        this.work = work;
    }

    /** What is spent on reading. */
    Work work() {
        return work;
    }

    /** A pattern; one that cannot be held to is refused or noted, and empty. */
    Optional<EcmaPattern.Read> pattern(Node node) {
        Optional<String> source = text(node, "pattern");
        if (source.isEmpty()) return Optional.empty();
        EcmaPattern.Read known = patterns.get(source.get());
        if (known != null) return Optional.of(known);
        try {
            EcmaPattern.Read read = EcmaPattern.read(source.get());
            work.spend(read.steps());
            patterns.put(source.get(), read);
            return Optional.of(read);
        } catch (PatternException | TooComplexException e) {
            if (e instanceof TooComplexException) work.spendInVain();
            complaints.unheld(node, "pattern", e.getMessage());
            return Optional.empty();
        }
    }

    /** A whole number from 0 on. */
    OptionalLong count(Node node, String keyword) {
        if (!node.has(keyword)) return OptionalLong.empty();
        Optional<BigDecimal> value = decimal(node.get(keyword));
        boolean whole = value.isPresent()
                && value.get().signum() >= 0
                && value.get().stripTrailingZeros().scale() <= 0;
        if (!whole) throw complaints.malformed(node, keyword, "a whole number from 0 on");
        return OptionalLong.of(value.get().min(MOST).longValue());
    }

    /** A number, not longer than is worked with. */
    Optional<BigDecimal> number(Node node, String keyword) {
        if (!node.has(keyword)) return Optional.empty();
        BigDecimal value =
                decimal(node.get(keyword)).orElseThrow(() -> complaints.malformed(node, keyword, "a number"));
        if (!Decimals.fits(value)) {
            throw complaints.invalid(node, keyword, "has more than " + Decimals.MOST_DIGITS + " digits");
        }
        return Optional.of(value);
    }

    private static Optional<BigDecimal> decimal(Object value) {
        if (!(value instanceof Number number)) return Optional.empty();
        if (number instanceof Double d && !Double.isFinite(d)) return Optional.empty();
        if (number instanceof Float f && !Float.isFinite(f)) return Optional.empty();
        return Optional.of(JsonType.decimal(number));
    }

    /** A text. */
    Optional<String> text(Node node, String keyword) {
        if (!node.has(keyword)) return Optional.empty();
        if (node.get(keyword) instanceof String text) return Optional.of(text);
        throw complaints.malformed(node, keyword, "a text");
    }

    /** True or false; false when it is not there. */
    boolean flag(Node node, String keyword) {
        if (!node.has(keyword)) return false;
        if (node.get(keyword) instanceof Boolean flag) return flag;
        throw complaints.malformed(node, keyword, "true or false");
    }

    /** An object; empty when it is not there. */
    Map<?, ?> object(Node node, String keyword) {
        if (!node.has(keyword)) return Map.of();
        if (node.get(keyword) instanceof Map<?, ?> map) return map;
        throw complaints.malformed(node, keyword, "an object");
    }

    /** A list; empty when it is not there. */
    List<?> list(Node node, String keyword) {
        if (!node.has(keyword)) return List.of();
        if (node.get(keyword) instanceof List<?> list) return list;
        throw complaints.malformed(node, keyword, "a list");
    }

    /** Looks at a value of {@code enum} or {@code const} and all that is in it: how much it is, and how deep. */
    void checkValue(Node node, String keyword, Object value, int depth) {
        if (depth > DEEPEST_VALUE) {
            throw complaints.invalid(node, keyword, "holds a value nested deeper than " + DEEPEST_VALUE);
        }
        if (++values > MOST_VALUES) {
            throw complaints.invalid(node, keyword, "holds, with others, more than " + MOST_VALUES + " values");
        }
        switch (value) {
            case Map<?, ?> map -> map.values().forEach(v -> checkValue(node, keyword, v, depth + 1));
            case List<?> list -> list.forEach(v -> checkValue(node, keyword, v, depth + 1));
            case Number number -> {
                if (decimal(number).filter(Decimals::fits).isEmpty()) {
                    throw complaints.invalid(node, keyword, "holds a number that is too long");
                }
            }
            case null, default -> {}
        }
    }
}
