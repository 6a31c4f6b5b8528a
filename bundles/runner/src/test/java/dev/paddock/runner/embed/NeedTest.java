package dev.paddock.runner.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import org.junit.jupiter.api.Test;

class NeedTest {
    private static final Need NEED = new Need(10_000_000, 20_000_000, 8_192_000_001L);

    @Test
    void whatDoesNotFitIsRefusedWithAllNumbersAndWhatToDo() {
        assertThatThrownBy(() -> NEED.check(8192, 2_000_000_000))
                .isInstanceOfSatisfying(
                        LlamaException.class, e -> assertThat(e.code()).isEqualTo(Fault.OUT_OF_MEMORY))
                .hasMessage("computing 8192 tokens at once takes about 8223 MB of memory (cache 10, work 20, outputs"
                        + " 8193), and 2000 MB are free: send shorter inputs, or stop another model");
    }

    @Test
    void whatFitsExactlyIsTakenAndWhereNobodyKnowsWhatIsFreeAllIs() {
        assertThatCode(() -> NEED.check(8192, NEED.total())).doesNotThrowAnyException();
        assertThatCode(() -> NEED.check(8192, 0)).doesNotThrowAnyException();
    }

    @Test
    void besideAGpuOnlyTheOutputsTakeTheMemoryOfTheMachine() {
        assertThatCode(() -> NEED.besideGpu().check(8192, 8_192_000_001L)).doesNotThrowAnyException();
        assertThatThrownBy(() -> NEED.besideGpu().check(8192, 8_192_000_000L)).isInstanceOf(LlamaException.class);
    }
}
