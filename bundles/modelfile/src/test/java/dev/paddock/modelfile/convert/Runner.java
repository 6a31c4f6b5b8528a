package dev.paddock.modelfile.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.Main;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a real runner, in a process of its own, what it makes of a model. */
final class Runner {
    private static final Path NATIVES =
            Path.of(System.getProperty("paddock.test.natives")).normalize();

    private Runner() {}

    /** Skips a test, visibly, where there are no native libraries. */
    static void assumeThere() {
        assumeTrue(Files.isDirectory(NATIVES), "no native libraries in " + NATIVES + " (paddock.test.natives)");
    }

    /** The logits after each token, or the vector of all. */
    static List<double[]> numbers(Path folder, Path model, List<Integer> tokens, String... more) throws Exception {
        String list = tokens.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of("--tokens", list));
        arguments.addAll(List.of(more));
        return ask(folder, model, arguments);
    }

    /** The tokens of texts. */
    static List<List<Integer>> tokens(Path folder, Path model, List<String> texts) throws Exception {
        Path file = Files.writeString(folder.resolve("texts"), String.join("\u001e", texts));
        List<List<Integer>> tokens = new ArrayList<>();
        for (double[] row : ask(folder, model, List.of("--texts", file.toString()))) {
            List<Integer> ids = new ArrayList<>();
            for (double id : row) ids.add((int) id);
            tokens.add(ids);
        }
        return tokens;
    }

    private static List<double[]> ask(Path folder, Path model, List<String> arguments) throws Exception {
        Path errors = folder.resolve("runner-errors");
        Path output = folder.resolve("runner-output");
        Process process = new ProcessBuilder(command(model, arguments))
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> read(errors)).isZero();
        List<double[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            JsonNode row = JsonMapper.shared().readTree(line);
            double[] numbers = new double[row.size()];
            for (int i = 0; i < numbers.length; i++) numbers[i] = row.get(i).asDouble();
            rows.add(numbers);
        }
        return rows;
    }

    private static List<String> command(Path model, List<String> arguments) throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                place(Main.class) + java.io.File.pathSeparator + place(Fault.class),
                Main.class.getName(),
                "inspect",
                "--libs",
                NATIVES.toString(),
                "--backend",
                cpuVariants(),
                "--model",
                model.toString()));
        command.addAll(arguments);
        return command;
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(place);
    }

    private static String cpuVariants() throws IOException {
        try (Stream<Path> files = Files.list(NATIVES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("ggml-cpu"))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
