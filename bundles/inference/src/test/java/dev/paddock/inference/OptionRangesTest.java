package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Options;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionRangesTest {
    @ParameterizedTest
    @CsvSource({
        "temperature,-0.1,0 to 1000000",
        "top_p,1.5,0 to 1",
        "min_p,-1,0 to 1",
        "typical_p,2,0 to 1",
        "repeat_penalty,0,0.000001 to 1000000",
        "repeat_last_n,-2,-1 to 2147483647",
        "top_k,-2,-1 to 2147483647",
        "xtc_probability,1.1,0 to 1",
        "dry_base,0.5,1 to 1000000",
        "mirostat,3,0 to 2",
        "num_keep,-2,-1 to 2147483647",
        "num_predict,-3,-2 to 2147483647",
        "seed,4294967296,-2147483648 to 4294967295"
    })
    void aNumberOutOfRangeIsNamedWithItsRange(String key, double value, String range) {
        refused(Map.of(key, value), "option \"" + key + "\" is ", "it must be " + range);
    }

    @Test
    void listsOfTextsAreBounded() {
        refused(Map.of("stop", Collections.nCopies(10_000, "x")), "option \"stop\" has 10000 texts", "at most 64");
        refused(Map.of("stop", List.of("")), "option \"stop\" holds an empty text", "leave it out");
        refused(Map.of("stop", List.of("x".repeat(4097))), "4097 characters", "at most 4096");
        refused(Map.of("dry_sequence_breakers", List.of("x".repeat(41))), "dry_sequence_breakers", "at most 40");
    }

    @Test
    void biasesAreBoundedAndMayForbid() {
        refused(Map.of("logit_bias", Map.of("3", 1e7)), "logit_bias", "for token 3");
        assertThatCode(() -> OptionRanges.check(Options.of(Map.of("logit_bias", Map.of("3", false)))))
                .doesNotThrowAnyException();
    }

    private static void refused(Map<String, Object> options, String... messages) {
        assertThatThrownBy(() -> OptionRanges.check(Options.of(options)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContainingAll(messages);
    }
}
