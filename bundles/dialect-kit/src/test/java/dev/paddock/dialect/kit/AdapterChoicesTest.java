package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AdapterChoice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterChoicesTest {
    @Test
    void nothingSaidIsNotTheSameAsNoneWanted() {
        assertThat(parse("{}")).isEmpty();
        assertThat(parse("{\"adapters\":null}")).isEmpty();
        assertThat(parse("{\"adapters\":[]}")).contains(List.of());
    }

    @Test
    void scalesAreAsTrainedUnlessSaidAndOrderStays() {
        assertThat(parse("{\"adapters\":[{\"model\":\"b:local\",\"scale\":-10},{\"model\":\"a\"},"
                        + "{\"model\":\"c\",\"scale\":0.25}]}"))
                .contains(
                        List.of(new AdapterChoice("b", -10), new AdapterChoice("a", 1), new AdapterChoice("c", 0.25)));
    }

    @Test
    void aFieldThatNobodyKnowsIsTold() {
        var fields = new Fields(Json.parseObject("{\"adapters\":[{\"model\":\"a\",\"scal\":2}]}")
                .orElseThrow());
        AdapterChoices.parse(fields);
        assertThat(fields.unread()).containsExactly("adapters[0].scal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model":"a"}                | "adapters" must be a list
            "a"                          | "adapters" must be a list
            ["a"]                        | "adapters" must be a list of objects
            [null]                       | "adapters" must be a list of objects
            [{"scale":1}]                | "adapters[0].model" must be the name of an installed model
            [{"model":" "}]              | "adapters[0].model" must be the name of an installed model
            [{"model":"a"},{"model":7}]  | "adapters[1].model" must be a string
            [{"model":"a b"}]            | "adapters[0].model": invalid model name
            [{"model":"a","scale":"1"}]  | "adapters[0].scale" must be a number
            [{"model":"a","scale":1e999}]| "adapters[0].scale" must be a number
            [{"model":"a","scale":10.1}] | "adapters[0].scale" must be a number from -10 to 10
            [{"model":"a","scale":-11}]  | "adapters[0].scale" must be a number from -10 to 10
            """)
    void whatIsWrongIsSaidWithItsPlace(String adapters, String message) {
        refused(adapters, message);
    }

    @Test
    void nineAreTooMany() {
        String eight = "{\"model\":\"a\"},".repeat(8);
        assertThat(parse("{\"adapters\":[" + eight.substring(0, eight.length() - 1) + "]}")
                        .orElseThrow())
                .hasSize(8);
        refused("[" + eight + "{\"model\":\"b\"}]", "\"adapters\" has 9 entries; at most 8 are allowed");
    }

    private static void refused(String adapters, String message) {
        assertThatThrownBy(() -> parse("{\"adapters\":" + adapters + "}"))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
    }

    private static Optional<List<AdapterChoice>> parse(String body) {
        return AdapterChoices.parse(new Fields(Json.parseObject(body).orElseThrow()));
    }
}
