package dev.paddock.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private final AddressRule strict = new AddressRule(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2002:a00:1::1",
                "2002:7f00:1::",
                "100::1",
                "3fff::1",
            })
    void addressesThatAreNotOnThePublicInternetAreRefused(String address) {
        assertThat(strict.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00::1",
                "64:ff9b::101:101",
                "2002:101:101::1",
            })
    void publicAddressesAreAllowed(String address) {
        assertThat(strict.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void aSettingAllowsWhatItNames() {
        var rule = new AddressRule(List.of("10.1.0.0/16", " 192.168.7.7 ", "fd00::/8", ""));
        assertThat(rule.allows(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(rule.allows(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(rule.allows(InetAddress.ofLiteral("192.168.7.7"))).isTrue();
        assertThat(rule.allows(InetAddress.ofLiteral("192.168.7.8"))).isFalse();
        assertThat(rule.allows(InetAddress.ofLiteral("fd99::1"))).isTrue();
        assertThat(rule.allows(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
        assertThat(rule.allows(InetAddress.ofLiteral("64:ff9b::a01:203"))).isTrue();
        assertThat(new AddressRule(List.of("loopback")).allows(InetAddress.ofLiteral("::1")))
                .isTrue();
        assertThat(new AddressRule(List.of("all")).allows(InetAddress.ofLiteral("169.254.169.254")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "localhost", "*", "::/129"})
    void whatIsNoRangeIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> new AddressRule(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is no range of addresses");
    }

    @Test
    void aNameWithAnAllowedAndARefusedAddressGetsTheAllowedOne() throws Exception {
        InetAddress publicOne = InetAddress.ofLiteral("1.1.1.1");
        var resolver = new GuardedResolver(strict, Set.of(), new Names(publicOne, InetAddress.ofLiteral("10.0.0.1")));
        assertThat(resolver.resolve("mixed.test", 443)).singleElement().satisfies(a -> assertThat(a.getAddress())
                .isEqualTo(publicOne));
    }

    @Test
    void aProxyMayLieAnywhereButOnlyAtItsPort() throws Exception {
        var proxy = new Origin("http", "proxy.lan", 3128);
        var resolver = new GuardedResolver(strict, Set.of(proxy), new Names(InetAddress.ofLiteral("10.0.0.1")));
        assertThat(resolver.resolve("proxy.lan", 3128)).hasSize(1);
        assertThatThrownBy(() -> resolver.resolve("proxy.lan", 80)).isInstanceOf(GuardedResolver.Refused.class);
    }

    private record Names(InetAddress... all) implements org.apache.hc.client5.http.DnsResolver {
        @Override
        public InetAddress[] resolve(String host) {
            return all;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
