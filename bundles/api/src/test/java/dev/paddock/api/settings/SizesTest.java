package dev.paddock.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({"0,0", "1000,1000", "1k,1024", "5M,5242880", "200g,214748364800", "1t,1099511627776", "2GiB,2147483648"
    })
    void sizesAreReadWithTheirUnit(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "-1", "1.5g", "10p", "1 g", "99999999999999", "9999999999t"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> Sizes.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theComplaintNamesTheSetting() {
        assertThatThrownBy(() -> Sizes.setting("pid", "quota", "much"))
                .hasMessage("pid: quota is much; write 0 or a size like 200g");
    }
}
