package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Traits;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request becomes a recipe. */
class CreateRouteTest {
    private static final String DIGEST = Digest.of(new byte[] {1}).toString();

    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() throws Exception {
        ollama.close();
    }

    private ModelRecipe recipe(String body) throws Exception {
        var response = ollama.post("/api/create", body.replace("%s", DIGEST));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ollama.store.recipes.getLast();
    }

    @Test
    void aPathOfVeryManyFoldersIsAPath() throws Exception {
        String path = "a/".repeat(24_000) + "m.gguf";
        assertThat(recipe("{\"model\": \"new\", \"files\": {\"" + path + "\": \"%s\"}}")
                        .source()
                        .files())
                .containsOnlyKeys(path);
    }

    @Test
    void everyFieldReachesTheBuilder() throws Exception {
        ModelRecipe recipe = recipe("""
                {"model": "new", "from": "tiny", "files": {"p/m.gguf": "%s"}, "draft_files": {"d.gguf": "%s"},
                 "adapters": {"a.gguf": "%s"}, "quantize": "q4_K_M", "draft_quantize": "Q8_0", "requantize": true,
                 "template": "{{ .Prompt }}", "system": "s", "renderer": "gemma4", "parser": "qwen3",
                 "requires": "0.19.0", "license": ["MIT", ""], "parameters": {"top_k": 3},
                 "messages": [{"role": "user", "content": "c"}],
                 "info": {"capabilities": ["vision"], "context_length": 7}}""");
        assertThat(recipe.source().from()).contains(ModelName.parse("tiny"));
        assertThat(recipe.source().files()).containsOnlyKeys("p/m.gguf");
        assertThat(recipe.source().draftFiles()).containsOnlyKeys("d.gguf");
        assertThat(recipe.source().adapters()).containsOnlyKeys("a.gguf");
        assertThat(recipe.packing()).isEqualTo(new ModelRecipe.Packing("q4_K_M", "Q8_0", true));
        ModelRecipe.Changes changes = recipe.changes();
        assertThat(changes.template()).contains("{{ .Prompt }}");
        assertThat(changes.system()).contains("s");
        assertThat(changes.traits()).isEqualTo(new Traits("gemma4", "qwen3", "0.19.0"));
        assertThat(changes.licenses()).containsExactly("MIT");
        assertThat(changes.options().values()).containsEntry(Option.TOP_K, 3L);
        assertThat(changes.messages()).hasSize(1);
        assertThat(changes.info()).containsOnlyKeys("capabilities", "context_length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quantize", "quantization"})
    void bothNamesOfTheTypeAreRead(String field) throws Exception {
        assertThat(recipe("{\"model\":\"n\",\"from\":\"tiny\",\"" + field + "\":\"F16\"}")
                        .packing()
                        .quantize())
                .isEqualTo("F16");
    }

    @Test
    void emptyTextsChangeNothing() throws Exception {
        ModelRecipe recipe = recipe("""
                {"model": "n", "from": "tiny", "template": "", "system": "", "quantize": "", "renderer": "",
                 "license": "", "messages": [], "files": {}, "remote_host": ""}""");
        assertThat(recipe.changes().template()).isEmpty();
        assertThat(recipe.changes().system()).isEmpty();
        assertThat(recipe.changes().licenses()).isEmpty();
        assertThat(recipe.packing()).isEqualTo(ModelRecipe.Packing.KEEP);
    }

    @Test
    void factsThatNoConfigurationHasAreTold() throws Exception {
        var response = ollama.post(
                "/api/create", "{\"model\":\"n\",\"from\":\"tiny\",\"info\":{\"base_name\":\"b\",\"colour\":\"red\"}}");
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).contains("info.colour");
        assertThat(ollama.store.recipes.getLast().changes().info()).isEqualTo(Map.of("base_name", "b"));
    }

    @Test
    void aFailureBeforeTheFirstLineKeepsItsStatus() throws Exception {
        var response = ollama.post("/api/create", "{\"model\":\"n\",\"from\":\"nope\"}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":\"model 'nope' not found\"}");
        ollama.store.failure = new PaddockException(Fault.INVALID_REQUEST, "unknown type");
        var late = ollama.post("/api/create", "{\"model\":\"n\",\"from\":\"tiny\"}");
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(OllamaFixture.lines(late).getLast()).isEqualTo(Map.of("error", "unknown type"));
    }
}
