package dev.paddock.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"STRING\"} | {\"type\":\"string\"}",
                "{\"type\":\"TYPE_UNSPECIFIED\",\"description\":\"d\"} | {\"description\":\"d\"}",
                "{\"type\":\"INTEGER\",\"format\":\"int32\",\"minimum\":1} | {\"type\":\"integer\",\"minimum\":1}",
                "{\"type\":\"STRING\",\"format\":\"date-time\"} | {\"type\":\"string\",\"format\":\"date-time\"}",
                "{\"type\":\"STRING\",\"format\":\"enum\",\"enum\":[\"A\"]} | {\"type\":\"string\",\"enum\":[\"A\"]}",
                "{\"type\":\"STRING\",\"nullable\":true} | {\"type\":[\"string\",\"null\"]}",
                "{\"type\":\"STRING\",\"enum\":[\"A\"],\"nullable\":true}"
                        + " | {\"type\":[\"string\",\"null\"],\"enum\":[\"A\",null]}",
                "{\"type\":\"ARRAY\",\"items\":{\"type\":\"NUMBER\"},\"minItems\":\"2\"}"
                        + " | {\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":2}",
                "{\"any_of\":[{\"type\":\"BOOLEAN\"},{\"type\":\"NULL\"}],\"max_items\":3}"
                        + " | {\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"null\"}],\"maxItems\":3}",
                "{\"type\":\"OBJECT\",\"properties\":{\"a_b\":{\"type\":\"STRING\"},\"c\":{\"type\":\"STRING\"}},"
                        + "\"required\":[\"a_b\"],\"propertyOrdering\":[\"c\",\"x\",\"a_b\"],\"example\":{}}"
                        + " | {\"type\":\"object\",\"properties\":{\"c\":{\"type\":\"string\"},\"a_b\":{\"type\":\"string\"}},"
                        + "\"required\":[\"a_b\"]}",
                "{\"x-own\":1} | {\"x-own\":1}",
            })
    void aSchemaOfGooglesIsOneInJson(String google, String json) {
        assertThat(Json.write(OpenApiSchema.toJson(Json.parseObject(google).orElseThrow())))
                .isEqualTo(json);
    }
}
