package dev.paddock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FakeMachineTest {
    private static final BackendKey CARD = new BackendKey("vulkan", "1.0.0");
    private static final Placement ON_CARD =
            new Placement(CARD, List.of(), -1, new BackendKey(BackendKey.CPU, "1.0.0"));
    private static final LoadOrder ORDER = new LoadOrder("a:latest", Path.of("a"), "", 1000, 0, 2, 0);

    private final FakeEngine engine = new FakeEngine();

    @Test
    void aModelIsSpreadOverACardAndTheHostByItsLayers() {
        engine.machine().gpu(CARD, "Vulkan0", 5000).model("a:latest", new FakeMachine.Size(4, 4000, 2));
        var fits = engine.fit(ORDER, List.of(1000), List.of(ON_CARD));
        assertThat(fits).extracting(fit -> fit.placement().gpuLayers()).containsExactly(4, 3, 2, 1);
        assertThat(fits).extracting(fit -> fit.bytesOn("Vulkan0")).containsExactly(8000L, 6000L, 4000L, 2000L);
        assertThat(fits).extracting(fit -> fit.bytesOn(Device.HOST)).containsExactly(0L, 2000L, 4000L, 6000L);
    }

    @Test
    void whatIsLoadedIsNoLongerFreeAndMovesWithItsModel() {
        engine.machine().gpu(CARD, "Vulkan0", 10_000).model("a:latest", new FakeMachine.Size(4, 4000, 0));
        List<Double> progress = new ArrayList<>();
        var model = engine.load(ORDER, progress::add);
        assertThat(progress).containsExactly(0.5, 1.0);
        long host = engine.devices().getFirst().totalBytes();
        assertThat(engine.devices()).extracting(Device::freeBytes).containsExactly(host - 4000, 10_000L);
        var terms = new Move.Terms(true, false);
        assertThat(model.move(ORDER.on(ON_CARD), terms).moved()).isTrue();
        assertThat(engine.devices()).extracting(Device::freeBytes).containsExactly(host, 6000L);
        assertThat(engine.moves()).containsExactly(new FakeMove(ORDER.on(ON_CARD), terms));
        model.close();
        assertThat(engine.devices()).extracting(Device::freeBytes).containsExactly(host, 10_000L);
    }

    @Test
    void whoWatchesHearsOfEveryChangeUntilItDoesNotWatch() {
        var heard = new AtomicInteger();
        try (var _ = engine.onBackendsChanged(heard::incrementAndGet)) {
            engine.machine().gpu(CARD, "Vulkan0", 1).cpu("2.0.0");
        }
        engine.machine().uninstall(CARD);
        assertThat(heard).hasValue(2);
        assertThat(engine.backends())
                .extracting(report -> report.key().version())
                .containsExactly("1.0.0", "2.0.0");
        assertThat(engine.fit(ORDER, List.of(1000), List.of(ON_CARD))).isEmpty();
    }

    @Test
    void dryRunsAndMovesFailAsOftenAsTheyAreTold() {
        engine.failNextFit(Fault.LOAD_FAILED, "no").failNextMove(Fault.LOAD_FAILED, "nor this");
        assertThatThrownBy(() -> engine.fit(ORDER, List.of(1), List.of(Placement.CPU)))
                .isInstanceOf(PaddockException.class);
        assertThat(engine.fit(ORDER, List.of(1), List.of(Placement.CPU))).hasSize(1);
        try (var model = engine.load(ORDER)) {
            assertThatThrownBy(() -> model.move(ORDER, new Move.Terms(false, false)))
                    .hasMessage("nor this");
            assertThat(model.move(ORDER, new Move.Terms(false, false)).moved()).isTrue();
        }
    }
}
