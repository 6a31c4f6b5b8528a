package dev.paddock.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {
    @TempDir
    Path directory;

    private static Path file(String name) {
        try {
            return Path.of(PemTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"rsa, RSA", "ec, EC", "ed25519, EdDSA"})
    void certificateAndKeyOfEachKindAreRead(String name, String algorithm) throws Exception {
        Pem pem = Pem.read(file(name + ".crt"), file(name + ".key"));
        assertThat(pem.key().getAlgorithm()).isEqualTo(algorithm);
        assertThat(pem.chain().getFirst().getSubjectX500Principal().getName()).isEqualTo("CN=" + name + ".test");
        assertThat(pem.keyStore().isKeyEntry("server")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa.crt | ec.key       | is not the key of the certificate",
                "rsa.crt | rsa-pkcs1.key | write it as PRIVATE KEY: openssl pkcs8 -topk8",
                "rsa.crt | rsa.crt      | holds no private key (BEGIN PRIVATE KEY)",
                "rsa.key | rsa.key      | holds no certificate",
            })
    void whatDoesNotFitIsToldWithItsFile(String certificate, String key, String complaint) {
        assertThatThrownBy(() -> Pem.read(file(certificate), file(key)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void aKeyThatIsGarbageIsNoKey() throws IOException {
        Path garbage = Files.writeString(
                directory.resolve("bad.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Pem.read(file("rsa.crt"), garbage)).hasMessageContaining("no key of the kinds");
        assertThatThrownBy(() -> Pem.read(directory.resolve("none"), garbage)).hasMessageContaining("is not there");
    }
}
