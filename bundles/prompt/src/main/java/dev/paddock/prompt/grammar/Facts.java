package dev.paddock.prompt.grammar;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What holds for the value at a place: the keywords of all schemas of a branch together. */
final class Facts {
    private final List<Node> nodes;
    private final KeywordReader reader;
    private final Complaints complaints;
    private final Set<JsonType> types;
    private boolean typesAreImplied;
    private final Optional<List<Object>> values;
    private final NumberFacts numbers;
    private final StringFacts strings;
    private final ArrayFacts arrays;
    private final ObjectFacts objects;

    Facts(Branch branch, SchemaDocument document, KeywordReader reader) {
        this.nodes = branch.nodes();
        this.reader = reader;
        complaints = document.complaints();
        values = values();
        types = common();
        numbers = new NumberFacts(asked(JsonType.INTEGER, JsonType.FRACTION), reader, complaints);
        strings = new StringFacts(asked(JsonType.STRING), reader, complaints);
        arrays = allowed(JsonType.ARRAY) ? new ArrayFacts(branch, document, reader) : null;
        objects = allowed(JsonType.OBJECT) ? new ObjectFacts(branch, document, reader) : null;
        if (arrays != null && values.isEmpty()) arrays.check();
        if (objects != null && values.isEmpty()) objects.check();
    }

    /** The schemas to look at for values of some types: none when those are not allowed. */
    private List<Node> asked(JsonType... of) {
        for (JsonType type : of) if (allowed(type)) return nodes;
        return List.of();
    }

    /** The types that all schemas allow. */
    private Set<JsonType> common() {
        EnumSet<JsonType> allowed = EnumSet.allOf(JsonType.class);
        boolean said = false;
        for (Node node : nodes) {
            if (!node.has("type")) continue;
            said = true;
            allowed.retainAll(types(node));
        }
        if (said || values.isPresent()) return allowed;
        Set<JsonType> implied = implied();
        typesAreImplied = !implied.containsAll(allowed);
        return implied;
    }

    private Set<JsonType> types(Node node) {
        Object value = node.get("type");
        List<?> names = value instanceof List<?> list ? list : List.of(value == null ? "" : value);
        EnumSet<JsonType> types = EnumSet.noneOf(JsonType.class);
        for (Object name : names) {
            Set<JsonType> named = JsonType.named(name);
            if (named.isEmpty()) throw complaints.malformed(node, "type", "a type, or a list of types");
            types.addAll(named);
        }
        if (types.isEmpty()) {
            throw complaints.malformed(node, "type", "a type, or a list of types that is not empty");
        }
        if (reader.flag(node, "nullable")) types.add(JsonType.NULL);
        return types;
    }

    /** Who says what objects must be like, and nothing of types, means objects; and so on. */
    private Set<JsonType> implied() {
        EnumSet<JsonType> types = EnumSet.noneOf(JsonType.class);
        boolean nullable = false;
        for (Node node : nodes) {
            node.keywords().keySet().forEach(k -> types.addAll(Keywords.kind(String.valueOf(k))));
            if (node.get("format") instanceof String format) types.addAll(StringFacts.kind(format));
            nullable |= reader.flag(node, "nullable");
        }
        if (types.isEmpty()) return JsonType.ALL;
        if (nullable) types.add(JsonType.NULL);
        return types;
    }

    /** The values of {@code enum} and {@code const}, if there are such keywords, that are in all of them. */
    private Optional<List<Object>> values() {
        List<Object> common = null;
        for (Node node : nodes) {
            for (String keyword : List.of("enum", "const")) {
                if (!node.has(keyword)) continue;
                List<Object> here = new ArrayList<>();
                if (keyword.equals("const")) here.add(node.get(keyword));
                else here.addAll(reader.list(node, keyword));
                reader.checkValue(node, keyword, here, 0);
                reader.work().spend(common == null ? 0 : (long) common.size() * here.size() / 10);
                if (common == null) common = here;
                else common.removeIf(v -> here.stream().noneMatch(h -> Constants.equal(v, h)));
            }
        }
        return Optional.ofNullable(common);
    }

    /** The types that are allowed. */
    Set<JsonType> types() {
        return types;
    }

    /** Whether no schema speaks of types: values of other types are valid too, only never written. */
    boolean typesAreImplied() {
        return typesAreImplied;
    }

    /** Whether a type is allowed. */
    boolean allowed(JsonType type) {
        return types.contains(type);
    }

    /** The only values that may be allowed, if they are listed; the other keywords have been left aside. */
    Optional<List<Object>> listed() {
        return values;
    }

    NumberFacts numbers() {
        return numbers;
    }

    StringFacts strings() {
        return strings;
    }

    /** Not to be asked where no arrays are allowed. */
    ArrayFacts arrays() {
        return Objects.requireNonNull(arrays);
    }

    /** Not to be asked where no objects are allowed. */
    ObjectFacts objects() {
        return Objects.requireNonNull(objects);
    }

    /** Whether it says nothing at all. */
    boolean isFree() {
        return values.isEmpty()
                && nodes.stream().allMatch(n -> n.keywords().keySet().stream()
                        .noneMatch(k -> Keywords.restricts(String.valueOf(k))));
    }

    /** Why it allows no type, or none of the listed values. */
    Part.Nothing nothing() {
        if (values.isEmpty()) {
            return new Part.Nothing("the types " + Keywords.place(nodes, "type"::equals) + " exclude each other");
        }
        String place = Keywords.place(nodes, k -> k.equals("enum") || k.equals("const"));
        return new Part.Nothing("no value of enum and const " + place + " keeps to the other keywords");
    }
}
