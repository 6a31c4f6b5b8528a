package dev.paddock.prompt.grammar;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.prompt.grammar.regular.TooComplexException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the rules of a schema: one for each set of schemas that must hold together somewhere. */
final class SchemaCompiler {
    private static final int MOST_RULES = 10_000;

    private final SchemaDocument document;
    private final JsonRules json;
    private final Schemas schemas;
    private final Map<Set<Node>, Rule> rules = new HashMap<>();
    private final ArrayDeque<Set<Node>> open = new ArrayDeque<>();

    SchemaCompiler(SchemaDocument document, JsonRules json) {
        this.document = document;
        this.json = json;
        schemas = new Schemas(document);
    }

    /** The rule of the whole schema; all that it leads to can end. */
    Rule compile() {
        Node root = document.root();
        Rule rule = rule(Set.of(root), "schema");
        try {
            while (!open.isEmpty()) {
                Set<Node> next = open.poll();
                rules.get(next).is(body(next));
            }
        } catch (TooComplexException e) {
            throw tooLarge("is too complex: " + e.getMessage());
        }
        Part.Nothing nothing = Pruning.prune(rule);
        if (nothing != null) throw document.complaints().nothing(nothing.why());
        return rule;
    }

    /** A value of which all these schemas hold. */
    Part value(Set<Node> all, String hint) {
        return new Part.Named(rule(all, hint));
    }

    private Rule rule(Set<Node> all, String hint) {
        Rule known = rules.get(all);
        if (known != null) return known;
        if (rules.size() == MOST_RULES) {
            throw tooLarge("needs more than " + MOST_RULES + " rules");
        }
        Rule rule = new Rule(hint);
        Set<Node> key = new LinkedHashSet<>(all);
        rules.put(key, rule);
        open.add(key);
        return rule;
    }

    /** More than is worked on. */
    PaddockException tooLarge(String what) {
        return document.complaints().tooLarge(document.root(), what);
    }

    private Part body(Set<Node> all) {
        Schemas.Alternatives alternatives = schemas.of(all);
        if (alternatives.options().isEmpty()) return new Part.Nothing(alternatives.why());
        List<Object> listed = new ArrayList<>();
        List<Part> options = new ArrayList<>();
        for (Facts facts : alternatives.options()) {
            if (facts.listed().isEmpty()) options.add(value(facts));
            else options.add(list(facts, listed));
        }
        if (!listed.isEmpty()) options.add(Constants.oneOf(listed, json));
        return Part.choice(options);
    }

    /** Adds the values that are listed and allowed, which are written together for all alternatives. */
    private Part list(Facts facts, List<Object> listed) {
        Validity validity = new Validity(schemas, false);
        int before = listed.size();
        for (Object value : facts.listed().orElseThrow()) if (validity.keeps(facts, value)) listed.add(value);
        return listed.size() == before ? facts.nothing() : new Part.Nothing("its values are written with others");
    }

    private Part value(Facts facts) {
        if (facts.isFree()) return json.part("value");
        List<Part> options = new ArrayList<>();
        for (JsonType type : facts.types()) options.add(value(type, facts));
        return options.isEmpty() ? facts.nothing() : Part.choice(options);
    }

    private Part value(JsonType type, Facts facts) {
        return switch (type) {
            case NULL -> new Part.Text("null");
            case BOOLEAN -> Part.choice(List.of(new Part.Text("true"), new Part.Text("false")));
            case INTEGER -> facts.numbers().part(!facts.allowed(JsonType.FRACTION), json);
            case FRACTION -> new Part.Nothing("whole numbers are among all numbers");
            case STRING -> facts.strings().part(json);
            case ARRAY -> new ArrayParts(this, json).part(facts.arrays());
            case OBJECT -> new ObjectParts(this, json).part(facts.objects());
        };
    }
}
