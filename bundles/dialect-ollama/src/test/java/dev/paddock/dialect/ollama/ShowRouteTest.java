package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.Traits;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.cli.modelfile.Modelfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShowRouteTest {
    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() throws Exception {
        ollama.close();
    }

    private static StoredModel full(String system, String stop, String damage) {
        return new StoredModel(
                ModelName.parse("full"),
                Digest.of(new byte[0]),
                42,
                Instant.EPOCH,
                new ModelDetails("", "gguf", "llama", List.of("llama"), "4.1M", "Q8_0", 2048, 256),
                Set.of(Capability.COMPLETION),
                Path.of("/blobs/sha256-weights"),
                Digest.of(new byte[0]),
                List.of(Path.of("/blobs/sha256-one"), Path.of("/blobs/sha256-two")),
                Optional.of(new ChatTemplate(ChatTemplate.Language.JINJA, "{{ messages }}")),
                Optional.of(new ChatTemplate(ChatTemplate.Language.GO, "{{ .System }}\n\"{{ .Prompt }}\"")),
                system,
                Options.of(Map.of("stop", List.of(stop, "</s>"), "temperature", 1, "num_ctx", 512, "top_p", 0.9)),
                List.of(new Message(Role.USER, "hi\nyou"), new Message(Role.ASSISTANT, " \"ok\"")),
                List.of("MIT\nno warranty", "Apache"),
                List.of(Path.of("/blobs/sha256-projector")),
                Optional.of(Path.of("/blobs/sha256-draft")),
                new Traits("gemma4", "qwen3", "0.19.0"),
                damage);
    }

    private Map<String, Object> show(String body) throws Exception {
        return OllamaFixture.json(ollama.post("/api/show", body).body());
    }

    @Test
    void everythingIsShown() throws Exception {
        ollama.store.models.add(full("Be kind.", "<|im_end|>", ""));
        var shown = show("{\"model\":\"full\",\"verbose\":true}");
        assertThat(shown)
                .containsEntry("renderer", "gemma4")
                .containsEntry("parser", "qwen3")
                .containsEntry("requires", "0.19.0")
                .containsEntry("license", "MIT\nno warranty\nApache")
                .containsEntry("template", "{{ messages }}")
                .containsEntry(
                        "prompt",
                        Map.of(
                                "origin", "gguf",
                                "why", "the file's Jinja template",
                                "format", "text",
                                "language", "jinja"))
                .doesNotContainKey("damaged");
        assertThat(shown.get("tensors"))
                .isEqualTo(List.of(Map.of("name", "token_embd.weight", "type", "Q8_0", "shape", List.of(256, 32))));
        assertThat(shown.get("projector_info").toString()).contains("general.architecture=llama");
        assertThat(shown.get("parameters").toString().lines())
                .contains(
                        "temperature                    1",
                        "stop                           \"<|im_end|>\"",
                        "stop                           \"</s>\"",
                        "top_p                          0.9");
        assertThat(show("{\"model\":\"full\"}")).containsKey("tensors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two\nlines",
                " blanks around ",
                "\"quoted\"",
                "begins \"inside\" ends",
                "ends with \"",
                "\"",
                "line with \"\nanother\"\n",
                "# no comment",
                "three \"\"\" inside",
                "ends so \"\"\"",
                "Grüße 🐴"
            })
    void whatIsPrintedIsReadAgainAsItWas(String text) throws Exception {
        ollama.store.models.add(full(text, text, ""));
        String printed = show("{\"model\":\"full\"}").get("modelfile").toString();
        Modelfile read = Modelfile.parse(printed.getBytes(StandardCharsets.UTF_8));
        assertThat(read.values("from")).containsExactly("/blobs/sha256-weights", "/blobs/sha256-projector");
        assertThat(read.values("adapter")).containsExactly("/blobs/sha256-one", "/blobs/sha256-two");
        assertThat(read.values("draft")).containsExactly("/blobs/sha256-draft");
        assertThat(read.last("renderer")).isEqualTo("gemma4");
        assertThat(read.last("parser")).isEqualTo("qwen3");
        assertThat(read.last("requires")).isEqualTo("0.19.0");
        assertThat(read.last("template")).isEqualTo("{{ .System }}\n\"{{ .Prompt }}\"");
        assertThat(read.last("system")).isEqualTo(text);
        assertThat(read.values("license")).containsExactly("MIT\nno warranty", "Apache");
        assertThat(read.values("message")).containsExactly("hi\nyou", " \"ok\"");
        assertThat(read.instructions().stream()
                        .filter(i -> i.name().equals("stop"))
                        .map(Modelfile.Instruction::value))
                .containsExactly(text, "</s>");
        assertThat(read.instructions())
                .contains(
                        new Modelfile.Instruction("parameter", "temperature", "1"),
                        new Modelfile.Instruction("parameter", "num_ctx", "512"));
        assertThat(printed)
                .startsWith("# Modelfile generated by \"ollama show\"\n")
                .contains("# FROM full:latest\n\n");
    }

    @Test
    void whatNoQuotesCanHoldIsSaid() throws Exception {
        ollama.store.models.add(full("a\"\"\"\nb", "x", ""));
        assertThat(show("{\"model\":\"full\"}").get("modelfile").toString())
                .contains("# What follows ends at its first \"\"\" when it is read again.\nSYSTEM");
    }

    @Test
    void aJinjaTemplateStaysInTheWeights() throws Exception {
        var shown = show("{\"model\":\"tiny\"}");
        assertThat(shown).containsEntry("template", "{{ x }}");
        assertThat(shown.get("modelfile").toString()).doesNotContain("TEMPLATE");
    }

    @Test
    void anotherSystemTextAndOptionsChangeOnlyWhatIsPrinted() throws Exception {
        var shown = show("{\"model\":\"tiny\",\"system\":\"Be brief.\",\"options\":{\"temperature\":0.1,\"x\":1}}");
        assertThat(shown.get("modelfile").toString())
                .contains("SYSTEM Be brief.\n", "PARAMETER temperature 0.1\n", "PARAMETER stop x\n")
                .doesNotContain("Be kind.");
        assertThat(shown).containsEntry("system", "Be kind.");
        assertThat(shown.get("parameters").toString()).startsWith("temperature                    0.5");
    }

    @Test
    void aModelWhoseFilesAreDamagedIsShownWithTheReason() throws Exception {
        ollama.store.models.add(full("s", "x", "a blob of it is damaged"));
        ollama.store.damaged = true;
        var shown = show("{\"model\":\"full\",\"verbose\":true}");
        assertThat(shown)
                .containsEntry("damaged", "a blob of it is damaged")
                .containsEntry("model_info", Map.of())
                .containsEntry("system", "s")
                .doesNotContainKeys("tensors", "projector_info");
        assertThat(show("{\"model\":\"tiny\"}")).containsEntry("damaged", "the weights are not there");
    }
}
