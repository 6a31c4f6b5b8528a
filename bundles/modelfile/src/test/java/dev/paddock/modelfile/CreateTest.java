package dev.paddock.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.Traits;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTest {
    @TempDir
    Path dir;

    private Making making;

    @BeforeEach
    void open() {
        making = new Making(dir);
    }

    @AfterEach
    void close() {
        making.close();
    }

    private Map<String, Digest> base() {
        return making.upload("m.gguf", Making.model("one", "q8_0", Making.JINJA));
    }

    private static ModelRecipe.Changes changes(Traits traits, Map<String, Object> info) {
        return new ModelRecipe.Changes(
                Optional.empty(), Optional.empty(), Options.NONE, List.of(), List.of(), traits, info);
    }

    @Test
    void aModelFromAFileIsListedWithItsFacts() {
        Digest weights = base().get("m.gguf");
        var model = making.build("tiny", Making.files(Map.of("a/m.gguf", weights)));
        assertThat(making.steps())
                .containsExactly(
                        "parsing GGUF",
                        "validating GGUF model",
                        "using existing layer " + weights,
                        "writing manifest",
                        "success");
        assertThat(model.name().display()).isEqualTo("tiny:latest");
        assertThat(model.details())
                .isEqualTo(new ModelDetails("a/m.gguf", "gguf", "llama", List.of("llama"), "1.44M", "Q8_0", 8192, 256));
        assertThat(model.template()).contains(new ChatTemplate(ChatTemplate.Language.JINJA, Making.JINJA));
        assertThat(making.store.list()).containsExactly(model);
        assertThat(making.store.find(ModelName.parse("TINY:Latest"))).contains(model);
    }

    private static ModelRecipe.Changes first() {
        return new ModelRecipe.Changes(
                Optional.empty(),
                Optional.of("Be brief."),
                Options.of(Map.of("temperature", 0.5, "stop", List.of("x"), "num_ctx", 512)),
                List.of(new Message(Role.USER, "hi"), new Message(Role.ASSISTANT, "hello")),
                List.of("MIT"),
                new Traits("gemma4", "", "v0.19.0"),
                Map.of());
    }

    private static ModelRecipe.Changes second(String template) {
        return new ModelRecipe.Changes(
                Optional.of(template),
                Optional.of("Be long."),
                Options.of(Map.of("temperature", 1)),
                List.of(),
                List.of("Apache"),
                new Traits("", "qwen3", ""),
                Map.of());
    }

    @Test
    void aDerivedModelTakesOverAndChanges() {
        making.build("base", Making.files(base()));
        making.build("child", Making.from("base", first()));
        var model = making.build("grandchild", Making.from("child", second("{{ .Prompt }}")));
        assertThat(model.system()).isEqualTo("Be long.");
        assertThat(model.options().values())
                .containsEntry(Option.TEMPERATURE, 1.0)
                .containsEntry(Option.NUM_CTX, 512L)
                .containsEntry(Option.STOP, List.of("x"));
        assertThat(model.messages()).extracting(Message::content).containsExactly("hi", "hello");
        assertThat(model.licenses()).containsExactly("MIT", "Apache");
        assertThat(model.details().parentModel()).isEqualTo("child:latest");
        assertThat(model.traits()).isEqualTo(new Traits("gemma4", "qwen3", "v0.19.0"));
        assertThat(model.template().orElseThrow().language())
                .as("a renderer is named, which Ollama has in code, so the file's own Jinja template is used")
                .isEqualTo(ChatTemplate.Language.JINJA);
        assertThat(making.layers("grandchild"))
                .containsExactlyInAnyOrder("model", "system", "license", "params", "messages", "template", "license");
    }

    @Test
    void aGoTemplateIsTheTemplateWhenTheFileHasNone() {
        var files = making.upload("m.gguf", Making.packedModel("no template"));
        var template = new ModelRecipe.Changes(
                Optional.of("{{ .Tools }}{{ .Prompt }}"),
                Optional.empty(),
                Options.NONE,
                List.of(),
                List.of(),
                Traits.NONE,
                Map.of());
        var model =
                making.build("m", new ModelRecipe(ModelRecipe.Source.of(files), ModelRecipe.Packing.KEEP, template));
        assertThat(model.template()).contains(new ChatTemplate(ChatTemplate.Language.GO, "{{ .Tools }}{{ .Prompt }}"));
        assertThat(model.capabilities()).contains(Capability.COMPLETION, Capability.TOOLS);
    }

    @Test
    void aTemplateIsCheckedBeforeAnythingIsDone() throws Exception {
        making.build("base", Making.files(base()));
        making.builder.setTemplates(template -> {
            assertThat(template.language()).isEqualTo(ChatTemplate.Language.GO);
            if (template.text().contains("{{ if")) throw Faults.invalid("template error: 1:1: unexpected end");
        });
        making.refused(Making.from("base", second("{{ if }")), Fault.INVALID_REQUEST, "template error: 1:1");
        assertThat(making.told).isEmpty();
        making.build("m", Making.from("base", second("{{ .Prompt }}")));
    }

    @Test
    void factsOfTheConfigurationAreReplaced() {
        making.build("base", Making.files(base()));
        Map<String, Object> info = Map.of(
                "capabilities", List.of("completion", "vision"),
                "model_family", "other",
                "base_name", "Base",
                "quantization_level", "Q9",
                "parameter_size", "99B",
                "context_length", 7L,
                "embedding_length", 8.0);
        var model = making.build("m", Making.from("base", changes(Traits.NONE, info)));
        assertThat(model.capabilities()).contains(Capability.COMPLETION, Capability.VISION);
        assertThat(model.details())
                .isEqualTo(new ModelDetails("base:latest", "gguf", "other", List.of("llama"), "99B", "Q9", 7, 8));
        var child = making.build("n", Making.from("m"));
        assertThat(child.details().parameterSize()).as("and inherited").isEqualTo("99B");
        assertThat(child.capabilities()).contains(Capability.VISION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model_family     | 3   | must be a string
            parameter_size   | 3   | must be a string
            context_length   | -1  | must be a non-negative integer
            context_length   | 1.5 | must be a non-negative integer
            embedding_length | x   | must be a non-negative integer
            capabilities     | x   | must be a list of strings
            surprise         | x   | is not known
            """)
    void aFactOfTheWrongTypeIsRefused(String key, String value, String words) throws Exception {
        making.build("base", Making.files(base()));
        Object given = value.matches("-?[0-9.]+") ? Double.valueOf(value) : value;
        making.refused(
                Making.from("base", changes(Traits.NONE, Map.of(key, given))),
                Fault.INVALID_REQUEST,
                "info field \"" + key + "\" " + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.2", "latest", "0.14.0 "})
    void aVersionThatIsNoneIsRefused(String version) throws Exception {
        making.build("base", Making.files(base()));
        making.refused(
                Making.from("base", changes(new Traits("", "", version), Map.of())),
                Fault.INVALID_REQUEST,
                "requires must be a valid semver (e.g. 0.14.0)");
    }

    @Test
    void aDamagedFileIsRefusedInTheReadersWords() throws Exception {
        byte[] whole = Making.packedModel("one");
        refused(Map.of("m.gguf", making.upload(Arrays.copyOf(whole, whole.length - 100))), "the file ends too early");
        refused(Map.of("m.gguf", making.upload("nonsense".getBytes())), "supplied file was not in GGUF format");
        refused(Map.of("m.gguf", making.upload(new byte[0])), "supplied file was not in GGUF format");
        refused(Map.of("m.gguf", making.upload("tjgg1234".getBytes())), "unsupported model format");
    }

    private void refused(Map<String, Digest> files, String words) throws Exception {
        making.refused(Making.files(files), Fault.INVALID_REQUEST, words);
    }

    @Test
    void whatCannotBeAModelIsRefusedInWords() throws Exception {
        Digest sound = base().get("m.gguf");
        Digest text = making.upload("{}".getBytes());
        refused(Map.of(), "neither 'from' or 'files' was specified");
        refused(Map.of("../m.gguf", sound), "file path must be relative");
        refused(Map.of("/m.gguf", sound), "file path must be relative");
        refused(Map.of("m.gguf", Digest.of(new byte[] {1})), "upload it first");
        refused(Map.of("weights.bin", text), "unknown type");
        refused(Map.of("config.json", text), "unknown type");
        refused(making.upload("a.gguf", new GgufWriter().text("general.architecture", "llama")), "holds no tensors");
        refused(making.upload("a.gguf", new GgufWriter()), "does not name its architecture");
        refused(
                Map.of("a.gguf", sound, "b.gguf", making.upload(Making.packedModel("two"))),
                "a model has one file of weights");
        refused(making.upload("a.gguf", Making.other("adapter", "llama")), "a.gguf is an adapter");
        refused(making.upload("p.gguf", Making.other("mmproj", "clip")), "p.gguf is a projector");
    }

    @Test
    void aFileWithoutAnEndingIsKnownByItsBeginning() {
        var model = making.build("m", Making.files(Map.of("sha256-abc", base().get("m.gguf"))));
        assertThat(model.details().family()).isEqualTo("llama");
    }

    @Test
    void anUnknownParentIsNotFound() throws Exception {
        making.upload(new byte[1]);
        making.refused(Making.from("nobody"), Fault.MODEL_NOT_FOUND, "model 'nobody:latest' not found");
    }
}
