package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server's greedy answers against the plainest decode there is: one prompt, one sequence, no server. */
@ExtendWith(SharedServer.class)
class PlainDecodeTest {
    private static final int TOKENS = 60;

    private final Server server;

    @TempDir
    private Path directory;

    PlainDecodeTest(Server server) {
        this.server = server;
    }

    /** A few of each skill are enough: each plain decode is a process of its own. */
    static List<Golden> prompts() throws IOException {
        return List.copyOf(Golden.all().stream()
                .collect(Collectors.toMap(Golden::skill, g -> g, (first, second) -> first))
                .values());
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void greedyOutputEqualsThatOfAPlainDecode(Golden golden) throws Exception {
        var answer = server.ask(
                "/api/generate",
                Map.of(
                        "model",
                        "starter",
                        "prompt",
                        golden.prompt(),
                        "raw",
                        true,
                        "stream",
                        false,
                        "options",
                        Map.of("temperature", 0, "num_predict", TOKENS)));
        assertThat(answer.path("response").asString()).isEqualTo(plain(golden.prompt()));
    }

    private String plain(String prompt) throws Exception {
        Path natives = Layout.root().resolve("cnf/natives/target/all/linux-x64");
        Path file = Files.writeString(directory.resolve("prompt"), prompt);
        Path out = directory.resolve("out");
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Layout.root().resolve("bundles/runner/target/classes").toString(),
                        "dev.paddock.runner.Main",
                        "complete",
                        "--libs",
                        natives.toString(),
                        "--backend",
                        variants(natives),
                        "--model",
                        Layout.root()
                                .resolve("distribution/starter/starter.gguf")
                                .toString(),
                        "--prompt-file",
                        file.toString(),
                        "--predict",
                        Integer.toString(TOKENS))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(out);
    }

    private static String variants(Path natives) throws IOException {
        try (var files = Files.list(natives)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.startsWith("libggml-cpu-"))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }
}
