package dev.paddock.cli.run;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the commands at the prompt, what may follow them, and the names of models. */
final class EntryCompleter implements Completer {
    private static final List<String> COMMANDS =
            List.of("/bye", "/clear", "/help", "/list", "/load", "/save", "/set", "/show");
    private static final List<String> TOPICS = List.of("set", "show", "shortcuts");
    private static final Map<String, List<String>> SECOND =
            Map.of("/?", TOPICS, "/help", TOPICS, "/set", ReplCommands.SETTINGS, "/show", ReplCommands.PARTS);

    private final Supplier<List<String>> models;

    /** @param models asked for when a name is wanted */
    EntryCompleter(Supplier<List<String>> models) {
        this.models = models;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        words(line.words()).stream().map(Candidate::new).forEach(candidates::add);
    }

    /** What the last of these words may become, whatever it begins with. */
    List<String> words(List<String> typed) {
        String command = typed.getFirst();
        if (!command.startsWith("/") || typed.size() > 2) return List.of();
        if (typed.size() == 1) return COMMANDS;
        return command.equals("/load") ? models.get() : SECOND.getOrDefault(command, List.of());
    }
}
