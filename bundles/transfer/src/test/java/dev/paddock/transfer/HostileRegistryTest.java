package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry must not be able to do to us. */
class HostileRegistryTest extends MockedRegistry {
    @Test
    void aDifferentContentIsRefusedAndThrownAway() {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        byte[] other = new byte[1000];
        other[7] = 1;
        registry.blobs.put(filler.digest().toString(), other);
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "digest mismatch, file must be downloaded again: want " + filler.digest() + ", got "
                        + Digest.of(other));
        assertThat(house.blobNames())
                .noneMatch(n -> n.startsWith(filler.digest().fileName()));
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1001, 0})
    void aBlobOfAnotherSizeThanTheManifestSaysIsRefused(int size) {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        registry.blobs.put(filler.digest().toString(), new byte[size]);
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("has " + size + " bytes, its manifest says 1000");
    }

    @Test
    void anEndlessBodyIsCutOff() {
        Layer filler = registry.blob(new byte[100_000], FILLER);
        registry.model(filler);
        registry.script("GET " + FakeRegistry.blobPath(filler.digest()), HostileRegistryTest::endless);
        assertFault(
                () -> house.pull(registry.name()), Fault.INVALID_REQUEST, "the registry sends more than was asked for");
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] zeros = new byte[1 << 16];
        // A client that does not cut it off would get a gigabyte.
        for (int n = 0; n < 1 << 14; n++) exchange.getResponseBody().write(zeros);
    }

    @Test
    void aHugeManifestIsNotRead() {
        registry.script("/v2/library/m/manifests/latest", HostileRegistryTest::endless);
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: the manifest is longer than the 4194304 bytes that are read");
    }

    @Test
    void redirectsInCirclesEnd() {
        registry.script(
                "/v2/library/m/manifests/latest",
                FakeRegistry.redirect(302, registry.at("registry.test", "/v2/library/m/manifests/latest")));
        assertFault(
                () -> house.pull(registry.name()),
                Fault.INVALID_REQUEST,
                "pull model manifest: stopped after 10 redirects");
        assertThat(registry.seen).hasSizeLessThanOrEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://metadata.test/latest/meta-data",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/",
                "http://[fd00::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://0.0.0.0/",
            })
    void aRedirectToAPrivateAddressIsRefused(String where) {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        registry.script(FakeRegistry.blobPath(filler.digest()), FakeRegistry.redirect(307, where));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessageContaining("is at a private address, which is refused");
    }

    @Test
    void aNameThatMovesToAPrivateAddressAfterItWasAskedForIsRefused() throws Exception {
        Layer filler = registry.blob(new byte[1000], FILLER);
        registry.model(filler);
        registry.script("GET " + FakeRegistry.blobPath(filler.digest()), exchange -> {
            registry.names.put("registry.test", registry.names.get("metadata.test"));
            exchange.getResponseHeaders().set("Connection", "close");
            FakeRegistry.answer(exchange, 503, "come again");
        });
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessageContaining("\"registry.test\" is at a private address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://cdn.test/x",
                "file:///etc/passwd",
                "http://u:p@cdn.test/x",
                "http://",
                "\\\\cdn.test\\x",
                "http://cdn test/"
            })
    void aLocationThatIsNoAddressIsRefused(String where) {
        registry.script("/v2/library/m/manifests/latest", FakeRegistry.redirect(307, where));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("is no address");
    }

    @Test
    void withoutTheSettingThisMachineIsRefused() {
        house.close();
        house = house(new Configured());
        registry.model();
        assertFault(
                () -> house.pull(registry.name()),
                Fault.UNSUPPORTED,
                "pull model manifest: \"registry.test\" is at a private address, which is refused; the setting"
                        + " private.networks of dev.paddock.transfer (PADDOCK_PRIVATE_NETWORKS) can allow it");
        assertThat(registry.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../../etc/passwd",
                "sha256:../../../../../../etc/passwd0000000000000000000000000000000000000",
                "sha256-..%2f..%2f",
                "sha256:abc",
                "md5:d41d8cd98f00b204e9800998ecf8427e",
                "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B85",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85/",
                "",
            })
    void hostileDigestsNeverBecomePaths(String digest) {
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        Map<String, Object> json = FakeRegistry.json(config, List.of());
        json.put("layers", List.of(Map.of("mediaType", MediaType.MODEL, "digest", digest, "size", 10)));
        registry.manifest("latest", Json.bytes(json));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("invalid digest format");
        assertThat(registry.seen).as("nothing but the manifest was asked for").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"layers\":7}",
                "{\"layers\":[7],\"config\":{}}",
                "{\"schemaVersion\":1,\"fsLayers\":[]}",
                "<html>a captive portal</html>",
            })
    void whatIsNoManifestIsRefused(String content) {
        registry.manifest("latest", content.getBytes(StandardCharsets.UTF_8));
        registry.script("/v2/library/m/manifests/latest", exchange -> FakeRegistry.answer(exchange, 200, content));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
        assertThat(house.store.list()).isEmpty();
    }

    @Test
    void aManifestOfThousandsOfLayersIsRefused() {
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        Layer tiny = registry.blob(new byte[1], FILLER);
        registry.manifest("latest", Json.bytes(FakeRegistry.json(config, java.util.Collections.nCopies(1001, tiny))));
        assertThatThrownBy(() -> house.pull(registry.name())).hasMessageContaining("at most 1000 are taken");
    }
}
