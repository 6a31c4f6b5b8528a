package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateTest {
    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
    }

    private void refused(Map<String, Digest> files, String words) {
        assertThatThrownBy(() -> store.shelf.create(ModelName.parse("m"), TestStore.files(files), _ -> {}))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(words);
        assertThat(store.shelf.list()).isEmpty();
    }

    @Test
    void aModelFromAFileIsListedWithItsFacts() {
        List<String> steps = new ArrayList<>();
        Digest weights = store.upload(TestStore.gguf("one"));
        var model =
                store.shelf.create(ModelName.parse("tiny"), TestStore.files(Map.of("a/m.gguf", weights)), steps::add);
        assertThat(steps)
                .containsExactly("parsing GGUF", "using existing layer " + weights, "writing manifest", "success");
        assertThat(model.name().display()).isEqualTo("tiny:latest");
        assertThat(model.details())
                .isEqualTo(new ModelDetails("a/m.gguf", "gguf", "llama", List.of("llama"), "1K", "Q8_0", 2048, 64));
        assertThat(model.capabilities()).containsExactly(Capability.COMPLETION);
        assertThat(model.template()).contains(new ChatTemplate(ChatTemplate.Language.JINJA, TestStore.JINJA));
        assertThat(model.weights()).exists().isEqualTo(dir.resolve("blobs").resolve("sha256-" + weights.hex()));
        assertThat(store.shelf.list()).containsExactly(model);
        assertThat(store.shelf.find(ModelName.parse("TINY:Latest"))).contains(model);
        assertThat(store.shelf.metadata(model)).containsEntry("tokenizer.ggml.tokens", List.of("a", "b", "c"));
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
    void aDerivedModelTakesOverAndChanges() {
        store.create("base", "one");
        var first = new ModelRecipe(
                Optional.of(ModelName.parse("base")),
                Map.of(),
                Optional.empty(),
                Optional.of("Be brief."),
                Options.of(Map.of("temperature", 0.5, "stop", List.of("x"), "num_ctx", 512)),
                List.of(new Message(Role.USER, "hi"), new Message(Role.ASSISTANT, "hello")),
                List.of("MIT"));
        store.shelf.create(ModelName.parse("child"), first, _ -> {});
        var second = new ModelRecipe(
                Optional.of(ModelName.parse("child")),
                Map.of(),
                Optional.of("{{ .Prompt }}"),
                Optional.of("Be long."),
                Options.of(Map.of("temperature", 1)),
                List.of(),
                List.of("Apache"));
        var model = store.shelf.create(ModelName.parse("grandchild"), second, _ -> {});
        assertThat(model.system()).isEqualTo("Be long.");
        assertThat(model.options().values())
                .containsEntry(Option.TEMPERATURE, 1.0)
                .containsEntry(Option.NUM_CTX, 512L)
                .containsEntry(Option.STOP, List.of("x"));
        assertThat(model.messages()).extracting(Message::content).containsExactly("hi", "hello");
        assertThat(model.licenses()).containsExactly("MIT", "Apache");
        assertThat(model.details().parentModel()).isEqualTo("child:latest");
        assertThat(model.template().orElseThrow().language())
                .as("the file's own Jinja template comes before a Go template")
                .isEqualTo(ChatTemplate.Language.JINJA);
    }

    @Test
    void aGoTemplateIsTheTemplateWhenTheFileHasNone() {
        Digest weights = store.upload(TestStore.bytes(TestStore.describe("no template")));
        var recipe = new ModelRecipe(
                Optional.empty(),
                Map.of("m.gguf", weights),
                Optional.of("{{ .Tools }}{{ .Prompt }}"),
                Optional.empty(),
                Options.NONE,
                List.of(),
                List.of());
        var model = store.shelf.create(ModelName.parse("m"), recipe, _ -> {});
        assertThat(model.template()).contains(new ChatTemplate(ChatTemplate.Language.GO, "{{ .Tools }}{{ .Prompt }}"));
        assertThat(model.capabilities()).containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS);
    }

    @Test
    void capabilitiesAreReadFromTheFile() {
        Digest thinker = store.upload(TestStore.bytes(
                TestStore.describe("thinks").text("tokenizer.chat_template", "{{ tools }}<think></think>")));
        Digest embedder =
                store.upload(TestStore.bytes(TestStore.describe("embeds").uint32("llama.pooling_type", 1)));
        assertThat(store.shelf
                        .create(ModelName.parse("a"), TestStore.files(Map.of("f", thinker)), _ -> {})
                        .capabilities())
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS, Capability.THINKING);
        assertThat(store.shelf
                        .create(ModelName.parse("b"), TestStore.files(Map.of("f", embedder)), _ -> {})
                        .capabilities())
                .containsExactly(Capability.EMBEDDING);
    }

    @Test
    void aDamagedFileIsRefusedInTheReadersWords() {
        byte[] whole = TestStore.gguf("one");
        refused(Map.of("m.gguf", store.upload(Arrays.copyOf(whole, whole.length - 100))), "the file ends too early");
        refused(Map.of("m.gguf", store.upload("nonsense".getBytes())), "does not begin with \"GGUF\"");
        refused(Map.of("m.gguf", store.upload(new byte[0])), "ends too early");
    }

    @Test
    void whatCannotBeUsedYetIsRefusedInWords() {
        Digest sound = store.upload(TestStore.gguf("one"));
        refused(Map.of("m.safetensors", sound), "not supported in this version");
        refused(Map.of("a.gguf", sound, "b.gguf", sound), "2 files were given");
        refused(Map.of(), "neither 'from' or 'files' was specified");
        refused(Map.of("../m.gguf", sound), "file path must be relative");
        refused(Map.of("/m.gguf", sound), "file path must be relative");
        refused(Map.of("m.gguf", Digest.of(new byte[] {1})), "upload it first");
        refused(upload(TestStore.describe("a").text("general.type", "adapter")), "adapters are not supported");
        refused(upload(TestStore.describe("p").text("general.type", "mmproj")), "projectors are not supported");
        refused(upload(TestStore.describe("s").uint32("split.count", 3)), "split models are not supported");
        refused(upload(new GgufWriter().text("general.architecture", "llama")), "holds no tensors");
    }

    private Map<String, Digest> upload(GgufWriter writer) {
        return Map.of("m.gguf", store.upload(TestStore.bytes(writer)));
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
    void anUnknownParentIsNotFound() {
        var recipe = new ModelRecipe(
                Optional.of(ModelName.parse("nobody")),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Options.NONE,
                List.of(),
                List.of());
        assertThatThrownBy(() -> store.shelf.create(ModelName.parse("m"), recipe, _ -> {}))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_NOT_FOUND))
                .hasMessage("model 'nobody:latest' not found");
    }
}
