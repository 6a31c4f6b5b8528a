package dev.paddock.prompt.grammar;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.prompt.grammar.regular.Automaton;
import dev.paddock.prompt.grammar.regular.Characters;
import dev.paddock.prompt.grammar.regular.Formats.Format;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of JSON (RFC 8259) that a grammar may mention, each written with those it needs when it is first asked for.
 * A model that may write white space without end does so sooner or later, so there is at most one line break with 20
 * blanks at a place; the digits of numbers are bounded for the same reason, and exponents so that every reader has room
 * for the number. Halves of surrogate pairs are not written: strict readers refuse them.
 */
final class JsonRules {
    /** A name, the names it mentions, and what it says; {@code %s} stands for those. */
    private record Form(List<String> needs, String body) {}

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("ws", new Form(List.of(), "| \" \" | \"\\n\" [ \\t]{0,20}")),
            Map.entry("comma", new Form(List.of("ws"), "\",\" %s")),
            Map.entry("colon", new Form(List.of("ws"), "%1$s \":\" %1$s")),
            Map.entry("string", new Form(List.of("char"), "\"\\\"\" %s* \"\\\"\"")),
            Map.entry("integer", new Form(List.of(), "\"0\" | \"-\"? [1-9] [0-9]{0,15}")),
            Map.entry(
                    "number",
                    new Form(
                            List.of(),
                            "\"-\"? (\"0\" | [1-9] [0-9]{0,15}) (\".\" [0-9]{1,16})? ([eE] [-+]? [0-9]{1,2})?")),
            Map.entry("array", new Form(List.of("ws", "item", "comma"), "\"[\" %1$s (%2$s (%3$s %2$s)*)? \"]\"")),
            Map.entry("item", new Form(List.of("value", "ws"), "%s %s")),
            Map.entry("object", new Form(List.of("ws", "member", "comma"), "\"{\" %1$s (%2$s (%3$s %2$s)*)? \"}\"")),
            Map.entry("member", new Form(List.of("string", "colon", "value", "ws"), "%s %s %s %s")),
            Map.entry(
                    "value",
                    new Form(
                            List.of("object", "array", "string", "number"),
                            "%s | %s | %s | %s | \"true\" | \"false\" | \"null\"")));

    private static final int MOST_STATES = GenerationOrder.LONGEST_GRAMMAR;

    private final GbnfBuilder grammar;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<Automaton, Part> numbers = new HashMap<>();
    private final Map<Automaton, Part> texts = new HashMap<>();
    private final Map<Format, Part> formats = new IdentityHashMap<>();
    private int states;
    private final Rule character = new Rule("char", JsonCharacters.part(Characters.ALL));

    JsonRules(GbnfBuilder grammar) {
        this.grammar = grammar;
    }

    /** The name, in the grammar, of one of the rules above. */
    String name(String rule) {
        String known = names.get(rule);
        if (known != null) return known;
        if (rule.equals("char")) return grammar.write(character);
        String name = grammar.name(rule);
        names.put(rule, name); // before what it needs, which may need it
        Form form = FORMS.get(rule);
        List<String> needs = new ArrayList<>();
        for (String need : form.needs()) needs.add(name(need));
        grammar.define(name, String.format(form.body(), needs.toArray()));
        return name;
    }

    /** A part that mentions one of them. */
    Part part(String rule) {
        return new Part.Given(name(rule));
    }

    /** One character of a string, however it is written; halves of surrogate pairs are none. */
    Part character() {
        return new Part.Named(character);
    }

    /** A number that an automaton accepts. The same automaton is written once, wherever it is asked for. */
    Part number(Automaton automaton) {
        return numbers.computeIfAbsent(automaton, a -> {
            count(a);
            return new Part.Named(AutomatonParts.raw("number").rule(a));
        });
    }

    /** A string that an automaton accepts. */
    Part text(Automaton automaton) {
        return texts.computeIfAbsent(automaton, a -> {
            count(a);
            return quoted(new Part.Named(AutomatonParts.json("text").rule(a)));
        });
    }

    /** A string of a format. */
    Part format(Format format) {
        return formats.computeIfAbsent(format, f -> new Part.Named(new Rule("format", quoted(RegexParts.of(f)))));
    }

    /** A state takes a character at least, so what is too long is found before it is written. */
    private void count(Automaton automaton) {
        states += automaton.states();
        if (states > MOST_STATES) throw grammar.tooLong();
    }

    /** A string, by what is within it. */
    static Part quoted(Part within) {
        return Part.sequence(new Part.Text("\""), within, new Part.Text("\""));
    }
}
