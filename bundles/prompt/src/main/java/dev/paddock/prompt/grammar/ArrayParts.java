package dev.paddock.prompt.grammar;

import java.util.ArrayList;
import java.util.List;

/** Writes arrays: items with schemas of their own, then as many alike as there may be. */
final class ArrayParts {
    private static final int MOST_PREFIX = 1000;

    private final SchemaCompiler compiler;
    private final JsonRules json;

    ArrayParts(SchemaCompiler compiler, JsonRules json) {
        this.compiler = compiler;
        this.json = json;
    }

    /** The text of an array. */
    Part part(ArrayFacts facts) {
        long most = facts.mostWritten();
        if (facts.least() > most || facts.prefix() > MOST_PREFIX) {
            return new Part.Nothing("the number of items " + facts.at() + " leaves no array");
        }
        int prefix = (int) Math.min(facts.prefix(), most);
        Part items = most > prefix ? rest(facts, prefix, most) : Part.EMPTY;
        for (int i = prefix - 1; i >= 0; i--) {
            List<Part> parts = new ArrayList<>();
            if (i > 0) parts.add(json.part("comma"));
            parts.add(item(facts, i));
            parts.add(items);
            items = Part.sequence(parts);
            if (i >= facts.least()) items = Part.optional(named(items, "items"));
        }
        return Part.sequence(new Part.Text("["), json.part("ws"), items, new Part.Text("]"));
    }

    /** A name of its own keeps brackets from nesting. */
    private static Part named(Part part, String hint) {
        return part instanceof Part.Nothing ? part : new Part.Named(new Rule(hint, part));
    }

    private Part item(ArrayFacts facts, int index) {
        return Part.sequence(compiler.value(facts.item(index), "item"), json.part("ws"));
    }

    private Part rest(ArrayFacts facts, int prefix, long most) {
        Part item = named(item(facts, prefix), "item");
        Part more = named(Part.sequence(json.part("comma"), item), "more");
        long fewest = Math.max(0, facts.least() - prefix);
        long room = most == Part.ENDLESS ? most : most - prefix;
        if (prefix > 0) return Part.repeated(more, fewest, room);
        long others = room == Part.ENDLESS ? room : room - 1;
        Part items = Part.sequence(item, Part.repeated(more, Math.max(0, fewest - 1), others));
        return fewest == 0 ? Part.optional(items) : items;
    }
}
