package dev.paddock.cli.completion;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: a line for each command, option and parameter, and the functions that these lines ask. */
final class FishScript {
    private static final String FUNCTIONS = """
            # Completion of paddock for fish, printed by `paddock completion fish`.

            # The command that the words so far name, such as "models prune".
            function __paddock_command
                set -l command
                set -l words (commandline -opc)
                for word in $words[2..-1]
                    if contains -- (string join ' ' $command $word) @KNOWN@
                        set -a command $word
                    end
                end
                string join ' ' -- $command
            end

            function __paddock_at
                test "$(__paddock_command)" = "$argv"
            end

            # Names of models that the server has; it may be a foreign one: only harmless names are offered.
            function __paddock_models
                paddock list 2>/dev/null | string match -rg '^([A-Za-z0-9._:/@-]+)' | string match -v NAME
            end

            """;

    private final StringBuilder script = new StringBuilder();

    private FishScript() {}

    /** @param tree all commands */
    static String of(CommandLine tree) {
        List<CommandPath> paths = CommandPath.all(tree);
        var fish = new FishScript();
        String known = paths.stream()
                .map(CommandPath::words)
                .filter(words -> !words.isEmpty())
                .map(FishScript::quoted)
                .collect(Collectors.joining(" "));
        fish.script.append(FUNCTIONS.replace("@KNOWN@", known));
        paths.forEach(fish::add);
        return fish.script.toString();
    }

    private void add(CommandPath path) {
        String at = "complete -c paddock -n " + quoted(("__paddock_at " + path.words()).strip());
        if (!path.takesFile()) line(at + " -f");
        for (CommandPath part : path.parts()) {
            line(at + " -a " + quoted(part.words()) + described(part.description()));
        }
        path.options().forEach(option -> line(at + names(option) + values(option)));
        path.parameters().forEach(parameter -> {
            String candidates = candidates(parameter);
            if (!candidates.isEmpty()) line(at + " -a " + quoted(candidates));
        });
        if (path.takesModel()) line(at + " -a '(__paddock_models)'");
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            boolean longName = name.startsWith("--");
            String bare = name.substring(longName ? 2 : 1);
            names.append(longName ? " -l " : bare.length() == 1 ? " -s " : " -o ")
                    .append(quoted(bare));
        }
        return names.toString();
    }

    private static String values(OptionSpec option) {
        String described = described(CommandPath.first(option.description()));
        if (option.arity().min() == 0) return described;
        String candidates = candidates(option);
        if (!candidates.isEmpty()) return " -x -a " + quoted(candidates) + described;
        return (CommandPath.isFile(option) ? " -r -F" : " -x") + described;
    }

    private static String candidates(ArgSpec argument) {
        if (argument.completionCandidates() == null) return "";
        return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                .collect(Collectors.joining(" "));
    }

    private static String described(String description) {
        return description.isEmpty() ? "" : " -d " + quoted(description);
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void line(String text) {
        script.append(text).append('\n');
    }
}
