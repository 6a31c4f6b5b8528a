package dev.paddock.prompt.grammar;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes parts, and the rules that they lead to, into a grammar. */
final class PartWriter {
    private final GbnfBuilder grammar;
    private final Repetition repetition;
    private final Map<Rule, String> names = new HashMap<>();
    private final ArrayDeque<Rule> open = new ArrayDeque<>();

    PartWriter(GbnfBuilder grammar) {
        this.grammar = grammar;
        repetition = new Repetition(grammar);
    }

    /** Writes a rule and all that it leads to; gives its name. */
    String write(Rule rule) {
        String name = name(rule);
        while (!open.isEmpty()) {
            Rule next = open.poll();
            grammar.define(names.get(next), text(next.body()));
        }
        return name;
    }

    private String name(Rule rule) {
        return names.computeIfAbsent(rule, r -> {
            open.add(r);
            return grammar.name(r.hint);
        });
    }

    private String text(Part part) {
        return switch (part) {
            case Part.Text text -> Quoting.literal(text.text());
            case Part.OneOf one -> Quoting.set(one.set());
            case Part.Given given -> given.name();
            case Part.Named named -> reference(named);
            case Part.Sequence sequence ->
                sequence.parts().stream()
                        .map(p -> p instanceof Part.Choice ? "(" + text(p) + ")" : text(p))
                        .collect(Collectors.joining(" "));
            case Part.Choice choice -> choice.options().stream().map(this::text).collect(Collectors.joining(" | "));
            case Part.Repeated repeated -> repeated(repeated);
            case Part.Nothing nothing -> throw new IllegalStateException("nothing is allowed: " + nothing.why());
        };
    }

    /** What is short stands where it is used. */
    private String reference(Part.Named named) {
        return switch (named.rule().body()) {
            case Part.Given given -> given.name();
            case Part.Text text when text.text().length() <= 8 -> text(text);
            default -> name(named.rule());
        };
    }

    private String repeated(Part.Repeated repeated) {
        Part part = repeated.part();
        boolean counted = repeated.most() > 1 && (repeated.most() != Part.ENDLESS || repeated.least() > 1);
        boolean simple =
                !(part instanceof Part.Sequence || part instanceof Part.Choice || part instanceof Part.Repeated);
        String item = simple ? text(part) : counted ? name(new Rule("item", part)) : "(" + text(part) + ")";
        return repetition.of(item, repeated.least(), repeated.most());
    }
}
