package dev.paddock.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "t", "T", "TRUE", "true", "True", "yes", "on", "no"})
    void everyTextButTheSixWaysToWriteFalseIsTrue(String text) {
        assertThat(Values.truth(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "f", "F", "FALSE", "false", "False"})
    void theSixWaysToWriteFalseAreFalse(String text) {
        assertThat(Values.truth(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5m,5m", "1h30m,1h30m", "300ms,300ms", "300,300s", "-1,-1s", "0,0s", "1.5h,1.5h"})
    void aBareNumberIsSeconds(String text, String expected) {
        assertThat(Values.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5 minutes", "1d", "1.5", "99999999999999999999"})
    void aDurationThatIsNoneSaysWhatWouldBe(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.duration(text))
                .withMessageContaining("5m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "1.5", "9999999999", "0x10"})
    void aCountIsAWholeNumber(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.count(text))
                .withMessageContaining("whole number");
    }

    @Test
    void aListIsWhatStandsBetweenCommas() {
        assertThat(Values.list(" http://a , ,b,")).containsExactly("http://a", "b");
    }
}
