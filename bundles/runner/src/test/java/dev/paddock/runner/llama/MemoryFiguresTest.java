package dev.paddock.runner.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.MemoryUse;
import org.junit.jupiter.api.Test;

class MemoryFiguresTest {
    private static final long MIB = 1 << 20;

    private final MemoryFigures figures = new MemoryFigures();

    @Test
    void partsAreAddedAndReannouncedBuffersReplaced() {
        figures.read("load_tensors:   CPU_Mapped model buffer size =   100.00 MiB");
        figures.read("load_tensors:   CPU_Mapped model buffer size =    50.00 MiB");
        figures.read("llama_kv_cache:        CPU KV buffer size =   20.00 MiB");
        figures.read("sched_reserve:        CPU compute buffer size =    7.00 MiB");
        figures.read("sched_reserve:        CPU compute buffer size =    8.50 MiB");
        assertThat(figures.total()).isEqualTo(178 * MIB + MIB / 2);
        assertThat(MemoryFigures.together(figures, new MemoryFigures()))
                .containsExactly(new MemoryUse(Device.HOST, 150 * MIB, 20 * MIB, 8 * MIB + MIB / 2));
    }

    @Test
    void weightsThatWereRepackedCountOnce() {
        figures.read("load_tensors:   CPU_Mapped model buffer size =   592.00 MiB");
        figures.read("load_tensors:   CPU_REPACK model buffer size =   522.00 MiB");
        assertThat(MemoryFigures.together(figures)).containsExactly(new MemoryUse(Device.HOST, 592 * MIB, 0, 0));
    }

    @Test
    void weightsPackedForTheMatrixInstructionsOfACpuAreInTheHostsMemory() {
        figures.read("load_tensors:   CPU_Mapped model buffer size =   592.00 MiB");
        figures.read("load_tensors:          AMX model buffer size =   522.00 MiB");
        assertThat(figures.offloaded()).isFalse();
        assertThat(MemoryFigures.together(figures)).containsExactly(new MemoryUse(Device.HOST, 592 * MIB, 0, 0));
    }

    @Test
    void theTableOfTokensIsReadThoughItWasRepackedToo() {
        figures.read("load_tensors:   CPU_Mapped model buffer size =   565.00 MiB");
        figures.read("load_tensors:   CPU_REPACK model buffer size =   564.00 MiB");
        figures.table(35 * MIB);
        assertThat(MemoryFigures.together(figures)).containsExactly(new MemoryUse(Device.HOST, 599 * MIB, 0, 0));
    }

    @Test
    void hostBuffersOfAGpuAreNotOnIt() {
        figures.read("load_tensors:        CUDA0 model buffer size =   100.00 MiB");
        figures.read("load_tensors:    Vulkan_Host model buffer size =    5.00 MiB");
        var others = new MemoryFigures();
        others.read("llama_kv_cache:      CUDA0 KV buffer size =    3.00 MiB");
        assertThat(MemoryFigures.together(figures, others))
                .containsExactly(
                        new MemoryUse("CUDA0", 100 * MIB, 3 * MIB, 0), new MemoryUse(Device.HOST, 5 * MIB, 0, 0));
    }

    @Test
    void otherLinesAndOddOnesSayNothing() {
        figures.read("buffer size");
        figures.read("x: CPU buffer size = many MiB");
        figures.read("");
        assertThat(figures.total()).isZero();
    }
}
