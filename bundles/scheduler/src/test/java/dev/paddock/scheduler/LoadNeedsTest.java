package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.testkit.FakeStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadNeedsTest {
    private static LoadNeeds needs(Option option, long value) {
        return LoadNeeds.of(FakeStore.model("m"), new Options(Map.of(option, value), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "NUM_CTX,-5,0 or more",
        "NUM_CTX,4,8 or more",
        "NUM_THREAD,513,512 or less",
        "NUM_THREAD,-1,0 or more",
        "NUM_BATCH,-1,0 or more",
        "NUM_GPU,-2,-1 or more"
    })
    void whatNoRunnerCanGiveIsRefusedBeforeAModelIsUnloadedForIt(Option option, long value, String allowed) {
        assertThatThrownBy(() -> needs(option, value))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("\"" + option.key() + "\" is " + value + "; it must be " + allowed);
    }

    @Test
    void zeroLeavesASizeOpen() {
        assertThat(needs(Option.NUM_CTX, 0).context()).isEmpty();
        assertThat(needs(Option.NUM_THREAD, 0).threads()).isEmpty();
    }

    @Test
    void aContextIsAtMostWhatTheModelWasTrainedFor() {
        assertThat(needs(Option.NUM_CTX, Integer.MAX_VALUE).context()).hasValue(8192);
    }
}
