package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A model of random weights, big enough that its answers take seconds and can be disturbed. Written by our own GGUF
 * writer and installed over HTTP, as a user would.
 */
public final class SlowModel {
    /** What it is called. */
    public static final String NAME = "slow";

    private SlowModel() {}

    /** Writes the GGUF file and creates the model on a server. */
    public static void install(Server server) throws Exception {
        install(server, NAME, "0.1b", "q4_0");
    }

    /** A model of random weights that is small and answers at once; it has no template and cannot think. */
    static void installTiny(Server server, String name) throws Exception {
        install(server, name, "tiny", "f16");
    }

    private static void install(Server server, String name, String size, String type) throws Exception {
        Path file = server.home().resolve(name + ".gguf");
        write(file, size, type);
        String digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        assertThat(server.upload("/api/blobs/" + digest, file)).isEqualTo(201);
        Files.delete(file);
        JsonNode created =
                server.ask("/api/create", Map.of("model", name, "files", Map.of("m.gguf", digest), "stream", false));
        assertThat(created.path("status").asString()).isEqualTo("success");
    }

    /** Runs the writer of the bundle gguf as a program. */
    static void write(Path file, String size, String type) throws Exception {
        Path gguf = Layout.bundles().stream()
                .filter(b -> b.getFileName().toString().endsWith("gguf.jar"))
                .findFirst()
                .orElseThrow();
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        gguf.toString(),
                        "dev.paddock.gguf.random.RandomModel",
                        "--size",
                        size,
                        "--type",
                        type,
                        "--seed",
                        "1",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** A chat request that goes on for thousands of tokens unless it is stopped. */
    static String endless(boolean stream) {
        return chat(stream, 4000);
    }

    /** A streamed chat request of this text that goes on until it is stopped. */
    static String endless(String text) {
        return chat(text, true, 4000);
    }

    /** A chat request that ends soon. */
    public static String brief() {
        return chat(false, 4);
    }

    /** The same as OpenAI's clients ask. */
    static String briefForOpenAi() {
        return "{\"model\":\"" + NAME + "\",\"max_tokens\":4,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Go on for ever.\"}]}";
    }

    private static String chat(boolean stream, int tokens) {
        return chat("Go on for ever.", stream, tokens);
    }

    static String chat(String text, boolean stream, int tokens) {
        return Server.JSON.writeValueAsString(Map.of(
                "model",
                NAME,
                "messages",
                List.of(Map.of("role", "user", "content", text)),
                "stream",
                stream,
                "options",
                Map.of("num_predict", tokens, "temperature", 0)));
    }

    /** What the server says of the runner that has this model. */
    static JsonNode facts(Server server) {
        return server.loaded(NAME).path("paddock");
    }

    /** The process id of the runner that has this model. */
    static long runner(Server server) {
        return facts(server).path("pid").asLong();
    }

    /** Sequences that are being decoded now; -1 when the model is not loaded. */
    public static int running(Server server) {
        return facts(server).path("running").asInt(-1);
    }

    /** Tokens generated since the runner started. */
    public static long generated(Server server) {
        return facts(server).path("generated_tokens").asLong(-1);
    }
}
