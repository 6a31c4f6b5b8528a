package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Backends come, go and are updated while sixteen answers stream: none fails, none loses or repeats a token. The prompts
 * are of those that the model answers alike on both backends, so a moved answer must be the undisturbed one.
 */
class BackendSwapTest {
    private static final int STREAMS = 16;
    /** Mesa compiles its shaders first. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String CPU = "dev.paddock.backend-cpu";

    /** How fast a busy machine is, or a processor that plays a GPU, is no matter here; and models shall move at once. */
    private static final Map<String, Map<String, Object>> CONFIGS = Map.of(
            "dev.paddock.backend.vulkan", Map.of("devices", "0"),
            "dev.paddock.scheduler", Map.of("rebalance", "immediate"),
            "dev.paddock.engine", Map.of("canary.speed", 0));

    @TempDir
    Path scratch;

    @Test
    void aVersionOfTheCpuBackendTakesOverFromAnother() throws Exception {
        try (Server server = Server.start(Map.of(), CONFIGS, withoutVulkan());
                Streams streams = Streams.start(server, expected(server), STREAMS)) {
            Await.until(PATIENCE, "all stream", streams::allRunning);
            update(server, streams);
            streams.finish();
            assertThat(streams.complaints()).isEmpty();
        }
    }

    @Test
    void aGpuBackendComesAndGoes() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/share/vulkan/icd.d")), "mesa-vulkan-drivers is not installed");
        Path install = withoutVulkan();
        Path dropped = install.resolve("bundles/backend-vulkan.jar");
        try (Server server = Server.start(Map.of(), CONFIGS, install);
                Streams streams = Streams.start(server, expected(server), STREAMS)) {
            Await.until(PATIENCE, "all stream", streams::allRunning);
            Files.copy(bundle("backend-vulkan"), dropped);
            await(server, streams, "the model runs on Vulkan", () -> backend(server)
                    .equals("vulkan"));
            proceed(server, streams, "install of the Vulkan backend");
            Files.delete(dropped);
            await(server, streams, "the model is on the CPU again", () -> backend(server)
                    .equals("cpu"));
            proceed(server, streams, "removal of the Vulkan backend");
            update(server, streams);
            streams.finish();
            assertThat(streams.complaints()).isEmpty();
        }
    }

    private Path withoutVulkan() throws IOException {
        return Installation.copy(scratch.resolve("paddock"), "backend-vulkan");
    }

    private void update(Server server, Streams streams) throws Exception {
        String old = version(server);
        server.gogo("felix:update " + id(server, CPU) + " " + newer().toUri());
        await(server, streams, "the model runs on another version", () -> !version(server)
                .equals(old));
        proceed(server, streams, "update of the CPU backend");
    }

    /** Until every client has had more of its answers, on whatever computes now. */
    private static void proceed(Server server, Streams streams, String what) throws Exception {
        int before = streams.answers();
        await(server, streams, "answers end after the " + what, () -> streams.answers() >= before + STREAMS);
        System.out.println("longest pause of a stream around the " + what + ": "
                + streams.longestPause().toMillis() + " ms");
    }

    private static void await(Server server, Streams streams, String what, Await.Condition condition) throws Exception {
        try {
            Await.until(PATIENCE, what, () -> !streams.complaints().isEmpty() || condition.holds());
        } catch (AssertionError e) {
            String decided = server.get("/api/explain?limit=10000").body();
            throw new AssertionError(e.getMessage() + "; it was decided: " + withoutRequests(decided), e);
        }
        assertThat(streams.complaints()).isEmpty();
    }

    private static List<String> withoutRequests(String decisions) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : Server.JSON.readTree(decisions).path("decisions")) {
            if (one.path("request").isMissingNode()) texts.add(one.path("text").asString());
        }
        return texts;
    }

    /** The texts of an undisturbed run. */
    private static List<Streams.Expected> expected(Server server) throws Exception {
        List<Streams.Expected> expected = new ArrayList<>();
        for (String name : List.of("count-100", "abilities", "faq-get", "held-out-chat-3")) {
            expected.add(Streams.expected(server, Golden.named(name)));
        }
        return expected;
    }

    private static String backend(Server server) {
        return placement(server).path("backend").asString("");
    }

    private static String version(Server server) {
        return placement(server).path("version").asString("");
    }

    private static JsonNode placement(Server server) {
        return server.loaded("starter").path("paddock").path("placement");
    }

    private static String id(Server server, String name) throws IOException {
        var matcher = Pattern.compile("(\\d+)\\|[^|]*\\|[^|]*\\|" + Pattern.quote(name))
                .matcher(server.gogo("felix:lb -s"));
        assertThat(matcher.find()).as(name + " in the list of bundles").isTrue();
        return matcher.group(1);
    }

    /** The CPU backend with the same libraries and a higher version. */
    private Path newer() throws IOException {
        Path file = scratch.resolve("backend-cpu-newer.jar");
        try (var from = new JarInputStream(Files.newInputStream(bundle("backend-cpu")))) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), "99.0.0");
            try (var to = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    from.transferTo(to);
                }
            }
        }
        return file;
    }

    private static Path bundle(String name) throws IOException {
        return Layout.bundles().stream()
                .filter(jar -> jar.getFileName().toString().contains(name))
                .findFirst()
                .orElseThrow();
    }
}
