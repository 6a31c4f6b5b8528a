package dev.paddock.backend.vulkan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.engine.Refusal.Reason;
import org.junit.jupiter.api.Test;

class VulkanBackendTest {
    private final VulkanBackend backend = new VulkanBackend("1.0.0", "");

    @Test
    void onALinuxPcThereIsOneLibrary() {
        assumeThat(NativeIndex.platform()).isEqualTo("linux-x64");
        assumeThat(backend.files())
                .as("the build packed libraries for this platform")
                .isNotEmpty();
        assertThat(backend.files()).extracting(NativeFile::name).containsExactly("libggml-vulkan.so");
    }

    @Test
    void withoutASettingTheLibraryChoosesItsDevices() {
        assertThat(backend.environment()).isEmpty();
        assertThat(new VulkanBackend("1.0.0", " ").environment()).isEmpty();
    }

    @Test
    void theSettingNamesTheDevicesToTheLibrary() {
        assertThat(new VulkanBackend("1.0.0", " 0,2 ").environment()).containsEntry("GGML_VK_VISIBLE_DEVICES", "0,2");
    }

    @Test
    void aMissingLoaderAndAMissingDriverHaveDifferentRemedies() {
        var loader = first("libvulkan.so.1: cannot open shared object file: No such file or directory");
        var driver = first("failed to initialize backend from x: ggml_backend_init returned NULL");
        assertThat(loader.reason()).isEqualTo(Reason.DRIVER_MISSING);
        assertThat(loader.remedy()).contains("libvulkan1");
        assertThat(driver.reason()).isEqualTo(Reason.DRIVER_MISSING);
        assertThat(driver.remedy()).contains("mesa-vulkan-drivers");
    }

    @Test
    void aDriverWithoutAGpuSaysHowToComputeOnTheProcessor() {
        var none = first("ggml_vulkan: No devices found.");
        assertThat(none.reason()).isEqualTo(Reason.NO_DEVICE);
        assertThat(none.remedy()).contains("devices is 0 in dev.paddock.backend.vulkan");
    }

    private Backend.Symptom first(String said) {
        return backend.symptoms().stream()
                .filter(symptom -> said.contains(symptom.words()))
                .findFirst()
                .orElseThrow();
    }
}
