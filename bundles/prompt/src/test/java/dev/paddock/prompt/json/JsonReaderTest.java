package dev.paddock.prompt.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void everyKindOfValueIsRead() {
        var read = JsonReader.object(
                " {\"s\":\"a\\n\\u00e9\\ud83d\\ude00\",\"l\":[1,-2.5,1e2,true,false,null],\"o\":{}}\n");

        assertThat(read).get().satisfies(map -> {
            assertThat(map).containsEntry("s", "a\né😀").containsEntry("o", Map.of());
            assertThat(map.get("l")).isEqualTo(Arrays.asList(1L, -2.5, 100.0, true, false, null));
        });
    }

    @Test
    void keysKeepTheirOrder() {
        assertThat(JsonReader.object("{\"z\":1,\"a\":2,\"m\":3}").orElseThrow().keySet())
                .containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\":1} x",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":tru}"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThat(JsonReader.object(text)).isEmpty();
    }

    @Test
    void anyValueIsReadAndTheReasonIsToldWhenThereIsNone() {
        assertThat(JsonReader.value(" null ")).isNull();
        assertThat(JsonReader.value("[1,[]]")).isEqualTo(List.of(1L, List.of()));
        assertThatThrownBy(() -> JsonReader.value("[1,]"))
                .isInstanceOf(JsonReader.MalformedException.class)
                .hasMessage("not JSON at character 4: unexpected character");
        assertThatThrownBy(() -> JsonReader.value("1 2")).hasMessageContaining("behind the value");
        assertThatThrownBy(() -> JsonReader.value("")).hasMessageContaining("unexpected end");
    }

    @Test
    void theNumberOfValuesIsBounded() {
        assertThatThrownBy(() -> JsonReader.value("[" + "[],".repeat(1_000_001) + "1]"))
                .hasMessageContaining("too many values");
    }

    @Test
    void depthIsBounded() {
        assertThat(JsonReader.object("{\"a\":" + "[".repeat(100_000))).isEmpty();
        assertThat(JsonReader.object("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}"))
                .isPresent();
    }
}
