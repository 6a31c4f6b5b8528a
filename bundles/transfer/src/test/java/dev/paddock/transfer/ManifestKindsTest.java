package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests of several kinds, and what is made of them. */
class ManifestKindsTest extends MockedRegistry {
    @Test
    void aModelOfTensorsIsRefusedBeforeAnythingComes() {
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        Layer tensor = registry.blob(new byte[100], MediaType.TENSOR);
        registry.manifest("latest", Json.bytes(FakeRegistry.json(config, List.of(tensor))));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessageContaining("safetensors");
        assertThat(registry.seen("GET", "/v2/library/m/blobs")).isEmpty();
    }

    @Test
    void anImageOfSomethingElseIsRefusedBeforeAnythingComes() {
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        Layer files = registry.blob(new byte[100], "application/vnd.docker.image.rootfs.diff.tar.gzip");
        registry.manifest("latest", Json.bytes(FakeRegistry.json(config, List.of(files))));
        assertThatThrownBy(() -> house.pull(registry.name()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("no GGUF weights");
        assertThat(registry.seen("GET", "/v2/library/m/blobs")).isEmpty();
    }

    @Test
    void amongManifestsForSeveralMachinesTheFittingOneIsTaken() {
        registry.model();
        byte[] manifest = registry.manifests.remove("latest");
        String digest = Digest.of(manifest).toString();
        registry.manifest(digest, manifest);
        String nobody = "sha256:" + "0".repeat(64);
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        registry.manifest(
                "latest",
                Json.bytes(Map.of(
                        "schemaVersion",
                        2,
                        "manifests",
                        List.of(
                                Map.of("digest", nobody, "platform", Map.of("os", "linux", "architecture", "s390x")),
                                Map.of(
                                        "digest",
                                        nobody,
                                        "platform",
                                        Map.of("os", "unknown", "architecture", "unknown")),
                                Map.of("digest", digest, "platform", Map.of("os", "linux", "architecture", arch))))));
        house.pull(registry.name());
        assertThat(house.statuses()).endsWith("success");
    }

    @Test
    void aManifestThatIsNotTheOneOfTheIndexIsRefused() {
        registry.model();
        String nobody = "sha256:" + "0".repeat(64);
        registry.manifest(nobody, registry.manifests.get("latest"));
        registry.manifest(
                "latest", Json.bytes(Map.of("schemaVersion", 2, "manifests", List.of(Map.of("digest", nobody)))));
        assertThatThrownBy(() -> house.pull(registry.name())).hasMessageContaining("is not the one of its index");
    }

    @Test
    void partsOfASplitModelAreJoinedByWhoeverMakesModelsAndKeepTheirTemplate() {
        Layer template = registry.blob("{{ .Prompt }}".getBytes(StandardCharsets.UTF_8), MediaType.TEMPLATE);
        Layer one = registry.blob(TestHouse.gguf("one"), MediaType.MODEL);
        Layer two = registry.blob(TestHouse.gguf("two"), MediaType.MODEL);
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        registry.manifest("latest", Json.bytes(FakeRegistry.json(config, List.of(one, template, two))));
        assertThatThrownBy(() -> house.pull(registry.name())).hasMessageContaining("makes models");

        house.transfer.setBuilder(house.builder());
        house.pull(registry.name());
        assertThat(house.built)
                .containsExactly(
                        Map.of("model-00001-of-00002.gguf", one.digest(), "model-00002-of-00002.gguf", two.digest()));
        var layers = house.store
                .manifest(ModelName.parse(registry.name()))
                .orElseThrow()
                .manifest()
                .layers();
        assertThat(layers).extracting(Layer::mediaType).containsExactly(MediaType.MODEL, MediaType.TEMPLATE);
        assertThat(house.statuses()).endsWith("success");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.docker.ai.gguf.v3", "application/octet-stream"})
    void filesOfManifestsOfOtherKindsBecomeModels(String type) {
        Layer weights = registry.blob(TestHouse.gguf("foreign"), type);
        Layer config = registry.blob("{}".getBytes(StandardCharsets.UTF_8), "application/vnd.oci.empty.v1+json");
        Map<String, Object> layer = FakeRegistry.json(weights);
        layer.put("annotations", Map.of("org.opencontainers.image.title", "m.gguf"));
        Map<String, Object> json = FakeRegistry.json(config, List.of());
        json.put("layers", List.of(layer));
        registry.manifest("latest", Json.bytes(json));
        house.transfer.setBuilder(house.builder());
        house.pull(registry.name());
        assertThat(house.built).containsExactly(Map.of("m.gguf", weights.digest()));
    }

    @Test
    void aSplitModelOfHuggingFaceIsFoundInItsListOfFiles() {
        registry.names.put("hf.co", registry.names.get("registry.test"));
        byte[] one = TestHouse.gguf("shard one");
        byte[] two = TestHouse.gguf("shard two");
        registry.script(
                "/v2/org/repo/manifests/Q8_0",
                exchange -> FakeRegistry.answer(exchange, 400, "{\"error\":\"The specified tag is a sharded GGUF.\"}"));
        registry.script(
                "/api/models/org/repo/tree/main",
                exchange -> FakeRegistry.send(
                        exchange,
                        200,
                        Json.bytes(List.of(
                                Map.of("type", "file", "path", "README.md"),
                                hubFile("q4/m-Q4_K_M-00001-of-00001.gguf", new byte[3]),
                                hubFile("q8/m-Q8_0-00002-of-00002.gguf", two),
                                hubFile("q8/m-Q8_0-00001-of-00002.gguf", one),
                                hubFile("broken/m-Q8_0-00001-of-00003.gguf", two)))));
        registry.script(
                "/org/repo/resolve/main/q8/m-Q8_0-00001-of-00002.gguf",
                FakeRegistry.redirect(302, registry.at("cdn.test", "/lfs/" + Digest.of(one))));
        registry.script(
                "/org/repo/resolve/main/q8/m-Q8_0-00002-of-00002.gguf",
                FakeRegistry.redirect(302, registry.at("cdn.test", "/lfs/" + Digest.of(two))));
        registry.blob(one, "");
        registry.blob(two, "");
        house.transfer.setBuilder(house.builder());
        String name = "hf.co:" + registry.port() + "/org/repo:Q8_0";
        house.pull(name);
        assertThat(house.built)
                .containsExactly(Map.of(
                        "m-Q8_0-00001-of-00002.gguf", Digest.of(one), "m-Q8_0-00002-of-00002.gguf", Digest.of(two)));
        assertThat(house.store.find(ModelName.parse(name))).isPresent();
    }

    private static Map<String, Object> hubFile(String path, byte[] content) {
        return Map.of(
                "type",
                "file",
                "path",
                path,
                "size",
                content.length,
                "lfs",
                Map.of("oid", Digest.of(content).hex(), "size", content.length));
    }
}
