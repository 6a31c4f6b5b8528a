package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonReaderTest {
    private static List<Map<String, Object>> read(String text) {
        return NdjsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void objectsAreReadInTheirOrder() {
        assertThat(read("{\"a\":1,\"done\":false}\n   {\"done\":true}\n"))
                .containsExactly(Map.of("a", 1, "done", false), Map.of("done", true));
        assertThat(read("{\"error\":\"x\"}\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{\"a\":1}",
                "{\"a\":1}\n\n",
                "\n{\"a\":1}\n",
                "{\"a\":1}\n\n{\"a\":2}\n",
                "{\"a\":1}\r\n",
                "{\"a\":\r1}\n",
                "{\"a\":1} \n",
                "\t{\"a\":1}\n",
                "\uFEFF{\"a\":1}\n",
                "[1]\n",
                "1\n",
                "{\"a\":1}{\"b\":2}\n",
                "{\"a\":1} {\"b\":2}\n",
                "{\"a\":1,\"a\":2}\n",
                "{\"a\":}\n",
                "{\"done\":true}\n{\"a\":1}\n",
                "{\"done\":true}\n \n",
                "{\"error\":\"x\"}\n{\"done\":true}\n",
                "{\"status\":\"success\"}\n{\"status\":\"more\"}\n",
                "data: {\"a\":1}\n"
            })
    void whatAClientCouldStumbleOverIsRefused(String stream) {
        assertThatThrownBy(() -> read(stream)).isInstanceOf(AssertionError.class);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> NdjsonReader.read(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}', '\n'}))
                .hasMessageContaining("UTF-8");
    }
}
