package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendCommandTest {
    private static final String BACKENDS = """
            {"backends":[{"id":"cpu","version":"0.1.0","bundle":"dev.paddock.backend-cpu","state":"usable","pinned":true,
            "devices":[{"name":"CPU","description":"Zen 4","kind":"cpu","total":100,"free":50}]},
            {"id":"vulkan","version":"0.1.0","bundle":"dev.paddock.backend-vulkan","state":"refused","pinned":false,
            "devices":[],"refusal":{"reason":"NO_DEVICE","detail":"No devices found.","remedy":"Install a driver."}}],
            "memory":[{"device":"host","total":2000000000,"free":1000000000,"reserved":5000000,"measured":4000000,
            "used_by_others":900000000,"available":1100000000}]}""";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theListShowsDevicesMemoryAndWhyOneIsNotUsed() {
        stage.on("GET /api/backends", 200, BACKENDS);
        var list = stage.run("backend", "list");
        assertThat(list.code()).isZero();
        assertThat(list.out().lines())
                .contains(
                        "cpu        0.1.0      usable, pinned    CPU (Zen 4)",
                        "vulkan 0.1.0 is not used: no device",
                        "  No devices found.",
                        "  Install a driver.",
                        "host         2.0 GB    1.0 GB    5.0 MB      4.0 MB      900 MB            1.1 GB");
    }

    @Test
    void aFileIsSentWhole() throws IOException {
        Path file = Files.writeString(home.resolve("b.jar"), "a bundle");
        stage.on("POST /api/backends", 200, "{\"id\":\"vulkan\",\"version\":\"0.2.0\"}");
        assertThat(stage.run("backend", "install", file.toString()).out()).isEqualTo("vulkan 0.2.0 is installed\n");
        assertThat(stage.requests).containsExactly("POST /api/backends a bundle");
    }

    @Test
    void whatTheProbeRefusesIsSaidWithTheRemedy() throws IOException {
        Path file = Files.writeString(home.resolve("b.jar"), "a bundle");
        stage.on("POST /api/backends", 200, """
                {"id":"cuda","version":"1","refusal":{"reason":"DRIVER_MISSING","detail":"no libcuda","remedy":"Install it."}}""");
        var install = stage.run("backend", "install", file.toString());
        assertThat(install.code()).isEqualTo(1);
        assertThat(install.err()).contains("cuda 1 is installed, but cannot be used: no libcuda; Install it.");
    }

    @Test
    void aFileThatIsNotThereIsNotSent() {
        assertThat(stage.run("backend", "install", home.resolve("none.jar").toString())
                        .code())
                .isEqualTo(1);
        assertThat(stage.run("backend", "install", home.toString()).err()).contains("is no file");
        assertThat(stage.requests).isEmpty();
    }

    @Test
    void removingPinningAndUnpinningNameTheBackend() {
        stage.on("DELETE /api/backends/vulkan@0.1.0", 200, "{}");
        stage.on("PUT /api/backends/cpu/pin", 200, "{}");
        stage.on("DELETE /api/backends/cpu/pin", 200, "{}");
        assertThat(stage.run("backend", "remove", "vulkan@0.1.0").code()).isZero();
        assertThat(stage.run("backend", "pin", "cpu@0.1.0").code()).isZero();
        assertThat(stage.run("backend", "unpin", "cpu").code()).isZero();
        assertThat(stage.requests)
                .anyMatch(r -> r.startsWith("DELETE /api/backends/vulkan@0.1.0"))
                .contains("PUT /api/backends/cpu/pin {\"version\":\"0.1.0\"}");
    }

    @Test
    void namesThatAreNoneAreRefusedHere() {
        assertThat(stage.run("backend", "remove", "../x").code()).isEqualTo(2);
        assertThat(stage.run("backend", "pin", "cpu").code()).isEqualTo(2);
        assertThat(stage.requests).isEmpty();
    }
}
