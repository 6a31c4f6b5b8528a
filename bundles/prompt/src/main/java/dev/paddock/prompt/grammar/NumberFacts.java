package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Automaton;
import dev.paddock.prompt.grammar.regular.Decimals;
import dev.paddock.prompt.grammar.regular.Range;
import dev.paddock.prompt.grammar.regular.TooComplexException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What holds for numbers at a place. */
final class NumberFacts {
    private static final Range INT32 = between(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Range INT64 = between(Long.MIN_VALUE, Long.MAX_VALUE);

    /** What it takes to make a usual automaton. */
    private static final int STEPS = 500;

    private final List<Node> nodes;
    private final KeywordReader reader;
    private final Complaints complaints;
    private final List<BigDecimal> multiples = new ArrayList<>();
    private Range range = Range.ALL;

    NumberFacts(List<Node> nodes, KeywordReader reader, Complaints complaints) {
        this.nodes = nodes;
        this.reader = reader;
        this.complaints = complaints;
        for (Node node : nodes) take(node);
    }

    private static Range between(long least, long most) {
        return Range.ALL.from(BigDecimal.valueOf(least), false).to(BigDecimal.valueOf(most), false);
    }

    private void take(Node node) {
        boolean above = exclusive(node, "exclusiveMinimum");
        boolean below = exclusive(node, "exclusiveMaximum");
        reader.number(node, "minimum").ifPresent(n -> range = range.from(n, above));
        reader.number(node, "maximum").ifPresent(n -> range = range.to(n, below));
        reader.number(node, "multipleOf").ifPresent(n -> {
            if (n.signum() <= 0) throw complaints.malformed(node, "multipleOf", "a number above 0");
            multiples.add(n);
        });
        if ("int32".equals(node.get("format"))) range = range.and(INT32);
        if ("int64".equals(node.get("format"))) range = range.and(INT64);
    }

    /** OpenAPI 3.0 has true or false beside the bound, JSON Schema the bound itself, which is taken in here. */
    private boolean exclusive(Node node, String keyword) {
        if (node.get(keyword) instanceof Boolean exclusive) return exclusive;
        boolean least = keyword.equals("exclusiveMinimum");
        reader.number(node, keyword).ifPresent(n -> range = least ? range.from(n, true) : range.to(n, true));
        return false;
    }

    /** The numbers that may be there. */
    Range range() {
        return range;
    }

    /** Whether a number keeps to all of it. */
    boolean allows(BigDecimal number) {
        return range.contains(number)
                && multiples.stream().allMatch(m -> number.remainder(m).signum() == 0);
    }

    /** The text of a number. */
    Part part(boolean integer, JsonRules json) {
        if (range.equals(Range.ALL) && multiples.isEmpty()) return json.part(integer ? "integer" : "number");
        Automaton numbers;
        reader.work().spend(STEPS + digits() * digits());
        try {
            numbers = automaton(integer, multiples);
        } catch (TooComplexException e) {
            complain(e);
            numbers = automaton(integer, List.of());
        }
        if (numbers.isEmpty()) {
            return new Part.Nothing("the bounds " + Keywords.place(nodes, JsonType.INTEGER) + " leave no number");
        }
        return json.number(numbers);
    }

    /** Of the longer bound. */
    private long digits() {
        return Stream.concat(range.least().stream(), range.most().stream())
                .mapToLong(b -> b.precision() + Math.abs((long) b.scale()))
                .max()
                .orElse(0);
    }

    private Automaton automaton(boolean integer, List<BigDecimal> divisors) {
        return integer ? Decimals.integers(range, divisors) : Decimals.numbers(range, divisors);
    }

    private void complain(TooComplexException e) {
        if (multiples.isEmpty()) throw e;
        reader.work().spendInVain();
        for (Node node : nodes) if (node.has("multipleOf")) complaints.unheld(node, "multipleOf", e.getMessage());
    }
}
