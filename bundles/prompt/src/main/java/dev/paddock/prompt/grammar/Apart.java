package dev.paddock.prompt.grammar;

import java.util.EnumSet;
import java.util.Set;

/** Whether what is written for one schema surely never keeps to another, nor the other way round. */
final class Apart {
    private static final int DEEPEST = 4;
    private static final int MOST_ITEMS = 16;

    private final Schemas schemas;
    private final Validity validity;

    Apart(Schemas schemas) {
        this.schemas = schemas;
        validity = new Validity(schemas, true);
    }

    /** Whether that is so, as far as it can be told. */
    boolean sure(Facts one, Facts other, int depth) {
        schemas.work().spend(1);
        if (mayTake(one, other) || mayTake(other, one)) return false;
        Set<JsonType> common = EnumSet.copyOf(JsonType.ALL);
        common.retainAll(one.types());
        common.retainAll(other.types());
        if (common.isEmpty()) return true;
        if (one.listed().isPresent()) return noneOf(one, other);
        if (other.listed().isPresent()) return noneOf(other, one);
        return common.stream().allMatch(type -> sure(type, one, other, depth));
    }

    /** Whether a schema that does not speak of types takes what the other writes. */
    private static boolean mayTake(Facts silent, Facts writing) {
        return silent.typesAreImplied() && !silent.types().containsAll(writing.types());
    }

    private boolean noneOf(Facts listing, Facts other) {
        return listing.listed().orElseThrow().stream()
                .noneMatch(v -> validity.allows(listing, v) && validity.allows(other, v));
    }

    private boolean sure(JsonType type, Facts one, Facts other, int depth) {
        return switch (type) {
            case NULL, BOOLEAN -> false;
            case INTEGER, FRACTION ->
                one.numbers().range().and(other.numbers().range()).isEmpty();
            case STRING -> one.strings().apart(other.strings());
            case ARRAY -> arrays(one.arrays(), other.arrays(), depth);
            case OBJECT ->
                depth < DEEPEST
                        && never(one.objects(), other.objects(), depth)
                        && never(other.objects(), one.objects(), depth);
        };
    }

    private boolean arrays(ArrayFacts one, ArrayFacts other, int depth) {
        if (one.least() > other.most() || other.least() > one.most()) return true;
        long common = Math.min(MOST_ITEMS, Math.min(one.least(), other.least()));
        for (int i = 0; i < common && depth < DEEPEST; i++) {
            if (values(one.item(i), other.item(i), depth + 1)) return true;
        }
        return false;
    }

    /** Whether no object that is written for one keeps to the other. */
    private boolean never(ObjectFacts one, ObjectFacts other, int depth) {
        if (one.least() > other.most() || other.least() > one.most()) return true;
        for (String name : other.required()) {
            if (!one.writes(name)) return true;
            if (one.required().contains(name) && values(one.property(name), other.property(name), depth + 1))
                return true;
        }
        return one.required().stream().anyMatch(n -> isForbidden(other.property(n)));
    }

    private static boolean isForbidden(Set<Node> all) {
        return all.stream().anyMatch(s -> Boolean.FALSE.equals(s.value()));
    }

    private boolean values(Set<Node> one, Set<Node> other, int depth) {
        if (schemas.unsettled(one) || schemas.unsettled(other)) return false;
        for (Facts left : schemas.of(one).options()) {
            for (Facts right : schemas.of(other).options()) {
                if (!sure(left, right, depth)) return false;
            }
        }
        return true;
    }
}
