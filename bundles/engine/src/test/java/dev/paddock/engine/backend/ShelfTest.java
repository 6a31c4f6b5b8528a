package dev.paddock.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.engine.Refusal.Reason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private static final Placement GPU =
            new Placement(BackendKey.newest("vulkan"), List.of(), -1, BackendKey.newest(BackendKey.CPU));

    private final Shelf shelf = new Shelf(Choices.NONE);
    private final Backend cpu = added("cpu", "1.0.0");

    @Test
    void versionsAreComparedByTheirNumbers() {
        added("cpu", "1.10.0");
        added("cpu", "1.9.0.b");
        added("cpu", "1.9.0");
        assertThat(shelf.reports())
                .extracting(report -> report.key().version())
                .containsExactly("1.10.0", "1.9.0.b", "1.9.0", "1.0.0");
        assertThat(shelf.resolve(Placement.CPU).host().version()).isEqualTo("1.10.0");
    }

    @Test
    void aCpuBackendIsUsedWithoutItsProbeAndAGpuBackendIsNot() {
        assertThat(shelf.host()).contains(cpu);
        var vulkan = added("vulkan", "1.0.0");
        assertUnavailable(GPU, "still being probed");
        usable(vulkan);
        assertThat(shelf.resolve(GPU).compute()).isEqualTo(vulkan.key());
        assertThat(shelf.resolve(GPU).host()).isEqualTo(cpu.key());
        assertThat(shelf.devices()).hasSize(1);
    }

    @Test
    void anotherVersionIsUsedWhereTheNewestIsRefused() {
        var old = usable(added("vulkan", "1.0.0"));
        var fresh = added("vulkan", "2.0.0");
        refused(fresh, Reason.WRONG_VERSION);
        assertThat(shelf.resolve(GPU).compute()).isEqualTo(old.key());
        var named = new Placement(fresh.key(), List.of(), -1, cpu.key());
        assertUnavailable(named, "WRONG_VERSION");
    }

    @Test
    void aCpuBackendIsUsedInSpiteOfItsProbeIfThereIsNoOther() {
        refused(cpu, Reason.PROBE_TIMED_OUT);
        assertThat(shelf.resolve(Placement.CPU).host()).isEqualTo(cpu.key());
        var placed = shelf.resolve(Placement.CPU);
        var old = added("cpu", "0.9.0");
        assertThat(shelf.host()).contains(old);
        assertThat(shelf.holds(placed)).isTrue();
        assertThat(shelf.refused()).containsExactly(cpu);
    }

    @Test
    void aPinnedVersionIsUsedThoughThereAreNewerOnes() {
        var old = usable(added("vulkan", "1.0.0"));
        usable(added("vulkan", "2.0.0"));
        shelf.choose(new Choices(Map.of("vulkan", "1.0.0"), Set.of()));
        assertThat(shelf.resolve(GPU).compute()).isEqualTo(old.key());
        assertThat(shelf.devices()).extracting(Device::backend).containsExactly(old.key());
        shelf.remove(old);
        assertThat(shelf.resolve(GPU).compute().version())
                .as("a pin to what is not there says nothing")
                .isEqualTo("2.0.0");
    }

    @Test
    void aBackendThatIsSwitchedOffIsNotUsedAndHasNoDevices() {
        usable(added("vulkan", "1.0.0"));
        shelf.choose(new Choices(Map.of(), Set.of("vulkan")));
        assertThat(shelf.devices()).isEmpty();
        assertUnavailable(GPU, "backends.off");
    }

    @Test
    void whatIsNotInstalledIsRefusedWithWhatThereIs() {
        assertUnavailable(GPU, "vulkan is not installed; there are cpu 1.0.0");
        shelf.remove(cpu);
        assertUnavailable(Placement.CPU, "dev.paddock.backend-cpu");
    }

    @Test
    void aPlacementHoldsAsLongAsItsVersionsAreThere() {
        var vulkan = usable(added("vulkan", "1.0.0"));
        var placed = shelf.resolve(GPU);
        usable(added("vulkan", "2.0.0"));
        assertThat(shelf.holds(placed)).isTrue();
        refused(vulkan, Reason.NO_DEVICE);
        assertThat(shelf.holds(placed)).isFalse();
        usable(vulkan);
        assertThat(shelf.holds(placed)).isTrue();
        shelf.remove(vulkan);
        assertThat(shelf.holds(placed)).isFalse();
    }

    @Test
    void whatACanaryRefusedStaysSoUntilItIsPinnedOrInstalledAnew() {
        usable(added("vulkan", "1.0.0"));
        var fresh = usable(added("vulkan", "2.0.0"));
        shelf.refuse(fresh.key(), Optional.of(new Refusal(Reason.CANARY_FAILED, "other words", "wait")));
        usable(fresh);
        assertThat(shelf.resolve(GPU).compute().version()).isEqualTo("1.0.0");
        assertThat(shelf.refused()).isEmpty();
        assertThat(shelf.choose(new Choices(Map.of("vulkan", "2.0.0"), Set.of())))
                .containsExactly(fresh);
        shelf.remove(fresh);
        usable(added("vulkan", "2.0.0"));
        assertThat(shelf.resolve(GPU).compute().version()).isEqualTo("2.0.0");
    }

    @Test
    void onlyWhatMayChangeIsProbedAgain() {
        var vulkan = usable(added("vulkan", "1.0.0"));
        assertThat(shelf.olderThan(10, 5)).isEmpty();
        assertThat(shelf.olderThan(10, 11)).containsExactly(vulkan);
        assertThat(shelf.refused()).isEmpty();
        refused(vulkan, Reason.DRIVER_MISSING);
        assertThat(shelf.refused()).containsExactly(vulkan);
        refused(vulkan, Reason.WRONG_PLATFORM);
        assertThat(shelf.refused()).isEmpty();
    }

    @Test
    void aSoundBackendIsNotGivenUpForOneSlowProbe() {
        var vulkan = usable(added("vulkan", "1.0.0"));
        refused(vulkan, Reason.PROBE_TIMED_OUT);
        assertThat(shelf.devices()).hasSize(1);
        usable(vulkan);
        refused(vulkan, Reason.PROBE_TIMED_OUT);
        assertThat(shelf.devices()).hasSize(1);
        refused(vulkan, Reason.PROBE_TIMED_OUT);
        assertThat(shelf.devices()).isEmpty();
        usable(vulkan);
        refused(vulkan, Reason.NO_DEVICE);
        assertThat(shelf.devices()).as("what is told is believed at once").isEmpty();
    }

    @Test
    void moreFreeMemoryIsNoNews() {
        var vulkan = added("vulkan", "1.0.0");
        assertThat(shelf.probed(vulkan, report(vulkan, 5), 0)).isTrue();
        assertThat(shelf.probed(vulkan, report(vulkan, 7), 0)).isFalse();
        assertThat(shelf.devices().getFirst().freeBytes()).isEqualTo(7);
        shelf.remove(vulkan);
        assertThat(shelf.probed(vulkan, report(vulkan, 5), 0)).isFalse();
    }

    @Test
    void choicesThatCannotBeMeantAreRefused() {
        assertThat(Choices.of(List.of("vulkan=1.0.0"), List.of("cuda")).pinned())
                .containsEntry("vulkan", "1.0.0");
        assertThatThrownBy(() -> Choices.of(List.of("vulkan"), List.of())).hasMessageContaining("ID=VERSION");
        assertThatThrownBy(() -> Choices.of(List.of("a=1", "a=2"), List.of())).hasMessageContaining("twice");
        assertThatThrownBy(() -> Choices.of(List.of(), List.of("cpu"))).hasMessageContaining("cpu");
    }

    private void assertUnavailable(Placement wanted, String words) {
        assertThatThrownBy(() -> shelf.resolve(wanted))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessageContaining(words);
    }

    private Backend added(String id, String version) {
        var backend = new Plain(new BackendKey(id, version), List.of());
        shelf.add(backend);
        return backend;
    }

    private Backend usable(Backend backend) {
        shelf.probed(backend, report(backend, 5), 0);
        return backend;
    }

    private void refused(Backend backend, Reason reason) {
        var refusal = new Refusal(reason, "seen", "remedy");
        shelf.probed(backend, new BackendReport(backend.key(), true, List.of(), Optional.of(refusal)), 0);
    }

    private static BackendReport report(Backend backend, long free) {
        var device = new Device(backend.key(), "Vulkan0", "card", Device.Kind.GPU, "", "", 10, free);
        return new BackendReport(backend.key(), true, List.of(device), Optional.empty());
    }

    /** Without files. */
    private record Plain(BackendKey key, List<NativeFile> files) implements Backend {
        @Override
        public int order() {
            return 0;
        }
    }
}
