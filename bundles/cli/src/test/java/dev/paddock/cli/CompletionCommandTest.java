package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shells themselves read the scripts; where a shell is not installed its tests are skipped. */
class CompletionCommandTest {
    private static final String TYPED_IN_BASH = """
            source paddock.bash
            compopt() { :; } # there is none outside of a completion
            COMP_LINE=$1; COMP_POINT=${#COMP_LINE}
            COMP_WORDS=(); IFS=' ' read -ra parts <<<"$COMP_LINE"
            for part in "${parts[@]}"; do
              while case $part in *:*) true ;; *) false ;; esac; do
                COMP_WORDS+=("${part%%:*}" ":"); part=${part#*:}
              done
              COMP_WORDS+=("$part")
            done
            case $COMP_LINE in *' ') COMP_WORDS+=("") ;; esac
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _paddock_with_models paddock "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    Path directory;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(directory);
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path paddock = Files.writeString(bin.resolve("paddock"), """
                #!/bin/sh
                [ "$*" = list ] || exit 1
                echo 'NAME               ID    SIZE'
                echo 'starter:latest     aaa   5 MB'
                echo 'starter:q4         bbb   5 MB'
                echo '$(touch${IFS}made) ccc   5 MB'
                echo 'qwen3:8b           ddd   5 GB'
                """);
        assertThat(paddock.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Path script(String shell) throws IOException {
        var completion = stage.run("completion", shell);
        assertThat(completion.code()).as(completion.err()).isZero();
        return Files.writeString(directory.resolve("paddock." + shell), completion.out());
    }

    private Stage.Outcome run(String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().compute("PATH", (_, path) -> directory.resolve("bin") + ":" + path);
        builder.environment().put("HOME", directory.toString());
        Path err = directory.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Stage.Outcome(process.exitValue(), out, Files.readString(err));
    }

    private static boolean installed(String shell) {
        return List.of("/bin/", "/usr/bin/", "/usr/local/bin/").stream()
                .anyMatch(bin -> Files.isExecutable(Path.of(bin + shell)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void theShellReadsTheScript(String shell) throws Exception {
        assumeTrue(installed(shell));
        var read = run(shell, "-n", script(shell).toString());
        assertThat(read.err()).isEmpty();
        assertThat(read.code()).isZero();
    }

    private List<String> inBash(String line) throws Exception {
        script("bash");
        var typed = run("bash", "-c", TYPED_IN_BASH, "bash", line);
        assertThat(typed.err()).isEmpty();
        return typed.out().lines().filter(offer -> !offer.isEmpty()).toList();
    }

    @Test
    void bashCompletesCommandsOptionsAndValues() throws Exception {
        assumeTrue(installed("bash"));
        assertThat(inBash("paddock ")).contains("run", "list", "models", "completion");
        assertThat(inBash("paddock show --")).contains("--help", "--license");
        assertThat(inBash("paddock models ")).contains("prune", "export").doesNotContain("run");
        assertThat(inBash("paddock show --li")).containsExactly("--license");
        assertThat(inBash("paddock completion ")).contains("bash", "zsh", "fish");
    }

    @Test
    void bashCompletesNamesOfModelsAcrossColons() throws Exception {
        assumeTrue(installed("bash"));
        assertThat(inBash("paddock run ")).containsExactly("starter:latest", "starter:q4", "qwen3:8b");
        assertThat(inBash("paddock run starter:l")).containsExactly("latest");
        assertThat(inBash("paddock models export q")).containsExactly("qwen3:8b");
        assertThat(inBash("paddock run --keepalive ")).isEmpty();
        assertThat(inBash("paddock health ")).doesNotContain("qwen3:8b");
        assertThat(directory.resolve("made")).doesNotExist();
    }

    private List<String> inFish(String line) throws Exception {
        Path script = script("fish");
        var typed = run("fish", "--no-config", "-c", "source " + script + "; complete -C '" + line + "'");
        assertThat(typed.err()).isEmpty();
        return typed.out().lines().map(offer -> offer.split("\t")[0]).toList();
    }

    @Test
    void fishCompletesTheSame() throws Exception {
        assumeTrue(installed("fish"));
        assertThat(inFish("paddock "))
                .contains("run", "ls", "models", "completion")
                .doesNotContain("prune");
        assertThat(inFish("paddock models ")).contains("prune", "export").doesNotContain("run", "bin/");
        assertThat(inFish("paddock show --li")).containsExactly("--license");
        assertThat(inFish("paddock completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
        assertThat(inFish("paddock run "))
                .contains("starter:latest", "qwen3:8b")
                .doesNotContain("list");
        assertThat(inFish("paddock models import ")).contains("bin/");
        assertThat(directory.resolve("made")).doesNotExist();
    }

    @Test
    void zshTakesTheScriptAsBashDoes() throws Exception {
        assumeTrue(installed("zsh"));
        Path script = script("zsh");
        var sourced = run(
                "zsh", "-f", "-c", "autoload -U compinit; compinit -u; source " + script + "; print $_comps[paddock]");
        assertThat(sourced.err()).isEmpty();
        assertThat(sourced.out()).contains("_bash_complete", "_paddock_with_models");
    }

    @Test
    void anotherShellIsRefusedWithTheOnesThatThereAre() {
        var completion = stage.run("completion", "tcsh");
        assertThat(completion.code()).isEqualTo(2);
        assertThat(completion.err())
                .isEqualTo("Error: no completion for 'tcsh'; there is one for bash, zsh and fish\n");
        assertThat(stage.run("completion").code()).isEqualTo(2);
    }
}
