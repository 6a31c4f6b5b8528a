package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private static final String USABLE = """
            {"backends":[{"id":"cpu","version":"1","state":"usable","devices":[]},
            {"id":"vulkan","version":"1","state":"usable","devices":[{"name":"Vulkan0","description":"Some GPU",
            "kind":"gpu","driver":"radv","total":8000000000,"free":7000000000}]}],"memory":[]}""";
    private static final String REFUSED = """
            {"backends":[{"id":"cuda","version":"1","state":"refused","devices":[],"refusal":{"reason":"DRIVER_MISSING",
            "detail":"libcuda.so.1: cannot open","remedy":"Install the driver."}}],"memory":[]}""";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home)
                .on("GET /readyz", 200, "ok")
                .on("GET /api/tags", 200, "{\"models\":[{\"name\":\"starter\"}]}");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aReadyServerWithAModelPasses() {
        var doctor = stage.run("doctor");
        assertThat(doctor.code()).isZero();
        assertThat(doctor.out())
                .contains("PASS  server: ", "PASS  models: 1 in the store")
                .doesNotContain("FAIL");
    }

    @Test
    void aGpuThatAnswersAsTheCpuPasses() {
        stage.on("GET /api/backends", 200, USABLE)
                .on("POST /api/generate", 200, answer("I am the starter"))
                .on("GET /api/ps", 200, "{\"models\":[{\"name\":\"starter:latest\",\"size_vram\":5000000}]}")
                .on("GET /api/explain/model/starter", 200, "{\"decisions\":[{\"text\":\"all layers on Vulkan0\"}]}");
        var doctor = stage.run("doctor", "--gpu");
        assertThat(doctor.out())
                .contains(
                        "PASS  backend vulkan 1 sees Vulkan0: Some GPU, 7.0 GB of 8.0 GB free radv",
                        "PASS  answer on the GPU: 4 tokens, 4.0 a second",
                        "PASS  memory of the GPU: starter takes 5.0 MB of it",
                        "PASS  GPU answers as the CPU: the answers are equal",
                        "PASS  placement is explained: all layers on Vulkan0")
                .doesNotContain("FAIL");
        assertThat(doctor.code()).isZero();
        assertThat(stage.requests)
                .anyMatch(r -> r.contains("\"num_gpu\":0"))
                .anyMatch(r -> r.contains("\"num_gpu\":999"));
    }

    @Test
    void aModelThatStaysOnTheCpuFails() {
        stage.on("GET /api/backends", 200, USABLE)
                .on("POST /api/generate", 200, answer("I am the starter"))
                .on("GET /api/ps", 200, "{\"models\":[{\"name\":\"starter:latest\",\"size_vram\":0}]}");
        var doctor = stage.run("doctor", "--gpu");
        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.out()).contains("FAIL  memory of the GPU");
    }

    @Test
    void aRefusedBackendFailsWithItsRemedy() {
        stage.on("GET /api/backends", 200, REFUSED);
        var doctor = stage.run("doctor", "--gpu");
        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.out())
                .contains(
                        "FAIL  backend cuda 1 loads: refused DRIVER_MISSING: libcuda.so.1: cannot open; Install the driver.")
                .contains("SKIP  answers on the GPU: no GPU backend can be used");
    }

    private static String answer(String text) {
        return "{\"response\":\"" + text + "\",\"eval_count\":4,\"eval_duration\":1000000000}";
    }
}
