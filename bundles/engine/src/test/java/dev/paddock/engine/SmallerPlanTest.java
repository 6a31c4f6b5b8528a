package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallerPlanTest {
    private static final Placement GPU =
            new Placement(new BackendKey("vulkan", "1.0.0"), List.of(), -1, new BackendKey("cpu", "1.0.0"));

    @Test
    void layersOnADeviceGoFirst() {
        var order = order(4096, 4, 1024).on(GPU.with(20));
        assertThat(SmallerPlan.of(order, 33, false))
                .hasValueSatisfying(less -> assertThat(less).isEqualTo(order.on(GPU.with(15))));
        assertThat(SmallerPlan.of(order.on(GPU), 33, true)
                        .orElseThrow()
                        .placement()
                        .gpuLayers())
                .as("three quarters of all")
                .isEqualTo(24);
        assertThat(SmallerPlan.of(order.on(GPU.with(1)), 33, true)
                        .orElseThrow()
                        .placement()
                        .gpuLayers())
                .isZero();
        assertThat(SmallerPlan.words(order.on(GPU), order.on(GPU.with(24))))
                .isEqualTo("24 layers on vulkan 1.0.0 instead of all");
    }

    @Test
    void thenTheContextIsHalvedIfThatWillDo() {
        assertThat(SmallerPlan.of(order(4096, 4, 2048), 0, false))
                .contains(order(4096, 4, 2048).sized(2048, 4));
        assertThat(SmallerPlan.of(order(4096, 4, 1024).on(GPU.with(0)), 33, false))
                .hasValueSatisfying(less -> assertThat(less.contextLength()).isEqualTo(2048));
    }

    @Test
    void thenTheSequencesAre() {
        assertThat(SmallerPlan.of(order(4096, 5, 4096), 0, false))
                .contains(order(4096, 5, 4096).sized(4096, 2));
        assertThat(SmallerPlan.of(order(4096, 0, 4096), 0, false))
                .contains(order(4096, 0, 4096).sized(4096, 2));
    }

    @Test
    void thenThereIsNone() {
        assertThat(SmallerPlan.of(order(4096, 1, 4096), 0, false)).isEmpty();
    }

    @Test
    void whatAnswersRunInKeepsItsSize() {
        assertThat(SmallerPlan.of(order(4096, 4, 0), 0, true)).isEmpty();
        assertThat(SmallerPlan.of(order(4096, 4, 0).on(GPU.with(0)), 33, true)).isEmpty();
    }

    private static LoadOrder order(int context, int parallel, int least) {
        var none = LoadOrder.Draft.NONE;
        return new LoadOrder(
                "m:latest", Path.of("m"), "", context, 0, parallel, 0, least, Long.MAX_VALUE, Placement.CPU, none);
    }
}
