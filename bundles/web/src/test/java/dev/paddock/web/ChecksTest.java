package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
    private final HostCheck hosts = new HostCheck(Set.of("mybox"));
    private final OriginCheck origins = new OriginCheck(List.of("https://chat.example", "chrome-extension://*"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "LOCALHOST:11434",
                "127.0.0.1:1",
                "127.9.9.9",
                "[::1]:80",
                "::1",
                "0.0.0.0",
                "10.0.0.5",
                "192.168.1.2:80",
                "172.16.0.1",
                "[fd00::1]",
                "foo.local",
                "a.internal:9",
                "x.localhost",
                "MyBox:11434"
            })
    void nearHostsAreServed(String host) {
        assertThat(hosts.allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:11434",
                "8.8.8.8",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "local",
                "[2001:4860:4860::8888]",
                "evil.example.",
                "[",
                "a:b:c",
                "2130706433x"
            })
    void farHostsAreNot(String host) {
        assertThat(hosts.allows(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://localhost:3000",
                "http://127.0.0.1:8080",
                "http://0.0.0.0",
                "app://x",
                "vscode-webview://abc",
                "https://chat.example",
                "HTTPS://CHAT.EXAMPLE",
                "chrome-extension://abc"
            })
    void knownOriginsMayCall(String origin) {
        assertThat(origins.allows(origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://localhost.evil.example",
                "http://localhost:80@evil.example",
                "http://localhost:evil.example",
                "https://chat.example.evil",
                "null",
                "http://chat.example",
                "",
                "http://localhost@evil.example"
            })
    void otherOriginsMayNot(String origin) {
        assertThat(origins.allows(origin)).isFalse();
    }

    @Test
    void anOriginHasAtMostOneStar() {
        assertThatThrownBy(() -> new OriginCheck(List.of("http://*.*"))).hasMessageContaining("only one *");
        assertThat(new OriginCheck(List.of("*")).answer("http://a")).isEqualTo("*");
    }
}
