package dev.paddock.cli.completion;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command and how it is called.
 *
 * @param words the words after {@code paddock}, such as {@code models prune}; empty for the command itself
 * @param spec what it takes
 */
record CommandPath(String words, CommandSpec spec) {
    /** How the commands call a parameter that is a model of the server. */
    private static final Set<String> MODEL_LABELS = Set.of("MODEL", "SOURCE", "REQUEST|MODEL");

    /** All commands below that one and itself, under each of their names, parents first. */
    static List<CommandPath> all(CommandLine tree) {
        List<CommandPath> paths = new ArrayList<>();
        collect("", tree, paths);
        return paths;
    }

    private static void collect(String words, CommandLine command, List<CommandPath> paths) {
        paths.add(new CommandPath(words, command.getCommandSpec()));
        command.getSubcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) collect((words + " " + name).strip(), sub, paths);
        });
    }

    /** The words a command is reached by from here, in their order. */
    List<CommandPath> parts() {
        return spec.subcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .map(sub -> new CommandPath(sub.getKey(), sub.getValue().getCommandSpec()))
                .toList();
    }

    List<OptionSpec> options() {
        return spec.options().stream().filter(option -> !option.hidden()).toList();
    }

    List<PositionalParamSpec> parameters() {
        return spec.positionalParameters();
    }

    boolean takesModel() {
        return parameters().stream().anyMatch(parameter -> MODEL_LABELS.contains(parameter.paramLabel()));
    }

    boolean takesFile() {
        return parameters().stream().anyMatch(CommandPath::isFile);
    }

    static boolean isFile(ArgSpec argument) {
        boolean path = Path.class.equals(argument.type()) || File.class.equals(argument.type());
        return path
                || argument.paramLabel().equals("FILE")
                || argument.paramLabel().equals("PATH");
    }

    /** The first sentence of its help, or nothing. */
    String description() {
        return first(spec.usageMessage().description());
    }

    static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replace("%%", "%");
    }
}
