package dev.paddock.prompt.grammar;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.prompt.grammar.regular.Absence;
import dev.paddock.prompt.grammar.regular.TooComplexException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A grammar in GBNF. */
final class GbnfBuilder implements GrammarBuilder {
    private static final String ROOT = "root";
    private static final int LONGEST_HINT = 32;

    private final Map<String, String> rules = new LinkedHashMap<>();
    /** How often a name was asked for. */
    private final Map<String, Integer> names = new HashMap<>(Map.of(ROOT, 1));

    private final Set<String> notes = new LinkedHashSet<>();
    private final JsonRules json = new JsonRules(this);
    private final PartWriter writer = new PartWriter(this);
    private int length;

    @Override
    public String rule(String hint, String body) {
        String name = name(hint);
        define(name, body);
        return name;
    }

    /** A name that no rule has yet. */
    String name(String hint) {
        String plain = hint.replaceAll("[^a-zA-Z0-9-]+", "-");
        if (plain.length() > LONGEST_HINT) plain = plain.substring(0, LONGEST_HINT);
        if (plain.isEmpty()) plain = "rule";
        int count = names.merge(plain, 1, Integer::sum);
        if (count == 1) return plain;
        String name = plain + "-" + count;
        return names.putIfAbsent(name, 1) == null ? name : name(hint);
    }

    /** Writes a rule and all that it leads to; gives its name. */
    String write(Rule rule) {
        return writer.write(rule);
    }

    /** Says what a rule is whose name was given out. */
    void define(String name, String body) {
        length += name.length() + body.length() + " ::= \n".length();
        check();
        rules.put(name, body);
    }

    private void check() {
        if (length > GenerationOrder.LONGEST_GRAMMAR) throw tooLong();
    }

    /** More than the engine takes. */
    PaddockException tooLong() {
        return new PaddockException(
                Fault.TOO_LARGE,
                "the answer's grammar is longer than " + GenerationOrder.LONGEST_GRAMMAR
                        + " characters; make its schemas simpler, or use fewer at once");
    }

    @Override
    public String literal(String text) {
        return Quoting.literal(text);
    }

    @Override
    public String schema(Object schema, boolean strict, String where) {
        Complaints complaints = new Complaints(where, strict);
        Rule root = new SchemaCompiler(new SchemaDocument(schema, complaints), json).compile();
        notes.addAll(complaints.notes());
        return write(root);
    }

    @Override
    public String jsonObject() {
        return json.name("object");
    }

    @Override
    public String jsonValue() {
        return json.name("value");
    }

    @Override
    public String textWithout(List<String> texts) {
        if (texts.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("every text holds the empty text");
        }
        try {
            Rule rule = AutomatonParts.raw("text").rule(Absence.of(texts));
            return write(rule);
        } catch (TooComplexException e) {
            throw new PaddockException(Fault.TOO_LARGE, e.getMessage(), e);
        }
    }

    @Override
    public List<String> notes() {
        return new ArrayList<>(notes);
    }

    @Override
    public String text(String root) {
        StringBuilder text = new StringBuilder(length)
                .append(ROOT)
                .append(" ::= ")
                .append(root)
                .append('\n');
        rules.forEach(
                (name, body) -> text.append(name).append(" ::= ").append(body).append('\n'));
        length += ROOT.length() + root.length() + " ::= \n".length();
        check();
        return text.toString();
    }
}
