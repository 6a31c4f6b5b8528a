package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Mesa's lavapipe, a Vulkan device that every Linux machine can have; slow, so little is computed. */
class VulkanDeviceTest {
    private static final Path LIBRARY = RealThings.NATIVES.resolve("libggml-vulkan.so");
    private static final Message.BackendFiles VULKAN = new Message.BackendFiles("vulkan", List.of("libggml-vulkan.so"));
    private static final Map<String, String> VISIBLE = Map.of("GGML_VK_VISIBLE_DEVICES", "0");

    private static boolean there;

    @TempDir
    Path directory;

    @BeforeAll
    static void look(@TempDir Path directory) throws IOException {
        if (!RealThings.there() || !Files.exists(LIBRARY)) return;
        there = probed(directory, VISIBLE).devices().stream()
                .anyMatch(device -> device.name().equals("Vulkan0"));
    }

    @BeforeEach
    void assumeThere() {
        RealThings.assumeThere();
        assumeTrue(Files.exists(LIBRARY), "no Vulkan backend at " + LIBRARY + " (cnf/natives/fetch linux-x64-vulkan)");
        assumeTrue(there, "no Vulkan driver on this machine (packages mesa-vulkan-drivers, libvulkan1)");
    }

    private static Message.Libraries libraries(Map<String, String> environment) throws IOException {
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        return new Message.Libraries(RealThings.NATIVES.toString(), List.of(VULKAN, cpu), environment);
    }

    private static Message.Probed probed(Path directory, Map<String, String> environment) throws IOException {
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(new Message.Probe(libraries(environment)));
            return (Message.Probed) runner.receive();
        }
    }

    private static Message.Load load(List<String> devices, int layers) throws IOException {
        return new Message.Load(
                RealThings.MODEL.toString(),
                "",
                libraries(VISIBLE),
                devices,
                new Message.Sizes(512, 0, 64, 64, 2, 1, layers),
                "",
                "",
                Message.Tuning.PLAIN);
    }

    @Test
    void theProbeSeesTheDeviceAndTheHost() throws IOException {
        Message.Probed probed = probed(directory, VISIBLE);
        assertThat(probed.backends())
                .extracting(Message.Outcome::id, Message.Outcome::loaded)
                .containsExactly(tuple("vulkan", true), tuple("cpu", true));
        assertThat(probed.devices()).extracting(Device::name).containsExactly(Device.HOST, "Vulkan0");
        Device host = probed.devices().getFirst();
        assertThat(host.backend()).isEqualTo(BackendKey.newest("cpu"));
        assertThat(host.kind()).isEqualTo(Device.Kind.CPU);
        assertThat(host.totalBytes()).isGreaterThan(host.freeBytes());
        assertThat(host.freeBytes()).isPositive();
        Device card = probed.devices().getLast();
        assertThat(card.backend()).isEqualTo(BackendKey.newest("vulkan"));
        assertThat(card.kind()).isEqualTo(Device.Kind.GPU);
        assertThat(card.description()).isNotEmpty();
        assertThat(card.totalBytes()).isPositive();
    }

    @Test
    void withoutTheVariableItsDeviceIsNotThere() throws IOException {
        Message.Probed probed = probed(directory, Map.of("GGML_VK_VISIBLE_DEVICES", ""));
        assertThat(probed.devices()).extracting(Device::name).containsExactly(Device.HOST);
    }

    @Test
    void aModelOnTheDeviceContinuesAPrompt() throws IOException {
        try (RunnerProcess runner = RunnerProcess.loaded(directory, load(List.of("Vulkan0"), -1))) {
            assertThat(runner.facts().backend()).startsWith("Vulkan0 (").endsWith("7 of 7 layers");
            assertThat(runner.gpuLayers()).isEqualTo(7);
            assertThat(runner.facts().gpuBytes()).isPositive();
            runner.generate(1, runner.tokenize("Hello"), 4);
            assertThat(Answer.one(runner, 1).tokens()).hasSize(4);
        }
    }

    @Test
    void anUnknownDeviceIsRefusedWithThoseThatAreThere() throws IOException {
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(load(List.of("CUDA7"), -1));
            var failed = (Message.Failed) runner.receive();
            assertThat(failed.message()).contains("CUDA7", "Vulkan0");
        }
    }
}
