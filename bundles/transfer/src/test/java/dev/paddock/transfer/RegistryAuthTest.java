package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.transfer.RemoteModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which token, password and signature: the challenges of group 11. */
class RegistryAuthTest extends MockedRegistry {
    @Test
    void aChallengeIsAnsweredWithASignatureOfThePublicKey() throws Exception {
        registry.model();
        protect("secret", registry.at("registry.test", "/token"));
        house.pull(registry.name());
        var asked = registry.seen("GET", "/token").getFirst();
        assertThat(asked.path())
                .contains("service=reg")
                .contains("scope=repository%3Alibrary%2Fm%3Apull&scope=other")
                .containsPattern("ts=[0-9]{10}")
                .containsPattern("nonce=[A-Za-z0-9_-]{22}");
        String[] authorization = asked.header("Authorization").split(":");
        String line = Files.readString(house.root.resolve("home/id_ed25519.pub"));
        assertThat(line).isEqualTo("ssh-ed25519 " + authorization[0] + "\n");
        String signed = "GET," + registry.at("registry.test", asked.path())
                + ",ZTNiMGM0NDI5OGZjMWMxNDlhZmJmNGM4OTk2ZmI5MjQyN2FlNDFlNDY0OWI5MzRjYTQ5NTk5MWI3ODUyYjg1NQ==";
        assertThat(Signatures.verify(authorization[0], signed, authorization[1]))
                .isTrue();
        assertThat(registry.seen("GET", "/token")).as("one token for all of it").hasSize(1);
    }

    @Test
    void aRealmOnAnotherHostGetsNothing() {
        registry.model();
        protect("secret", registry.at("cdn.test", "/token"));
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: realm host \"cdn.test:" + registry.port() + "\" does not match original host \""
                        + registry.host() + "\"");
        assertThat(registry.seen("GET", "/token")).isEmpty();
    }

    @Test
    void aRealmOnAnotherHostGivesTokensWhereASettingSaysSo() {
        house.close();
        house = house(Configured.forTests()
                .with("auth_realms", new String[] {registry.host() + "=cdn.test:" + registry.port()}));
        registry.model();
        protect("secret", registry.at("cdn.test", "/token"));
        house.pull(registry.name());
        assertThat(registry.seen("GET", "/token").getFirst().host()).startsWith("cdn.test");
    }

    @Test
    void whoIsRefusedTwiceIsToldSo() {
        registry.model();
        protect("secret", registry.at("registry.test", "/token"));
        registry.script("/token", exchange -> FakeRegistry.answer(exchange, 200, "{\"token\":\"wrong\"}"));
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: unauthorized: access denied");
        assertThat(registry.seen("GET", "/v2/")).hasSize(2);
    }

    private void write(String credentials) throws IOException {
        Path file = house.root.resolve("home/registries.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, credentials);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatIsForHttpsIsNotSaidWhereEverybodyCanReadIt() throws Exception {
        registry.model();
        write("{\"" + registry.host() + "\":{\"token\":\"t\"}}");
        house.pull(registry.name());
        assertThat(registry.seen).isNotEmpty().allMatch(s -> s.header("Authorization")
                .isEmpty());
    }

    @Test
    void aKeyThatCannotBeUsedIsDoneWithoutWhereTokensAreForEverybody() throws Exception {
        registry.model();
        protect("secret", registry.at("registry.test", "/token"));
        Files.createDirectories(house.root.resolve("home"));
        Files.writeString(house.root.resolve("home/id_ed25519"), "no key");
        house.pull(registry.name());
        assertThat(registry.seen("GET", "/token")).singleElement().satisfies(s -> assertThat(s.header("Authorization"))
                .isEmpty());
    }

    @Test
    void aPasswordGoesOnlyWhereItBelongs() throws Exception {
        registry.model();
        write("{\"http://" + registry.host() + "\":{\"username\":\"u\",\"password\":\"p\"},"
                + "\"other.test\":{\"username\":\"x\",\"password\":\"y\"}}");
        registry.script("/v2/library/m/manifests/latest", exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
                FakeRegistry.answer(exchange, 401, "");
            } else {
                registry.serve(exchange);
            }
        });
        house.pull(registry.name());
        assertThat(registry.seen("GET", "/v2/library/m/manifests").getLast().header("Authorization"))
                .isEqualTo("Basic dTpw");
    }

    @Test
    void aFileOfPasswordsThatOthersCanReadIsNotUsed() throws Exception {
        registry.model();
        Path file = house.root.resolve("home/registries.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"http://" + registry.host() + "\":{\"username\":\"u\",\"password\":\"p\"}}");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        registry.script("/v2/library/m/manifests/latest", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
            FakeRegistry.answer(exchange, 401, "");
        });
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: unauthorized: access denied");
        assertThat(registry.seen).allMatch(s -> s.header("Authorization").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"a\\r\\nX-Evil: 1\"}",
                "{\"token\":\"\"}",
                "{\"token\":7}",
                "[]",
                "not json",
            })
    void aTokenThatIsNoneIsRefused(String answer) {
        registry.model();
        protect("secret", registry.at("registry.test", "/token"));
        registry.script("/token", exchange -> FakeRegistry.answer(exchange, 200, answer));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
    }

    @Test
    void plainHttpIsSpokenOnlyWhenAsked() {
        registry.model();
        var named = RemoteModel.parse("http://" + registry.name());
        assertFault(
                () -> house.transfer.pull(named, false, house.told::add), Fault.UNSUPPORTED, "insecure protocol http");
        house.transfer.modified(
                Configured.forTests().with("plain_http", "never").config());
        assertFault(
                () -> house.transfer.pull(named, true, house.told::add), Fault.UNSUPPORTED, "insecure protocol http");
        house.transfer.modified(
                Configured.forTests().with("plain_http", "always").config());
        house.transfer.pull(named, false, house.told::add);
        assertThat(house.statuses()).endsWith("success");
    }

    @Test
    void aRegistryThatSpeaksNoTlsIsGivenUp() {
        house.transfer.modified(Configured.forTests().with("stall", "200ms").config());
        assertThatThrownBy(() -> house.transfer.pull(RemoteModel.parse(registry.name()), false, house.told::add))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessageStartingWith("pull model manifest: ")
                .hasMessageContaining("\"registry.test\"");
    }
}
