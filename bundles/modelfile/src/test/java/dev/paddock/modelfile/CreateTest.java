package dev.paddock.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.Traits;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.store.FileModelStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateTest {
    private static final String JINJA = "{% for m in messages %}{{ m.content }}{% endfor %}";

    @TempDir
    Path dir;

    FileModelStore store;
    ModelBuilder builder;

    @BeforeEach
    void open() {
        store = FileModelStore.at(dir.resolve("models"));
        builder = new StoredModelBuilder(store, store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredModel build(String name, ModelRecipe recipe) {
        return builder.build(ModelName.parse(name), recipe, _ -> {});
    }

    private static ModelRecipe files(Map<String, Digest> files) {
        return ModelRecipe.of(ModelRecipe.Source.of(files));
    }

    private Digest upload(byte[] content) {
        return store.put(new ByteArrayInputStream(content)).digest();
    }

    private Map<String, Digest> upload(GgufWriter writer) {
        return Map.of("m.gguf", upload(bytes(writer)));
    }

    private static byte[] gguf(String salt) {
        return bytes(describe(salt).text("tokenizer.chat_template", JINJA));
    }

    private static GgufWriter describe(String salt) {
        return new GgufWriter()
                .text("general.architecture", "llama")
                .text("general.name", salt)
                .uint32("general.file_type", 7)
                .uint32("llama.context_length", 2048)
                .uint32("llama.embedding_length", 64)
                .tensor("t", GgmlType.Q8_0, List.of(64L, 20L), out -> out.write(ByteBuffer.allocate(20 * 68)));
    }

    private static byte[] bytes(GgufWriter writer) {
        var out = new ByteArrayOutputStream();
        try {
            writer.write(Channels.newChannel(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void refused(Map<String, Digest> files, String words) {
        assertThatThrownBy(() -> build("m", files(files)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(words);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aModelFromAFileIsListedWithItsFacts() {
        List<String> steps = new ArrayList<>();
        Digest weights = upload(gguf("one"));
        var model = builder.build(
                ModelName.parse("tiny"), files(Map.of("a/m.gguf", weights)), step -> steps.add(step.status()));
        assertThat(steps)
                .containsExactly("parsing GGUF", "using existing layer " + weights, "writing manifest", "success");
        assertThat(model.name().display()).isEqualTo("tiny:latest");
        assertThat(model.details())
                .isEqualTo(new ModelDetails("a/m.gguf", "gguf", "llama", List.of("llama"), "1K", "Q8_0", 2048, 64));
        assertThat(model.template()).contains(new ChatTemplate(ChatTemplate.Language.JINJA, JINJA));
        assertThat(store.list()).containsExactly(model);
        assertThat(store.find(ModelName.parse("TINY:Latest"))).contains(model);
    }

    @Test
    void aDerivedModelTakesOverAndChanges() {
        build("base", files(Map.of("m.gguf", upload(gguf("one")))));
        var first = derived(
                "base",
                new ModelRecipe.Changes(
                        Optional.empty(),
                        Optional.of("Be brief."),
                        Options.of(Map.of("temperature", 0.5, "stop", List.of("x"), "num_ctx", 512)),
                        List.of(new Message(Role.USER, "hi"), new Message(Role.ASSISTANT, "hello")),
                        List.of("MIT"),
                        Traits.NONE,
                        Map.of()));
        build("child", first);
        var second = derived(
                "child",
                new ModelRecipe.Changes(
                        Optional.of("{{ .Prompt }}"),
                        Optional.of("Be long."),
                        Options.of(Map.of("temperature", 1)),
                        List.of(),
                        List.of("Apache"),
                        Traits.NONE,
                        Map.of()));
        var model = build("grandchild", second);
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

    private static ModelRecipe derived(String from, ModelRecipe.Changes changes) {
        return new ModelRecipe(ModelRecipe.Source.of(ModelName.parse(from)), ModelRecipe.Packing.KEEP, changes);
    }

    @Test
    void aGoTemplateIsTheTemplateWhenTheFileHasNone() {
        var files = upload(describe("no template"));
        var template = new ModelRecipe.Changes(
                Optional.of("{{ .Tools }}{{ .Prompt }}"),
                Optional.empty(),
                Options.NONE,
                List.of(),
                List.of(),
                Traits.NONE,
                Map.of());
        var model = build("m", new ModelRecipe(ModelRecipe.Source.of(files), ModelRecipe.Packing.KEEP, template));
        assertThat(model.template()).contains(new ChatTemplate(ChatTemplate.Language.GO, "{{ .Tools }}{{ .Prompt }}"));
        assertThat(model.capabilities()).containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS);
    }

    @Test
    void aDamagedFileIsRefusedInTheReadersWords() {
        byte[] whole = gguf("one");
        refused(Map.of("m.gguf", upload(Arrays.copyOf(whole, whole.length - 100))), "the file ends too early");
        refused(Map.of("m.gguf", upload("nonsense".getBytes())), "does not begin with \"GGUF\"");
        refused(Map.of("m.gguf", upload(new byte[0])), "ends too early");
    }

    @Test
    void whatCannotBeUsedYetIsRefusedInWords() {
        Digest sound = upload(gguf("one"));
        refused(Map.of("m.safetensors", sound), "not supported in this version");
        refused(Map.of("a.gguf", sound, "b.gguf", sound), "2 files were given");
        refused(Map.of(), "neither 'from' or 'files' was specified");
        refused(Map.of("../m.gguf", sound), "file path must be relative");
        refused(Map.of("/m.gguf", sound), "file path must be relative");
        refused(Map.of("m.gguf", Digest.of(new byte[] {1})), "upload it first");
        refused(upload(describe("a").text("general.type", "adapter")), "adapters are not supported");
        refused(upload(describe("p").text("general.type", "mmproj")), "projectors are not supported");
        refused(upload(describe("s").uint32("split.count", 3)), "split models are not supported");
        refused(upload(new GgufWriter().text("general.architecture", "llama")), "holds no tensors");
    }

    @Test
    void anUnknownParentIsNotFound() {
        assertThatThrownBy(() -> build("m", ModelRecipe.of(ModelRecipe.Source.of(ModelName.parse("nobody")))))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_NOT_FOUND))
                .hasMessage("model 'nobody:latest' not found");
    }
}
