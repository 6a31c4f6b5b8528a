package dev.paddock.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.dialect.kit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class OperatorApiTest {
    private static final int LIMIT = 10_000;

    @TempDir
    Path home;

    private final ScriptedBackends engine = new ScriptedBackends();
    private final ScriptedSettings settings = new ScriptedSettings();
    private Path bundles;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        bundles = Files.createDirectory(home.resolve("bundles"));
        server = server(Duration.ofSeconds(10));
    }

    private TestServer server(Duration patience) throws Exception {
        var host = new Device(BackendKey.newest("cpu"), Device.HOST, "RAM", Device.Kind.CPU, "", "", 100, 60);
        var scheduler = ScriptedBackends.stub(
                Scheduler.class, Map.of("memory", List.of(new DeviceMemory(host, 30, 29, 10, 50))));
        var routes = new BackendRoutes(
                engine.engine(),
                scheduler,
                new HotFolder(bundles),
                new Pins(settings.settings(home), settings.editor()),
                new Probing(patience),
                LIMIT);
        return new TestServer()
                .with(new OperatorApi(routes), BackendRoutes.ROOT, OperatorApi.ONE)
                .sending("Authorization", "Bearer secret")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsThereIsToldWithTheMemory() throws Exception {
        engine.probed("cpu", "1.0.0");
        engine.probed("cuda", "2.0.0", new Refusal(Refusal.Reason.DRIVER_MISSING, "libcuda.so.1", "Install it."));
        assertThat(server.get("/api/backends").body())
                .contains("\"id\":\"cpu\"", "\"state\":\"usable\"", "\"state\":\"refused\"")
                .contains("\"reason\":\"driver_missing\"", "\"remedy\":\"Install it.\"")
                .contains("\"reserved\":30", "\"used_by_others\":10", "\"available\":50");
    }

    @Test
    void aBundleIsAnsweredOnceItsBackendIsProbed() throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> upload(jar("dev.paddock.backend-vulkan", "1.2.0.b7")));
        assertThat(engine.watched.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isNotDone();
        engine.probed("vulkan", "1.2.0.b7");
        assertThat(answer.get().body())
                .contains("\"state\":\"usable\"", "\"bundle\":\"dev.paddock.backend-vulkan-1.2.0.b7.jar\"");
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(files()).containsExactly("dev.paddock.backend-vulkan-1.2.0.b7.jar");
    }

    @Test
    void aBundleThatNobodyTakesUpIsSaidToLieThere() throws Exception {
        server.close();
        server = server(Duration.ZERO);
        var response = upload(jar("dev.paddock.backend-vulkan", "1.2.0"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("lies in", "vulkan-1.2.0.jar");
    }

    @Test
    void aNewJarOfTheSameVersionTakesTheOldOnesPlace() throws Exception {
        Files.write(bundles.resolve("dev.paddock.backend-cpu.jar"), jar("dev.paddock.backend-cpu", "1.0.0"));
        engine.probed("cpu", "1.0.0");
        assertThat(upload(jar("dev.paddock.backend-cpu", "1.0")).statusCode()).isEqualTo(200);
        assertThat(files()).containsExactly("dev.paddock.backend-cpu.jar");
    }

    @Test
    void whatIsNoBackendIsRefusedAndLeavesNothingBehind() throws Exception {
        for (byte[] body : List.of(
                "garbage".getBytes(StandardCharsets.UTF_8),
                jar("dev.paddock.web", "1.0.0"),
                jar("dev.paddock.backend-../../x", "1.0.0"),
                jar("dev.paddock.backend-cpu", "../1"))) {
            var response = upload(body);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("not the bundle of a backend");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aBundleOverTheLimitIsRefusedAndLeavesNothingBehind() throws Exception {
        assertThat(upload(new byte[LIMIT + 1]).statusCode()).isEqualTo(413);
        assertThat(files()).isEmpty();
    }

    @Test
    void whoDoesNotKnowTheOwnersPasswordChangesNothing() throws Exception {
        Files.write(bundles.resolve("a.jar"), jar("dev.paddock.backend-vulkan", "1.0.0"));
        for (String shown : List.of("", "Bearer wrong", "Basic secret", "Bearer ")) {
            server.sending("Authorization", shown);
            var refused = upload(jar("dev.paddock.backend-vulkan", "2.0.0"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Connection"))
                    .as("nobody reads what is uploaded")
                    .contains("close");
            assertThat(delete("vulkan").statusCode()).isEqualTo(403);
            assertThat(delete("vulkan/pin").body()).contains("owner only", "console-password");
        }
        assertThat(files()).containsExactly("a.jar");
        assertThat(server.get("/api/backends").statusCode()).isEqualTo(200);
    }

    @Test
    void aVersionIsRemovedAndTheLastCpuBackendOnlyByForce() throws Exception {
        Files.write(bundles.resolve("a.jar"), jar("dev.paddock.backend-cpu", "1.0.0"));
        Files.write(bundles.resolve("b.jar"), jar("dev.paddock.backend-cpu", "2.0.0"));
        engine.probed("cpu", "2.0.0");
        engine.probed("cpu", "1.0.0", new Refusal(Refusal.Reason.LIBRARY_REFUSED, "", ""));
        assertThat(delete("cpu").body()).contains("several versions");
        assertThat(delete("cpu@1.0.0").statusCode()).isEqualTo(200);
        var last = delete("cpu");
        assertThat(last.statusCode()).isEqualTo(400);
        assertThat(last.body()).contains("the last CPU backend");
        assertThat(files()).containsExactly("b.jar");
        assertThat(delete("cpu@2.0.0?force=true").statusCode()).isEqualTo(200);
        assertThat(files()).isEmpty();
        assertThat(delete("cpu").statusCode()).isEqualTo(404);
    }

    @Test
    void aPinIsASettingOfTheEngine() throws Exception {
        engine.probed("vulkan", "1.0.0");
        var pinned = server.send("PUT", "/api/backends/vulkan/pin", "{\"version\":\"1.0.0\"}");
        assertThat(pinned.statusCode()).isEqualTo(200);
        assertThat(pinned.body()).contains("\"pinned\":true");
        assertThat(settings.set.get(Pins.PLACE)).isEqualTo(List.of("vulkan=1.0.0"));
        assertThat(delete("vulkan/pin").body()).contains("\"unpinned\":true");
        assertThat(settings.set.get(Pins.PLACE)).isEqualTo(List.of());
    }

    @Test
    void aPinThatAVariableForbidsIsRefused() throws Exception {
        engine.probed("vulkan", "1.0.0");
        settings.variable = "PADDOCK_BACKENDS_PINNED";
        var pinned = server.send("PUT", "/api/backends/vulkan/pin", "{\"version\":\"1.0.0\"}");
        assertThat(pinned.statusCode()).isEqualTo(400);
        assertThat(pinned.body()).contains("PADDOCK_BACKENDS_PINNED");
    }

    @Test
    void onlyWhatIsInstalledCanBePinned() throws Exception {
        engine.probed("vulkan", "1.0.0");
        var unknown = server.send("PUT", "/api/backends/vulkan/pin", "{\"version\":\"9.0.0\"}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(server.send("PUT", "/api/backends/vulkan/pin", "{}").statusCode())
                .isEqualTo(400);
        assertThat(settings.set).isEmpty();
    }

    @Test
    void whoComesThroughAProxyChangesNothing() throws Exception {
        try (var socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(("DELETE /api/backends/cpu HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 1.2.3.4\r\n"
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    private HttpResponse<String> upload(byte[] body) {
        try {
            return server.send("POST", "/api/backends", BodyPublishers.ofByteArray(body));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> delete(String what) throws Exception {
        return server.send("DELETE", "/api/backends/" + what, BodyPublishers.noBody());
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(bundles)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] jar(String name, String version) {
        Manifest manifest = new Manifest();
        var headers = manifest.getMainAttributes();
        headers.putValue("Manifest-Version", "1.0");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", version);
        var bytes = new ByteArrayOutputStream();
        try {
            new JarOutputStream(bytes, manifest).close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
