package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource({
        "alt=sse, sse",
        "a=1&alt=sse&alt=json, sse",
        "%61lt=s%C3%A9%26, sé&",
        "alt=a+b=c, a b=c",
        "alt, ''",
        "alt=%20, ''",
        "salt=sse, ''",
        "'', ''",
    })
    void theFirstValueCounts(String query, String expected) {
        assertThat(Query.value(query, "alt").orElse("")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alt=%", "alt=%zz", "alt=%ff", "%ff=1&alt=sse"})
    void whatIsNotEncodedAsItMustBeIsRefused(String query) {
        assertThatThrownBy(() -> Query.value(query, "alt"))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the query is not encoded as it must be");
    }

    @Test
    void thereMayBeNone() {
        assertThat(Query.value(null, "alt")).isEmpty();
    }
}
