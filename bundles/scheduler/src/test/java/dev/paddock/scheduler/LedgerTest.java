package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.MemoryUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final BackendKey KEY = new BackendKey("cpu", "1");
    private final Ledger ledger = new Ledger(5);

    private static Device host(long total, long free) {
        return new Device(KEY, Device.HOST, "", Device.Kind.CPU, "", "", total, free);
    }

    private static List<MemoryUse> uses(String device, long bytes) {
        return List.of(new MemoryUse(device, bytes, 0, 0));
    }

    @Test
    void availableIsWhatNeitherOthersNorPromisesNorTheMarginTake() {
        ledger.see(List.of(host(1000, 700)), 0);
        ledger.reserve(1, uses(Device.HOST, 200), 50);
        assertThat(ledger.available(Device.HOST)).isEqualTo(1000 - 300 - 250 - 50);
        ledger.measured(1, uses(Device.HOST, 100));
        assertThat(ledger.available(Device.HOST)).isEqualTo(1000 - 300 - 150 - 50);
        ledger.release(1, 0);
        assertThat(ledger.available(Device.HOST)).isEqualTo(650);
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void aLookThatMayOrMayNotHaveSeenOurOwnLeavesWhatOthersUse() {
        ledger.see(List.of(host(1000, 700)), 0);
        ledger.reserve(1, uses(Device.HOST, 200), 0);
        ledger.measured(1, uses(Device.HOST, 200));
        ledger.see(List.of(host(1000, 700)), 1);
        assertThat(ledger.rows().getFirst().usedByOthers()).isEqualTo(300);
        ledger.see(List.of(host(1000, 500)), 2);
        assertThat(ledger.rows().getFirst().usedByOthers()).isEqualTo(300);
        ledger.see(List.of(host(1000, 300)), 3);
        assertThat(ledger.rows().getFirst().usedByOthers()).isEqualTo(500);
    }

    @Test
    void anIntegratedGpuTakesFromTheHost() {
        var shared = new Device(KEY, "Vulkan0", "", Device.Kind.INTEGRATED, "", "", 800, 800);
        ledger.see(List.of(host(1000, 1000), shared), 0);
        ledger.reserve(1, uses("Vulkan0", 300), 0);
        assertThat(ledger.available(Device.HOST)).isEqualTo(650);
        ledger.reserve(2, uses(Device.HOST, 500), 0);
        assertThat(ledger.available("Vulkan0")).isEqualTo(150);
    }

    @Test
    void twoNamesOfOneCardAreOneAccount() {
        var cuda = new Device(KEY, "CUDA0", "", Device.Kind.GPU, "01:00.0", "", 1000, 1000);
        var vulkan = new Device(KEY, "Vulkan0", "", Device.Kind.GPU, "01:00.0", "", 1000, 1000);
        ledger.see(List.of(cuda, vulkan), 0);
        ledger.reserve(1, uses("CUDA0", 600), 0);
        assertThat(ledger.available("Vulkan0")).isEqualTo(350);
    }
}
