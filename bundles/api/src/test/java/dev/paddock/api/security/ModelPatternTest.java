package dev.paddock.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.model.ModelName;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    starter       | starter         | true
                    starter       | starter:latest  | true
                    starter       | starter:q4      | false
                    starter:*     | starter:q4      | true
                    STARTER       | Starter         | true
                    qwen*         | qwen2.5:7b      | true
                    qwen*         | aqwen           | false
                    *             | hf.co/a/b:Q4    | true
                    *coder*:7b    | qwen-coder:7b   | true
                    *coder*:7b    | qwen-coder:70b  | false
                    a*b*c         | aXbYbZc         | true
                    a*b*c         | aXcYb:x         | false
                    hf.co/*       | hf.co/a/b:Q4    | true
                    hf.co/*       | b:Q4            | false""")
    void aStarStandsForAnyText(String pattern, String model, boolean matches) {
        assertThat(new ModelPattern(pattern).matches(ModelName.parse(model))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "(a+)+", "a\n", "ä"})
    void whatNoNameCanHoldIsNoPattern(String pattern) {
        assertThatThrownBy(() -> new ModelPattern(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyStarsDoNotMakeItSlow() {
        var pattern = new ModelPattern("a*".repeat(99) + "b");
        var name = new ModelName("h".repeat(300), "a".repeat(79), "a".repeat(80), "a".repeat(80));
        Assertions.assertTimeout(
                Duration.ofSeconds(2), () -> assertThat(pattern.matches(name)).isFalse());
    }
}
