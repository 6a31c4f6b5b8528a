package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.security.Identity;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private final Identities plain = Identities.named("", new String[0]);
    private final Identities named = Identities.named("X-User", new String[0]);

    @Test
    void thisMachineIsOneAndEveryOtherAddressOneEach() {
        assertThat(of(plain, "127.0.0.1", null)).isEqualTo(Identity.LOCAL);
        assertThat(of(plain, "::1", null)).isEqualTo(Identity.LOCAL);
        assertThat(of(plain, "10.1.2.3", null).name()).isEqualTo("address 10.1.2.3");
    }

    @Test
    void aNameIsBelievedOnlyWhereAHeaderIsSet() {
        assertThat(of(plain, "127.0.0.1", "eve")).isEqualTo(Identity.LOCAL);
        assertThat(of(named, "127.0.0.1", "ann").name()).isEqualTo("user ann");
        assertThat(of(named, "127.0.0.1", " ")).isEqualTo(Identity.LOCAL);
    }

    @Test
    void aNameIsBelievedOnlyFromTheProxies() {
        assertThat(of(named, "10.1.2.3", "ann").name()).isEqualTo("address 10.1.2.3");
        Identities behind = Identities.named("X-User", new String[] {"10.1.0.0/16", "fd00::1"});
        assertThat(of(behind, "10.1.2.3", "ann").name()).isEqualTo("user ann");
        assertThat(of(behind, "fd00:0:0::1", "ann").name()).isEqualTo("user ann");
        assertThat(of(behind, "10.2.2.3", "ann").name()).isEqualTo("address 10.2.2.3");
        assertThat(of(behind, "127.0.0.1", "ann")).isEqualTo(Identity.LOCAL);
    }

    @Test
    void namesAreCleanedAndBoundedAndNeverThoseOfOurs() {
        assertThat(of(named, "127.0.0.1", "local").name()).isEqualTo("user local");
        assertThat(of(named, "127.0.0.1", "a b\tc<d>").name()).isEqualTo("user a_b_c_d_");
        assertThat(of(named, "127.0.0.1", "x".repeat(5_000)).name()).hasSize("user ".length() + 100);
    }

    @Test
    void whatIsNoNetworkIsNamed() {
        for (String wrong : new String[] {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", ""}) {
            assertThatThrownBy(() -> Identities.named("X-User", new String[] {wrong}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("identity.proxies holds \"" + wrong + "\"");
        }
    }

    private static Identity of(Identities identities, String address, String said) {
        InetAddress peer = InetAddress.ofLiteral(address);
        return identities.named(peer, said).orElseGet(() -> identities.of(peer));
    }
}
