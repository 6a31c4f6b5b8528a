package dev.paddock.itest.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table of clients by cases of their contract, and why a client has no words for one. */
final class ClientTable {
    private static final List<Trait> CASES = List.of(
            Trait.PLAIN,
            Trait.STREAM,
            Trait.SYSTEM,
            Trait.TURNS,
            Trait.TOOLS,
            Trait.SCHEMA,
            Trait.THINKING,
            Trait.EMBEDDINGS,
            Trait.ERROR,
            Trait.ABORT);

    private final List<Shown> shown;
    private final List<String> notes = new ArrayList<>();

    private ClientTable(List<Shown> shown) {
        this.shown = shown;
    }

    /** Appends the table and its notes. */
    static void write(StringBuilder text, List<Shown> shown, List<Client> clients) {
        Markdown.row(
                text,
                "client",
                Stream.concat(Stream.of("version", "API"), CASES.stream().map(Trait::title)));
        Markdown.row(
                text,
                "---",
                Stream.concat(Stream.of("---", "---"), CASES.stream().map(c -> ":-:")));
        var table = new ClientTable(shown);
        for (Client client : clients) {
            var facts = Stream.of(client.version(), '`' + client.api().path + '`');
            var marks = CASES.stream().map(trait -> table.mark(client, trait));
            Markdown.row(text, '`' + client.name() + '`', Stream.concat(facts, marks));
        }
        if (!table.notes.isEmpty()) text.append('\n');
        for (int i = 0; i < table.notes.size(); i++) Markdown.wrap(text, (i + 1) + ". " + table.notes.get(i));
    }

    /** A reason becomes a numbered note. */
    private String mark(Client client, Trait trait) {
        var outcome = shown.stream()
                .filter(s -> s.type().equals(client.type()) && s.trait() == trait)
                .map(Shown::outcome)
                .reduce(Outcome.WORSE);
        if (outcome.isEmpty()) return "?";
        String mark = outcome.get().kind().mark;
        if (outcome.get().kind() != Outcome.Kind.ABSENT) return mark;
        String reason = outcome.get().reason();
        if (!notes.contains(reason)) notes.add(reason);
        return mark + " (" + (notes.indexOf(reason) + 1) + ')';
    }
}
