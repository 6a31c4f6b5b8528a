package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Automaton;
import dev.paddock.prompt.grammar.regular.Counted;
import dev.paddock.prompt.grammar.regular.EcmaPattern;
import dev.paddock.prompt.grammar.regular.Formats;
import dev.paddock.prompt.grammar.regular.Formats.Format;
import dev.paddock.prompt.grammar.regular.TooComplexException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds for strings at a place. Lengths count characters, however they are written. */
final class StringFacts {
    /** What these say of numbers is held to, or nothing. */
    private static final Set<String> OF_NUMBERS = Set.of("int32", "int64", "float", "double");
    /** These are for those who show the text. */
    private static final Set<String> FREE = Set.of("password");

    private final List<Node> nodes;
    private final KeywordReader reader;
    private final Complaints complaints;
    private final List<Automaton> automata = new ArrayList<>();
    /** The format, if there is nothing else but lengths. */
    private Optional<Format> only = Optional.empty();

    private boolean exact = true;
    private long least;
    private long most = Part.ENDLESS;

    StringFacts(List<Node> nodes, KeywordReader reader, Complaints complaints) {
        this.nodes = nodes;
        this.reader = reader;
        this.complaints = complaints;
        for (Node node : nodes) take(node);
    }

    /** The types of value that a format speaks of. */
    static Set<JsonType> kind(String format) {
        return JsonType.named(OF_NUMBERS.contains(format) ? "number" : "string");
    }

    private void take(Node node) {
        reader.count(node, "minLength").ifPresent(n -> least = Math.max(least, n));
        reader.count(node, "maxLength").ifPresent(n -> most = Math.min(most, n));
        reader.text(node, "format").ifPresent(format -> format(node, format));
        if (!node.has("pattern")) return;
        Optional<EcmaPattern.Read> read = reader.pattern(node);
        read.ifPresent(r -> automata.add(r.automaton()));
        exact &= read.map(EcmaPattern.Read::exact).orElse(false);
    }

    private void format(Node node, String format) {
        if (OF_NUMBERS.contains(format) || FREE.contains(format)) return;
        exact = false;
        Optional<Format> found = Formats.of(format);
        found.ifPresentOrElse(f -> automata.add(f.automaton()), () -> unknown(node, format));
        only = automata.size() == 1 ? found : Optional.empty();
    }

    private void unknown(Node node, String format) {
        complaints.unheld(node, "format", "\"" + format + "\"");
    }

    /** Whether it is told exactly which strings are valid; else some that are valid may be left out. */
    boolean exact() {
        return exact;
    }

    /** Whether a string keeps to all of it. */
    boolean allows(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= least && length <= most && automata.stream().allMatch(a -> a.accepts(text));
    }

    /** Whether surely no string keeps to this and to the other. */
    boolean apart(StringFacts other) {
        if (least > other.most || other.least > most) return true;
        if (!exact || !other.exact) return false;
        try {
            Optional<Automaton> one = together();
            Optional<Automaton> two = other.together();
            return one.isPresent()
                    && two.isPresent()
                    && reader.work().both(one.get(), two.get()).isEmpty();
        } catch (TooComplexException e) {
            return false;
        }
    }

    private Optional<Automaton> together() {
        return automata.stream().reduce(reader.work()::both);
    }

    /** The text of a string. */
    Part part(JsonRules json) {
        if (least > most) return nothing("minLength " + least + " and maxLength " + most);
        Optional<Automaton> patterns = patterns();
        if (patterns.isEmpty()) {
            return least == 0 && most == Part.ENDLESS
                    ? json.part("string")
                    : JsonRules.quoted(Part.repeated(json.character(), least, most));
        }
        if (patterns.get().isEmpty()) return nothing("the patterns and formats");
        Optional<Automaton.Run> run = patterns.get().run();
        if (run.isPresent()) return run(run.get());
        Automaton all = counted(patterns.get());
        if (all.isEmpty()) return nothing("pattern, format and lengths");
        if (automata.size() == 1 && only.isPresent() && all == automata.getFirst()) return json.format(only.get());
        return json.text(all);
    }

    private Part run(Automaton.Run run) {
        long from = Math.max(least, run.least());
        if (from > most) return nothing("pattern and maxLength");
        Part character = new Part.Named(new Rule("char", JsonCharacters.part(run.on())));
        return JsonRules.quoted(Part.repeated(character, from, most));
    }

    private Part nothing(String what) {
        return new Part.Nothing(what + " " + Keywords.place(nodes, JsonType.STRING) + " leave no string");
    }

    /** All patterns and formats; empty when there are none. */
    private Optional<Automaton> patterns() {
        try {
            return together();
        } catch (TooComplexException e) {
            complain(e, "pattern", "format");
            return Optional.empty();
        }
    }

    /** With the lengths, where those say more. */
    private Automaton counted(Automaton patterns) {
        if (least <= patterns.shortest() && most >= patterns.longest()) return patterns;
        try {
            return reader.work().both(patterns, Counted.between(least, most));
        } catch (TooComplexException e) {
            complain(e, "minLength", "maxLength");
            return patterns;
        }
    }

    private void complain(TooComplexException e, String... keywords) {
        reader.work().spendInVain();
        for (Node node : nodes) {
            for (String keyword : keywords) if (node.has(keyword)) complaints.unheld(node, keyword, e.getMessage());
        }
    }
}
