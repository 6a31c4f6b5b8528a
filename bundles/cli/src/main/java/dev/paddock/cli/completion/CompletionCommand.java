package dev.paddock.cli.completion;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script that makes a shell complete what is typed after {@code paddock}. */
@Command(
        name = "completion",
        description = "Print a script that makes a shell complete commands, options and names of models.",
        footer = {
            "",
            "bash: source <(paddock completion bash)   in ~/.bashrc",
            "zsh:  source <(paddock completion zsh)    in ~/.zshrc, after compinit",
            "fish: paddock completion fish > ~/.config/fish/completions/paddock.fish"
        })
public final class CompletionCommand implements Callable<Integer> {
    /** What may be asked for. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("bash", "zsh", "fish").iterator();
        }
    }

    private final Site site;
    private final Supplier<CommandLine> tree;

    @Parameters(paramLabel = "bash|zsh|fish", completionCandidates = Shells.class, description = "The shell.")
    private String shell;

    /** @param tree gives all commands, of which the script is made */
    public CompletionCommand(Site site, Supplier<CommandLine> tree) {
        this.site = site;
        this.tree = tree;
    }

    @Override
    public Integer call() {
        String script =
                switch (shell) {
                    case "bash", "zsh" -> BashScript.of(tree.get());
                    case "fish" -> FishScript.of(tree.get());
                    default ->
                        throw new Failure(
                                Failure.USAGE,
                                "no completion for '" + shell + "'; there is one for bash, zsh and fish");
                };
        site.out().print(script);
        return 0;
    }
}
