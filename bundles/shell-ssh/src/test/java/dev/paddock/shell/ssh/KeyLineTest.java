package dev.paddock.shell.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.Test;

class KeyLineTest {
    /** As ssh-keygen wrote it. */
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL3xQwHGXQ9QQj59uQNhVTwWqNz8z9rAXif8LdfPV+MC ann@example";

    private final List<String> complaints = new ArrayList<>();

    private List<KeyLine> read(String... lines) {
        return KeyLine.all(String.join("\n", lines), complaints::add);
    }

    private static PublicKey made(String algorithm, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (bits > 0) generator.initialize(bits);
        return generator.generateKeyPair().getPublic();
    }

    private static String line(PublicKey key) throws IOException {
        return Login.line(key);
    }

    @Test
    void keysOfAllKindsAreReadWithTheirNames() throws Exception {
        PublicKey curve = made("EC", 384);
        PublicKey rsa = made("RSA", 2048);
        var keys = read("# who may in", "", ED25519, line(curve) + " ben of accounting", "  " + line(rsa) + "\r");
        assertThat(complaints).isEmpty();
        assertThat(keys)
                .extracting(KeyLine::name)
                .containsExactly("ann@example", "ben of accounting", KeyUtils.getFingerPrint(rsa));
        assertThat(keys).extracting(KeyLine::key).contains(curve, rsa);
        assertThat(KeyUtils.getFingerPrint(keys.getFirst().key()))
                .isEqualTo("SHA256:dNhkX8pqy0z5EUS1ZnGTSARi/h6nMytksHXqJqFvIuo");
    }

    @Test
    void whatTakesAwayNothingThatIsThereMayStandBeforeAKey() {
        assertThat(read("restrict,no-port-forwarding " + ED25519)).hasSize(1);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aKeyThatIsLimitedInAnotherWayOpensNothing() {
        assertThat(read(
                        "from=\"10.0.0.0/8\" " + ED25519,
                        "command=\"lb\",restrict " + ED25519,
                        "cert-authority " + ED25519))
                .isEmpty();
        assertThat(complaints)
                .hasSize(3)
                .anyMatch(c -> c.contains("line 1") && c.contains("from"))
                .anyMatch(c -> c.contains("line 2") && c.contains("command"))
                .anyMatch(c -> c.contains("line 3") && c.contains("cert-authority"));
    }

    @Test
    void aDamagedLineCostsItselfOnly() throws Exception {
        String cut = ED25519.substring(0, 40);
        var keys = read(cut, "hello", "ssh-ed25519", "ssh-rsa AAAA ann", line(made("RSA", 1024)), ED25519);
        assertThat(keys).extracting(KeyLine::name).containsExactly("ann@example");
        assertThat(complaints).hasSize(5).anyMatch(c -> c.contains("line 5") && c.contains("2048"));
    }

    @Test
    void thereIsABoundOfKeys() {
        String[] lines = new String[1_200];
        java.util.Arrays.fill(lines, ED25519);
        assertThat(read(lines)).hasSize(1_000);
        assertThat(complaints).hasSize(1);
    }
}
