package dev.paddock.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void valuesHaveTheTypeOfTheirOption() {
        var options = Options.of(Map.of(
                "num_predict", 5.0, "temperature", 1, "ignore_eos", true, "dry_sequence_breakers", List.of("\n", "*")));
        assertThat(options.integer(Option.NUM_PREDICT, 0)).isEqualTo(5);
        assertThat(options.number(Option.TEMPERATURE, 0)).isEqualTo(1);
        assertThat(options.flag(Option.IGNORE_EOS)).isTrue();
        assertThat(options.texts(Option.DRY_SEQUENCE_BREAKERS, List.of())).containsExactly("\n", "*");
    }

    @Test
    void biasesAreAnObjectOrPairsAndFalseForbids() {
        assertThat(Options.of(Map.of("logit_bias", Map.of("15", -2))).biases()).isEqualTo(Map.of(15, -2.0));
        assertThat(Options.of(Map.of("logit_bias", List.of(List.of(15, 2.5), List.of(16, false))))
                        .biases())
                .isEqualTo(Map.of(15, 2.5, 16, Double.NEGATIVE_INFINITY));
        assertThat(Options.NONE.biases()).isEmpty();
    }

    @Test
    void aWrongTypeIsNamedWithTheOption() {
        refused("ignore_eos", 1, "option \"ignore_eos\" must be of type boolean");
        refused("top_k", "x", "option \"top_k\" must be of type integer");
        refused("dry_base", Double.NaN, "option \"dry_base\" must be of type float32");
        refused("stop", "x", "option \"stop\" must be of type array");
        refused("stop", List.of(1), "option \"stop\" must be of an array of strings");
        for (Object bias : List.of("x", Map.of("hello", 1), Map.of("1", "x"), List.of(1), List.of(List.of(1)))) {
            refused("logit_bias", bias, "option \"logit_bias\" must be an object of token ids");
        }
    }

    @Test
    void moreBiasesThanTheLimitAreRefused() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 4097; i++) many.put(Integer.toString(i), 1);
        refused("logit_bias", many, "more than 4096 tokens");
    }

    private static void refused(String key, Object value, String message) {
        assertThatThrownBy(() -> Options.of(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isIn(Fault.INVALID_REQUEST, Fault.TOO_LARGE))
                .hasMessageContaining(message);
    }
}
