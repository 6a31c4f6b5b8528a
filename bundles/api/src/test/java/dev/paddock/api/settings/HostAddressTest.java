package dev.paddock.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``|http://127.0.0.1:11434",
                "1.2.3.4|http://1.2.3.4:11434",
                ":1234|http://:1234",
                "example.com|http://example.com:11434",
                "example.com:1234|http://example.com:1234",
                ":0|http://:0",
                ":66000|http://:11434",
                ":-1|http://:11434",
                "[::1]|http://[::1]:11434",
                "::1|http://[::1]:11434",
                "[::1]:1337|http://[::1]:1337",
                "` 1.2.3.4 `|http://1.2.3.4:11434",
                "`\" 1.2.3.4 \"`|http://1.2.3.4:11434",
                "`' 1.2.3.4'`|http://1.2.3.4:11434",
                "http://1.2.3.4|http://1.2.3.4:80",
                "https://1.2.3.4|https://1.2.3.4:443",
                "HTTP://localhost:8080|http://localhost:8080",
                "https://example.com/ollama|https://example.com:443/ollama",
                "http://example.com:8080/a/b/|http://example.com:8080/a/b",
                "ollama.com|https://ollama.com:443",
            })
    void anAddressIsReadAsOllamaReadsIt(String text, String expected) {
        assertThat(HostAddress.parse(text)).hasToString(expected);
    }

    @Test
    void aBadPortIsComplainedOfByName() {
        List<String> complaints = new ArrayList<>();
        for (String bad : List.of(":66000", ":-1", "localhost:http", ":99999999999")) {
            assertThat(HostAddress.parse(bad, complaints::add).port()).isEqualTo(HostAddress.DEFAULT_PORT);
        }
        assertThat(complaints).hasSize(4).first().asString().contains("\"66000\"", "11434");
        assertThat(HostAddress.parse(null)).isEqualTo(HostAddress.DEFAULT);
    }

    @Test
    void aClientReachesAllInterfacesByLoopback() {
        assertThat(HostAddress.parse("0.0.0.0:80").forClient()).hasToString("http://127.0.0.1:80");
        assertThat(HostAddress.parse(":81").forClient()).hasToString("http://127.0.0.1:81");
        assertThat(HostAddress.parse("[::]:82").forClient()).hasToString("http://[::1]:82");
        assertThat(HostAddress.parse("box:83").forClient()).hasToString("http://box:83");
    }
}
