package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void theDefaultsAreThoseOfTheFile() throws IOException {
        var settings = read(new Configured());
        assertThat(settings.pace())
                .isEqualTo(new TransferSettings.Pace(0, 8, 6, Duration.ofSeconds(30), Duration.ofSeconds(30)));
        assertThat(settings.network().plain()).isEqualTo(TransferSettings.Plain.ASKED);
        assertThat(settings.mirrors().of("registry.ollama.ai")).isEmpty();
        Path file = Path.of("../../configs/dev.paddock.transfer.json");
        assertThat(Json.object(Files.readAllBytes(file)))
                .containsEntry("parts", 8)
                .hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({
        "rate,fast",
        "rate,-1",
        "rate,999999999999g",
        "stall,0s",
        "stall,soon",
        "connect_timeout,-1s",
        "plain_http,maybe",
        "proxy,gopher://x",
    })
    void whatIsOfNoUseIsRefusedInWords(String key, String value) {
        assertThatThrownBy(() -> read(new Configured().with(key, value))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65})
    void partsHaveBounds(int parts) {
        assertThatThrownBy(() -> read(new Configured().with("parts", parts)))
                .hasMessageContaining("parts is " + parts + "; it must be from 1 to 64");
    }

    @Test
    void mirrorsAreAskedInTheirOrder() {
        var mirrors = Mirrors.of(
                List.of("a.test=https://one.test/", "b.test=https://two.test", "A.TEST=http://three.test:5000/x/"));
        assertThat(mirrors.of("a.test"))
                .containsExactly(URI.create("https://one.test"), URI.create("http://three.test:5000/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.test", "=https://x.test", "a.test=x.test", "a.test=ftp://x.test", "a.test=https://u:p@x.test"
            })
    void whatIsNoMirrorIsNamed(String text) {
        assertThatThrownBy(() -> Mirrors.of(List.of(text)))
                .hasMessageContaining("\"" + text + "\" is not REGISTRY=ADDRESS");
    }

    private static TransferSettings read(Configured configured) {
        return TransferSettings.of(configured.config(), Map.of(), "paddock/test");
    }
}
