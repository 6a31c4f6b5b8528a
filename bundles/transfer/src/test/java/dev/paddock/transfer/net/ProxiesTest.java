package dev.paddock.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
    private static final Map<String, String> BOTH =
            Map.of("HTTP_PROXY", "http://plain.test:1", "https_proxy", "secure.test:2");

    @Test
    void eachProtocolHasItsVariableInEitherCase() {
        var proxies = Proxies.of("", BOTH);
        assertThat(proxies.toward(new Origin("http", "a.test", 80))).contains(URI.create("http://plain.test:1"));
        assertThat(proxies.toward(new Origin("https", "a.test", 443))).contains(URI.create("http://secure.test:2"));
    }

    @Test
    void aSettingStandsOverTheVariables() {
        var one = Proxies.of("http://one.test:3", BOTH);
        assertThat(one.toward(new Origin("http", "a.test", 80))).contains(URI.create("http://one.test:3"));
        assertThat(one.toward(new Origin("https", "a.test", 443))).contains(URI.create("http://one.test:3"));
        assertThat(Proxies.of("none", BOTH).toward(new Origin("http", "a.test", 80)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.test | a.test | 443 | true",
                "a.test | x.a.test | 443 | true",
                "a.test | ba.test | 443 | false",
                ".a.test | x.a.test | 443 | true",
                "*.a.test | x.a.test | 443 | true",
                "A.TEST | a.test | 443 | true",
                "a.test:5000 | a.test | 5000 | true",
                "a.test:5000 | a.test | 443 | false",
                "b.test,a.test | a.test | 443 | true",
                "* | a.test | 443 | true",
                "10.0.0.0/8 | 10.1.2.3 | 443 | true",
                "10.0.0.0/8 | 11.1.2.3 | 443 | false",
                "10.1.2.3 | 10.1.2.3 | 443 | true",
                "fd00::/8 | fd00::1 | 443 | true",
                "nonsense/99 | 10.0.0.1 | 443 | false",
                "'' | localhost | 443 | true",
                "'' | 127.0.0.1 | 443 | true",
                "'' | ::1 | 443 | true",
                "'' | a.test | 443 | false",
            })
    void someHostsAreAskedDirectly(String rule, String host, int port, boolean direct) {
        var proxies = Proxies.of("", Map.of("HTTPS_PROXY", "http://p.test:1", "NO_PROXY", rule));
        assertThat(proxies.toward(new Origin("https", host, port)).isEmpty()).isEqualTo(direct);
    }

    @Test
    void whatIsNoAddressIsNamedAndPasswordsAreNotShown() {
        assertThatThrownBy(() -> Proxies.of("", Map.of("HTTP_PROXY", "socks5://x:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HTTP_PROXY is no address of a proxy");
        assertThat(Proxies.of("http://user:secret@p.test:8080", Map.of()).toString())
                .doesNotContain("secret")
                .contains("p.test");
    }
}
