package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
    }

    @Test
    void theFilesAreLaidOutAsOllamaDoes() throws IOException {
        var model = store.create("tiny", "one");
        Path manifest = dir.resolve("manifests/registry.ollama.ai/library/tiny/latest");
        String config = "{\"model_format\":\"gguf\",\"model_family\":\"llama\",\"model_families\":[\"llama\"],"
                + "\"model_type\":\"1K\",\"file_type\":\"Q8_0\",\"context_length\":2048,\"embedding_length\":64,"
                + "\"architecture\":\"amd64\",\"os\":\"linux\"}";
        Digest configDigest = Digest.of(config.getBytes());
        assertThat(dir.resolve("blobs/sha256-" + configDigest.hex())).hasContent(config);
        assertThat(Files.readString(manifest))
                .isEqualTo(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\","
                                + "\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\",\"digest\":\""
                                + configDigest + "\",\"size\":" + config.length() + "},\"layers\":[{\"mediaType\":"
                                + "\"application/vnd.ollama.image.model\",\"digest\":\"" + model.weightsDigest()
                                + "\",\"size\":"
                                + Files.size(model.weights()) + ",\"from\":\"m.gguf\"}]}\n");
        assertThat(model.digest()).isEqualTo(Digest.of(Files.readAllBytes(manifest)));
        assertThat(model.size()).isEqualTo(Files.size(model.weights()) + config.length());
        assertThat(Files.getPosixFilePermissions(manifest)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Files.getPosixFilePermissions(model.weights()))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Files.getPosixFilePermissions(manifest.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Directories.entries(dir.resolve("manifests")))
                .as("no temporary file stays")
                .hasSize(1);
    }

    @Test
    void capabilitiesAreReadFromTheFile() {
        Digest thinker = store.upload(TestStore.bytes(
                TestStore.describe("thinks").text("tokenizer.chat_template", "{{ tools }}<think></think>")));
        Digest embedder =
                store.upload(TestStore.bytes(TestStore.describe("embeds").uint32("llama.pooling_type", 1)));
        assertThat(store.create("a", thinker).capabilities())
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS, Capability.THINKING);
        assertThat(store.create("b", embedder).capabilities()).containsExactly(Capability.EMBEDDING);
    }

    @Test
    void aReplacedModelLeavesNoUnusedLayersBehind() throws IOException {
        var before = store.create("m", "one");
        var kept = store.create("other", "one");
        var after = store.create("M", "two");
        assertThat(after.name().display()).as("the spelling on disk stays").isEqualTo("m:latest");
        assertThat(before.weights()).exists();
        store.shelf.delete(kept.name());
        assertThat(before.weights()).doesNotExist();
        assertThat(store.blobNames()).hasSize(2);
    }

    @Test
    void aManifestWithoutWeightsReplacesNothing() throws IOException {
        var model = store.create("m", "one");
        Digest text = store.writeBlob("an image of something else");
        String manifest = "{\"config\":{\"digest\":\"" + text + "\",\"size\":26},\"layers\":[{\"digest\":\"" + text
                + "\",\"size\":26}]}";
        assertThatThrownBy(() -> store.shelf.install(model.name(), manifest.getBytes(), _ -> {}))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining("no GGUF weights");
        assertThat(store.shelf.find(model.name()).orElseThrow().digest()).isEqualTo(model.digest());
    }

    @Test
    void aManifestWhoseBlobsAreNotAllThereGetsNoName() {
        Digest weights = store.upload(TestStore.gguf("one"));
        String manifest = "{\"config\":{\"digest\":\"" + weights + "\",\"size\":1},\"layers\":["
                + "{\"mediaType\":\"application/vnd.ollama.image.model\",\"digest\":\"" + weights + "\",\"size\":1}]}";
        assertThatThrownBy(() -> store.shelf.install(ModelName.parse("m"), manifest.getBytes(), _ -> {}))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.STORE_FAILED))
                .hasMessageContaining(weights + " is not there in full");
        assertThat(store.shelf.list()).isEmpty();
    }

    @Test
    void aCopyTakesNoContentAgain() throws IOException {
        var model = store.create("m", "one");
        store.shelf.copy(model.name(), ModelName.parse("twin"));
        assertThat(store.shelf.find(ModelName.parse("twin")).orElseThrow().digest())
                .isEqualTo(model.digest());
        assertThat(store.blobNames()).hasSize(2);
    }
}
