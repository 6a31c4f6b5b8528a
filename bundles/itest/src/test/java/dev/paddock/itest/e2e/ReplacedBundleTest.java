package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle whose packages others use takes another's place, while the server runs and before it starts. */
class ReplacedBundleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GGUF = "dev.paddock.gguf";

    @TempDir
    static Path scratch;

    @Test
    void aReplacedBundleAndThoseThatUseItWorkAtOnceAndAfterTheNextStart() throws Exception {
        Path install = Installation.copy(scratch.resolve("paddock"), "backend-vulkan");
        try (var server = Server.start(Map.of(), Map.of(), install)) {
            Await.until(PATIENCE, "it is as it was built", () -> loader(server).contains("AppClassLoader"));
            answers(server);
            replace(install.resolve("bundles/" + GGUF + ".jar"));
            Await.until(PATIENCE, "the new one is there", () -> loader(server).contains(GGUF));
            Await.until(PATIENCE, "all is up again", () -> server.status("/readyz") == 200);
            answers(server);
        }
        try (var server = Server.start(Map.of(), Map.of(), install)) {
            Await.until(
                    PATIENCE, "it is still the new one", () -> loader(server).contains(GGUF));
            answers(server);
        }
    }

    /** Where one that uses its packages has them from. */
    private static String loader(Server server) throws IOException {
        var store = Pattern.compile("(\\d+)\\|.*dev\\.paddock\\.store").matcher(server.gogo("felix:lb -s"));
        return store.find() ? server.gogo("felix:which " + store.group(1) + " dev.paddock.gguf.GgufGate") : "";
    }

    private static void answers(Server server) throws Exception {
        var shown = server.ask("/api/show", Map.of("model", "starter"));
        assertThat(shown.path("model_info").isEmpty()).isFalse();
        var answer = server.ask("/api/generate", Map.of("model", "starter", "prompt", "Who are you?", "stream", false));
        assertThat(answer.path("done").asBoolean()).isTrue();
    }

    /** The same with one file more, which takes its place at once. */
    private static void replace(Path jar) throws IOException {
        Path other = jar.resolveSibling("." + jar.getFileName());
        try (var from = new JarFile(jar.toFile());
                var to = new JarOutputStream(Files.newOutputStream(other))) {
            for (ZipEntry entry : (Iterable<ZipEntry>)
                    () -> from.stream().map(ZipEntry.class::cast).iterator()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                if (!entry.isDirectory()) from.getInputStream(entry).transferTo(to);
            }
            to.putNextEntry(new ZipEntry("dev/paddock/gguf/more.txt"));
        }
        Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
