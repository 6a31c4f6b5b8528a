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

/** Backends come, go and are updated while sixteen answers stream: none fails, none loses or repeats a token. */
class BackendSwapTest {
    private static final int STREAMS = 16;
    /** Mesa compiles its shaders first. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String CPU = "dev.paddock.backend-cpu";
    private static final String VULKAN = "dev.paddock.backend-vulkan";

    /** A processor that plays a GPU is slow, so the canary must not look at that; and it must move at once. */
    private static final Map<String, Map<String, Object>> CONFIGS = Map.of(
            "dev.paddock.backend.vulkan", Map.of("devices", "0"),
            "dev.paddock.scheduler", Map.of("rebalance", "immediate"),
            "dev.paddock.engine", Map.of("canary.speed", 0));

    @TempDir
    Path scratch;

    @Test
    void aVersionOfTheCpuBackendTakesOverFromAnother() throws Exception {
        try (Server server = Server.start(Map.of(), CONFIGS)) {
            server.gogo("felix:uninstall " + id(server, VULKAN));
            var expected = expected(server);
            String old = version(server);
            try (Streams streams = Streams.start(server, expected, STREAMS)) {
                Await.until(PATIENCE, "all stream", streams::allRunning);
                server.gogo("felix:update " + id(server, CPU) + " " + newer().toUri());
                awaitOrComplaint(streams, "the model runs on another version", () -> !version(server)
                        .equals(old));
                proceed(streams, "update of the CPU backend");
                streams.finish();
                assertThat(streams.complaints()).isEmpty();
            }
        }
    }

    @Test
    void aGpuBackendComesAndGoes() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/share/vulkan/icd.d")), "mesa-vulkan-drivers is not installed");
        Path bundle = bundle("backend-vulkan");
        try (Server server = Server.start(Map.of(), CONFIGS)) {
            server.gogo("felix:uninstall " + id(server, VULKAN));
            var expected = expected(server);
            try (Streams streams = Streams.start(server, expected, STREAMS)) {
                Await.until(PATIENCE, "all stream", streams::allRunning);
                server.gogo("felix:start " + bundle.toUri());
                awaitOrComplaint(streams, "the model runs on Vulkan", () -> backend(server)
                        .equals("vulkan"));
                proceed(streams, "install of the Vulkan backend");
                server.gogo("felix:uninstall " + id(server, VULKAN));
                awaitOrComplaint(streams, "the model runs on the CPU again", () -> backend(server)
                        .equals("cpu"));
                proceed(streams, "uninstall of the Vulkan backend");
                streams.finish();
                assertThat(streams.complaints()).isEmpty();
            }
        }
    }

    /** Until every client has had more of its answers, on whatever computes now. */
    private static void proceed(Streams streams, String what) throws Exception {
        int before = streams.answers();
        awaitOrComplaint(streams, "answers end after the " + what, () -> streams.answers() >= before + STREAMS);
        System.out.println("longest pause of a stream around the " + what + ": "
                + streams.longestPause().toMillis() + " ms");
    }

    private static void awaitOrComplaint(Streams streams, String what, Await.Condition condition) throws Exception {
        Await.until(PATIENCE, what, () -> !streams.complaints().isEmpty() || condition.holds());
        assertThat(streams.complaints()).isEmpty();
    }

    /** The texts of an undisturbed run. */
    private static List<Streams.Expected> expected(Server server) throws Exception {
        List<Streams.Expected> expected = new ArrayList<>();
        for (String name : List.of("count-100", "story")) {
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
