package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
    }

    private static String layer(String type, Digest digest, long size) {
        return "{\"mediaType\":\"application/vnd.ollama.image." + type + "\",\"digest\":\"" + digest + "\",\"size\":"
                + size + "}";
    }

    private static String manifest(Digest config, String... layers) {
        return "{\"schemaVersion\":2,\"config\":{\"digest\":\"" + config + "\",\"size\":10},\"layers\":["
                + String.join(",", layers) + "]}";
    }

    @Test
    void aModelThatOllamaPulledIsRead() throws IOException {
        Digest weights = store.upload(TestStore.bytes(TestStore.describe("pulled")));
        Digest config = store.writeBlob("{\"model_format\":\"gguf\",\"model_family\":\"qwen3\",\"model_families\":null,"
                + "\"model_type\":\"8.2B\",\"file_type\":\"Q4_K_M\",\"rootfs\":{\"type\":\"layers\"}}");
        Digest params = store.writeBlob(
                "{\"stop\":[\"<|im_end|>\"],\"top_k\":20,\"temperature\":\"hot\",\"low_vram\":1,\"seed\":null}");
        Digest adapter = store.writeBlob("not read here");
        store.writeManifest(
                "hf.co/U/Model-GGUF:Q4_K_M",
                manifest(
                        config,
                        layer("model", weights, 5_000_000_000L),
                        layer("template", store.writeBlob("{{ .Prompt }}"), 13),
                        layer("system", store.writeBlob("You are kind."), 13),
                        layer("license", store.writeBlob("Apache"), 6),
                        layer("params", params, 60),
                        layer("messages", store.writeBlob("[{\"role\":\"user\",\"content\":\"hi\"}]"), 1),
                        layer("adapter", adapter, 11),
                        layer("something.new", Digest.of(new byte[] {9}), 7)));
        var model =
                store.shelf.find(ModelName.parse("HF.co/u/model-gguf:q4_k_m")).orElseThrow();
        assertThat(model.name().display()).isEqualTo("hf.co/U/Model-GGUF:Q4_K_M");
        assertThat(model.details().family()).isEqualTo("qwen3");
        assertThat(model.details().families()).containsExactly("qwen3");
        assertThat(model.details().parameterSize()).isEqualTo("8.2B");
        assertThat(model.details().quantization()).isEqualTo("Q4_K_M");
        assertThat(model.details().contextLength()).as("the file fills the gap").isEqualTo(2048);
        assertThat(model.system()).isEqualTo("You are kind.");
        assertThat(model.licenses()).containsExactly("Apache");
        assertThat(model.options().values())
                .containsOnlyKeys(Option.STOP, Option.TOP_K)
                .containsEntry(Option.TOP_K, 20L);
        assertThat(model.options().unknown()).containsExactly("low_vram");
        assertThat(model.messages()).hasSize(1);
        assertThat(model.size()).isEqualTo(5_000_000_000L + 13 + 13 + 6 + 60 + 1 + 11 + 7 + 10);
        assertThat(model.adapters()).singleElement().satisfies(file -> assertThat(file)
                .hasContent("not read here"));
    }

    @Test
    void hostileManifestsAreLeftOut() throws IOException {
        store.create("good", "one");
        Digest there = store.writeBlob("{}");
        store.writeManifest("json", "{\"layers\":");
        store.writeManifest("text", "hello");
        store.writeManifest("empty", "");
        store.writeManifest("object", "{}");
        store.writeManifest("deep", "{\"layers\":" + "[".repeat(100_000));
        store.writeManifest("huge", " ".repeat(5 << 20) + "{}");
        store.writeManifest("types", "{\"config\":[],\"layers\":[3]}");
        store.writeManifest("escape", "{\"config\":{\"digest\":\"sha256:../../../../etc/passwd\"},\"layers\":[]}");
        store.writeManifest("lost", manifest(Digest.of(new byte[] {1}), layer("model", there, 2)));
        store.writeManifest("noweights", manifest(there));
        store.writeManifest("listconfig", manifest(store.writeBlob("[]"), layer("model", there, 2)));
        Files.createDirectories(dir.resolve("manifests/registry.ollama.ai/library/good/directory"));
        Files.writeString(dir.resolve("manifests/registry.ollama.ai/library/good/.DS_Store"), "x");
        Files.writeString(dir.resolve("manifests/registry.ollama.ai/library/good/bad name"), "x");
        Files.writeString(dir.resolve("manifests/shallow"), "{}");
        Files.createSymbolicLink(dir.resolve("manifests/registry.ollama.ai/library/good/dangling"), Path.of("nowhere"));
        assertThat(store.names()).containsExactly("good:latest", "listconfig:latest", "lost:latest");
        assertThat(store.shelf.list())
                .filteredOn(model -> !model.name().model().equals("good"))
                .allSatisfy(model -> assertThat(model.damage()).isNotEmpty());
        assertThatThrownBy(() -> store.shelf.find(ModelName.parse("json")))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_DAMAGED));
        store.shelf.delete(ModelName.parse("json"));
        assertThat(store.shelf.find(ModelName.parse("json"))).isEmpty();
        assertThat(store.shelf.find(ModelName.parse("good"))).isPresent();
    }

    @Test
    void hostileSizesDoNotOverflow() throws IOException {
        Digest weights = store.upload(TestStore.gguf("one"));
        Digest config = store.writeBlob("{}");
        store.writeManifest(
                "m",
                manifest(
                        config,
                        layer("model", weights, Long.MAX_VALUE),
                        layer("x", weights, Long.MAX_VALUE),
                        layer("y", weights, -5)));
        assertThat(store.shelf.list().getFirst().size()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void changesByOthersAreSeenAtTheNextCall() throws IOException {
        store.create("a", "one");
        store.create("b", "two");
        assertThat(store.names()).containsExactly("a:latest", "b:latest");
        Files.copy(
                store.manifest("a"),
                Files.createDirectories(store.manifest("c").getParent()).resolve("latest"));
        Files.delete(store.manifest("b"));
        assertThat(store.names()).containsExactly("a:latest", "c:latest");
        Files.copy(store.manifest("a"), store.manifest("a:v2"));
        assertThat(store.shelf.find(ModelName.parse("a:v2"))).isPresent();
    }

    @Test
    void aManifestThatCameBeforeItsBlobsIsReadWhenTheyAreThere() throws IOException {
        Digest weights = store.upload(TestStore.gguf("one"));
        byte[] config = "{\"model_family\":\"llama\"}".getBytes();
        store.writeManifest(
                "m",
                manifest(Digest.of(config), layer("model", weights, Files.size(store.layout.blob(weights))))
                        .replace("\"size\":10}", "\"size\":" + config.length + "}"));
        assertThat(store.shelf.list().getFirst().damage()).isEqualTo("blob " + Digest.of(config) + " is missing");
        store.upload(config);
        assertThat(store.shelf.list().getFirst().damage()).isEmpty();
    }

    @Test
    void aModelWithoutItsWeightsIsListedAndCanBeRemoved() throws IOException {
        var model = store.create("m", "one");
        Files.delete(model.weights());
        var damaged = store.shelf.list().getFirst();
        assertThat(damaged.details()).isEqualTo(model.details());
        assertThat(damaged.damage()).isEqualTo("blob " + model.weightsDigest() + " is missing");
        assertThatThrownBy(() -> store.shelf.metadata(damaged))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_DAMAGED));
        store.upload(TestStore.gguf("one"));
        assertThat(store.shelf.list().getFirst().template())
                .as("noticed when they are back")
                .isPresent();
        store.shelf.delete(model.name());
        assertThat(store.shelf.list()).isEmpty();
    }

    @Test
    void theNewestModelComesFirst() throws IOException {
        Instant base = Instant.parse("2026-01-01T00:00:00Z");
        for (String name : List.of("b", "c", "a")) store.create(name, name);
        Files.setLastModifiedTime(store.manifest("a"), FileTime.from(base));
        Files.setLastModifiedTime(store.manifest("b"), FileTime.from(base.plusSeconds(2)));
        Files.setLastModifiedTime(store.manifest("c"), FileTime.from(base));
        assertThat(store.shelf.list()).extracting(m -> m.name().model()).containsExactly("b", "a", "c");
    }

    @Test
    void twoSpellingsOnDiskAreToldApartByTheExactOne() throws IOException {
        store.create("m", "one");
        Files.copy(
                store.manifest("m"),
                Files.createDirectories(store.manifest("M").getParent()).resolve("latest"));
        assertThat(store.shelf.find(ModelName.parse("m")).orElseThrow().name().model())
                .isEqualTo("m");
        assertThat(store.shelf.find(ModelName.parse("M")).orElseThrow().name().model())
                .isEqualTo("M");
    }

    @Test
    void parameterCountsAreWrittenAsOllamaDoes() {
        assertThat(ParameterCount.text(999)).isEqualTo("999");
        assertThat(ParameterCount.text(1_280)).isEqualTo("1K");
        assertThat(ParameterCount.text(4_070_000)).isEqualTo("4.07M");
        assertThat(ParameterCount.text(134_515_008)).isEqualTo("134.52M");
        assertThat(ParameterCount.text(137_000_000)).isEqualTo("137M");
        assertThat(ParameterCount.text(1_235_814_432)).isEqualTo("1.2B");
        assertThat(ParameterCount.text(8_030_261_248L)).isEqualTo("8.0B");
        assertThat(ParameterCount.text(70_000_000_000L)).isEqualTo("70B");
    }
}
