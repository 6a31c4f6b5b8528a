package dev.paddock.runner.llama;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    @Test
    void namesOfCapitalsDigitsAndUnderscoresAreTaken() {
        assertThatCode(() -> Variables.check(Map.of("GGML_VK_VISIBLE_DEVICES", "0,1", "A1", "")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "path", "A=B", "A B", "A\0", "Ä"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> Variables.check(Map.of(name, "1")))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("environment");
    }

    @Test
    void aValueThatCannotCrossIsRefused() {
        assertThatThrownBy(() -> Variables.check(Map.of("A", "1\0002")))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("value of A");
    }
}
