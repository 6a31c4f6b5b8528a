package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    @Test
    void namesMatchWithoutCaseAndTheLastDuplicateWins() {
        Fields fields = read("{\"Model\":\"a\",\"MODEL\":\"b\",\"x\":null} trailing text");
        assertThat(fields.text("model")).contains("b");
        assertThat(fields.text("x")).isEmpty();
        assertThat(fields.unread()).isEmpty();
    }

    @Test
    void errorsNameTheFieldWhereverItStands() {
        Fields fields = read("{\"messages\":[{\"content\":\"\"},{\"content\":5}],\"n\":1.5}");
        Fields second = fields.objects("messages").get(1);
        assertThatThrownBy(() -> second.text("content")).hasMessage("\"messages[1].content\" must be a string");
        assertThatThrownBy(() -> fields.integer("n", 0, 9)).hasMessageContaining("whole number from 0 to 9");
        assertThatThrownBy(() -> fields.objects("n")).hasMessage("\"n\" must be a list");
    }

    @Test
    void whatIsNotSupportedIsRefusedUnlessItAsksForNothing() {
        Fields fields = read("{\"a\":\"\",\"b\":[],\"c\":false,\"d\":0,\"e\":null,\"f\":\"json\"}");
        fields.refuse("a", "b", "c", "d", "e", "absent");
        assertThatThrownBy(() -> fields.refuse("f")).hasMessageContaining("\"f\" is not supported in this version");
    }

    @Test
    void fieldsThatNobodyReadAreKnownWithTheirPath() {
        Fields fields = read("{\"b\":{\"y\":1,\"x\":2},\"a\":1,\"C\":1}");
        fields.object("b").orElseThrow().value("x");
        assertThat(fields.unread()).containsExactly("C", "a", "b.y");
    }

    @Test
    void whatSeveralReadOfAnObjectIsReadTogether() {
        Fields fields = read("{\"b\":{\"x\":1,\"y\":2,\"z\":3}}");
        fields.object("b").orElseThrow().value("x");
        fields.object("b").orElseThrow().value("y");
        assertThat(fields.unread()).containsExactly("b.z");
        fields.whole();
        assertThat(fields.unread()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "nonsense", "{\"a\":\"\u0001\"}", "{'a':1}", "{\"a\":NaN}", "5"})
    void brokenJsonIsTheCallersFault(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfAny(PaddockException.class);
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100_000))).isInstanceOf(PaddockException.class);
    }

    @Test
    void theNumberOfValuesIsBounded() {
        String many = "{\"a\":[" + "0,".repeat((int) Json.MAX_TOKENS) + "0]}";
        assertThatThrownBy(() -> read(many))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("oken");
    }

    @Test
    void markupIsEscapedAndEmojiAreNot() {
        assertThat(Json.write(List.of("<a>&\u2028😀"))).isEqualTo("[\"\\u003ca\\u003e\\u0026\\u2028😀\"]");
    }

    private static Fields read(String json) {
        try {
            return Json.readObject(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
                    .map(Fields::new)
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void namesOfProtobufMatchInBothSpellings() {
        var fields = Fields.protobuf(Json.parseObject("""
                {"top_k":3,"topP":0.5,"generation_config":{"maxOutputTokens":4,"other_one":1}}""").orElseThrow());
        assertThat(fields.integer("topK", 0, 9)).contains(3L);
        assertThat(fields.number("top_p")).contains(0.5);
        var inner = fields.object("generationConfig").orElseThrow();
        assertThat(inner.integer("maxOutputTokens", 0, 9)).contains(4L);
        assertThat(fields.unread()).containsExactly("generationConfig.other_one");
        inner.accept("otherOne");
        assertThat(fields.unread()).isEmpty();
    }
}
