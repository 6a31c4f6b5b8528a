package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.gguf.GgufFile;
import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Weights packed anew by a real server: sizes, answers, and what is left when nobody waits for them any more. */
class QuantizeTest {
    private static final String QUESTION = "Who are you?";

    private static Server server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(Map.of("PADDOCK_SPECULATIVE", "off"));
        // The starter is Q8_0 already: there is no original of it but what it can be unpacked to.
        create("plain", "starter", "F16", true);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<JsonNode> create(String model, String from, String type, boolean requantize) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("from", from);
        body.put("quantize", type);
        body.put("requantize", requantize);
        var response = server.post("/api/create", Server.JSON.writeValueAsString(body));
        var lines = response.body().lines().map(Server.JSON::readTree).toList();
        assertThat(lines.getLast().path("status").asString())
                .as(response.body())
                .isEqualTo("success");
        return lines;
    }

    /** Bits that a weight takes in matrices: those of the type, and what llama.cpp gives the important ones. */
    @ParameterizedTest
    @CsvSource({"Q8_0,8.5", "Q4_0,4.5", "Q4_K_M,4.9"})
    void theStarterIsPackedLoadsAndAnswers(String type, double bits) throws Exception {
        String model = "starter-" + type.toLowerCase(java.util.Locale.ROOT);
        var lines = create(model, "plain", type, false);
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("status").asString()).isEqualTo("quantizing F16 model to " + type);
            assertThat(line.path("digest").asString()).isEqualTo("0000000000000000000");
            assertThat(line.path("completed").asLong())
                    .isEqualTo(line.path("total").asLong());
        });
        JsonNode shown = server.ask("/api/show", Map.of("model", model));
        assertThat(shown.path("details").path("quantization_level").asString()).isEqualTo(type);
        GgufFile header = GgufFile.read(weights(model), 0);
        long matrices = header.tensors().stream()
                .filter(tensor -> tensor.dims().size() > 1)
                .mapToLong(tensor -> tensor.elements())
                .sum();
        long packed = header.tensors().stream()
                .filter(tensor -> tensor.dims().size() > 1)
                .mapToLong(tensor -> tensor.size())
                .sum();
        String answer = answer(model);
        System.out.printf(
                "%s: %d bytes, %.2f bits a weight, answers: %s%n",
                type, Files.size(weights(model)), 8.0 * packed / matrices, answer);
        // A quarter of the starter's weights is its token table, which is the output as well and packed better.
        assertThat(8.0 * packed / matrices).isCloseTo(bits, within(0.3));
        assertThat(answer).startsWith("I am");
        if (type.equals("Q8_0")) {
            assertThat(answer).as("what was unpacked and packed the same again").isEqualTo(answer("starter"));
        }
    }

    private static Path weights(String model) throws Exception {
        Path models = server.home().resolve("models");
        Path manifest = models.resolve("manifests/registry.ollama.ai/library")
                .resolve(model)
                .resolve("latest");
        for (JsonNode layer : Server.JSON.readTree(Files.readString(manifest)).path("layers")) {
            if (layer.path("mediaType").asString().endsWith(".model")) {
                return models.resolve("blobs")
                        .resolve(layer.path("digest").asString().replace(':', '-'));
            }
        }
        throw new AssertionError(model + " has no weights");
    }

    private static String answer(String model) throws Exception {
        return server.ask(
                        "/api/chat",
                        Map.of(
                                "model",
                                model,
                                "stream",
                                false,
                                "options",
                                Map.of("temperature", 0, "num_predict", 40),
                                "messages",
                                List.of(Map.of("role", "user", "content", QUESTION))))
                .path("message")
                .path("content")
                .asString();
    }

    @Test
    void whatNeedsAnImportanceMatrixIsRefusedInWordsAndTheServerGoesOn() throws Exception {
        var response = server.post("/api/create", "{\"model\":\"tiny\",\"from\":\"plain\",\"quantize\":\"IQ1_S\"}");
        assertThat(response.body()).contains("this quantization requires an importance matrix");
        assertThat(answer("starter")).startsWith("I am");
        assertThat(files()).allMatch(name -> name.matches("sha256-[0-9a-f]{64}"));
    }

    @Test
    void aClientThatHangsUpLeavesNothingBehind() throws Exception {
        Path file = directory.resolve("large.gguf");
        SlowModel.write(file, "0.1b", "f16");
        String digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        assertThat(server.upload("/api/blobs/" + digest, file)).isEqualTo(201);
        Files.delete(file);
        var before = files();
        long children = server.process().descendants().count();
        String body = "{\"model\":\"given-up\",\"files\":{\"m.gguf\":\"" + digest + "\"},\"quantize\":\"IQ3_S\"}";
        try (var lines = server.stream("/api/create", body).body()) {
            assertThat(lines.filter(line -> line.contains("quantizing")).skip(1).findFirst())
                    .isPresent();
        }
        Await.until(Duration.ofSeconds(20), "the quantizer and its file are gone", () -> {
            return files().equals(before) && server.process().descendants().count() <= children;
        });
        assertThat(server.post("/api/show", "{\"model\":\"given-up\"}").statusCode())
                .isEqualTo(404);
    }

    private static List<String> files() throws Exception {
        try (var files = Files.list(server.home().resolve("models/blobs"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theCommandLinePacksAndWhatShowPrintsMakesTheSameModelAgain() throws Exception {
        Files.copy(Layout.root().resolve("distribution/starter/starter.gguf"), directory.resolve("m.gguf"));
        Path modelfile = Files.writeString(directory.resolve("Modelfile"), """
                FROM ./m.gguf
                SYSTEM \"""Say "yes"
                or no.\"""
                PARAMETER stop "</end>"
                LICENSE MIT
                """);
        String made = paddock("create", "by-hand", "-f", modelfile.toString(), "-q", "q5_K", "--requantize");
        assertThat(made).contains("quantizing Q8_0 model to Q5_K_M", "success");
        assertThat(paddock("show", "by-hand", "--verbose")).contains("Q5_K_M", "Tensors", "token_embd.weight");
        Path printed = Files.writeString(directory.resolve("printed"), paddock("show", "by-hand", "--modelfile"));
        paddock("create", "again", "-f", printed.toString());
        for (String part : List.of("--system", "--parameters", "--license")) {
            assertThat(paddock("show", "again", part)).isEqualTo(paddock("show", "by-hand", part));
        }
        assertThat(weights("again")).isEqualTo(weights("by-hand"));
    }

    private String paddock(String... arguments) throws Exception {
        Path out = directory.resolve("out");
        var process = Server.command(server.home(), server.port(), Map.of(), arguments)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }
}
