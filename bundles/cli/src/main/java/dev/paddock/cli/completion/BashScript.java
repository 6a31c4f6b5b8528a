package dev.paddock.cli.completion;

import java.util.List;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Completion for bash, and for zsh, which can act as bash does. */
final class BashScript {
    /**
     * Names come from a server, perhaps a foreign one: they are compared, never expanded, and only harmless ones are
     * offered. Where bash cuts words at colons, what stands before the last one is left out of each offer.
     */
    private static final String MODELS = """

            # Names of models, where a command takes one.
            _paddock_with_models() {
              _complete_paddock "$@"
              [ ${#COMPREPLY[@]} -eq 0 ] || return 0
              local line="${COMP_LINE:0:$COMP_POINT}"
              local current="${line##*[[:space:]]}" words="${COMP_WORDS[*]:1:$((COMP_CWORD - 1))} "
              local before="${COMP_WORDS[$((COMP_CWORD - 1))]}" cut="" name rest
              case "$current" in -*) return 0 ;; esac
              case " @VALUED@ " in *" $before "*) return 0 ;; esac
              case "$words" in @PATHS@) ;; *) return 0 ;; esac
              case "$COMP_WORDBREAKS$current" in *:*:*) cut="${current%"${current##*:}"}" ;; esac
              while read -r name rest; do
                case "$name" in NAME | *[!A-Za-z0-9._:/@-]*) continue ;; esac
                case "$name" in "$current"*) COMPREPLY+=("${name#"$cut"}") ;; esac
              done < <(paddock list 2>/dev/null)
            }
            complete -F _paddock_with_models -o default paddock
            """;

    private BashScript() {}

    /** @param tree all commands */
    static String of(CommandLine tree) {
        List<CommandPath> paths = CommandPath.all(tree);
        String models = paths.stream()
                .filter(CommandPath::takesModel)
                .map(path -> "\"" + path.words() + " \"*")
                .collect(Collectors.joining(" | "));
        String valued = paths.stream()
                .flatMap(path -> path.options().stream())
                .filter(option -> option.arity().max() > 0 && option.arity().min() > 0)
                .flatMap(option -> List.of(option.names()).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
        return AutoComplete.bash("paddock", tree)
                + MODELS.replace("@VALUED@", valued).replace("@PATHS@", models);
    }
}
