package dev.paddock.prompt.grammar;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether given values keep to schemas, as far as a grammar holds to them. */
final class Validity {
    private final Schemas schemas;
    private final boolean generous;

    /** @param generous whether what cannot be told is allowed */
    Validity(Schemas schemas, boolean generous) {
        this.schemas = schemas;
        this.generous = generous;
    }

    /** Whether a value keeps to one of the alternatives of schemas that must all hold. */
    boolean allows(Set<Node> all, Object value) {
        if (generous && schemas.unsettled(all)) return true;
        return schemas.of(all).options().stream().anyMatch(facts -> allows(facts, value));
    }

    /** Whether a value keeps to it. */
    boolean allows(Facts facts, Object value) {
        return isListed(facts, value) && keeps(facts, value);
    }

    private boolean isListed(Facts facts, Object value) {
        if (facts.listed().isEmpty()) return true;
        schemas.work().spend(facts.listed().get().size() / 10);
        return facts.listed().get().stream().anyMatch(v -> Constants.equal(v, value));
    }

    /** Whether a value keeps to all but the lists of values. */
    boolean keeps(Facts facts, Object value) {
        schemas.work().spend(1);
        JsonType type = JsonType.of(value);
        if (!facts.allowed(type)) return facts.typesAreImplied();
        return switch (type) {
            case NULL, BOOLEAN -> true;
            case INTEGER, FRACTION -> facts.numbers().allows(JsonType.decimal((Number) value));
            case STRING -> allowsText(facts.strings(), (String) value);
            case ARRAY -> allowsItems(facts.arrays(), (List<?>) value);
            case OBJECT -> allowsMembers(facts.objects(), (Map<?, ?>) value);
        };
    }

    private boolean allowsText(StringFacts strings, String text) {
        return strings.allows(text) || (generous && !strings.exact());
    }

    private boolean allowsItems(ArrayFacts arrays, List<?> items) {
        if (items.size() < arrays.least() || items.size() > arrays.most()) return false;
        for (int i = 0; i < items.size(); i++) if (!allows(arrays.item(i), items.get(i))) return false;
        return !arrays.unique() || areDifferent(items);
    }

    private boolean areDifferent(List<?> items) {
        for (int i = 0; i < items.size(); i++) {
            for (int j = 0; j < i; j++) {
                schemas.work().spend(1);
                if (Constants.equal(items.get(i), items.get(j))) return false;
            }
        }
        return true;
    }

    private boolean allowsMembers(ObjectFacts objects, Map<?, ?> members) {
        if (members.size() < objects.least() || members.size() > objects.most()) return false;
        if (!members.keySet().containsAll(objects.required())) return false;
        return members.entrySet().stream()
                .allMatch(m -> allows(objects.property(String.valueOf(m.getKey())), m.getValue()));
    }
}
