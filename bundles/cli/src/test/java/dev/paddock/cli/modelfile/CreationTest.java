package dev.paddock.cli.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreationTest {
    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    private Map<String, Object> request(String text) {
        Modelfile file = Modelfile.parse(text.getBytes(StandardCharsets.UTF_8));
        return new Creation(file, directory, path -> "sha256:" + path.getFileName(), warnings::add).request("new");
    }

    private void file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    @Test
    void aFileBecomesABlobAndANameStaysAName() throws IOException {
        file("tiny.gguf");
        assertThat(request("FROM ./tiny.gguf"))
                .containsEntry("files", Map.of("tiny.gguf", "sha256:tiny.gguf"))
                .doesNotContainKey("from");
        assertThat(request("FROM llama3.2:1b"))
                .containsEntry("from", "llama3.2:1b")
                .doesNotContainKey("files");
    }

    @Test
    void aDirectoryGivesItsWeightsAndWhatBelongsToThem() throws IOException {
        file("m/model-1.safetensors");
        file("m/config.json");
        file("m/sub/extra.json");
        file("m/readme.txt");
        file("m/old.gguf");
        assertThat((Map<?, ?>) request("FROM m").get("files"))
                .extracting(Map::keySet)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.COLLECTION)
                .containsExactlyInAnyOrder("model-1.safetensors", "config.json", "sub/extra.json");
    }

    @Test
    void aLinkThatLeadsOutsideIsRefused() throws IOException {
        file("secret.gguf");
        Files.createDirectories(directory.resolve("m"));
        Files.createSymbolicLink(directory.resolve("m/a.gguf"), directory.resolve("secret.gguf"));
        assertThatThrownBy(() -> request("FROM m")).hasMessageStartingWith("insecure path");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> request("FROM ./nope.gguf")).hasMessageContaining("nope.gguf");
        assertThatThrownBy(() -> request("FROM x\nADAPTER lora")).hasMessageContaining("ADAPTER lora");
        assertThatThrownBy(() -> request("FROM x\nDRAFT x")).hasMessageStartingWith("DRAFT must not reference");
    }

    @Test
    void everythingElseIsTakenOver() {
        var request = request("""
                FROM base
                SYSTEM Be brief.
                TEMPLATE {{ .Prompt }}
                PARAMETER temperature 0.5
                PARAMETER num_ctx 4096
                PARAMETER stop a
                PARAMETER stop b
                PARAMETER use_mlock true
                LICENSE one
                LICENSE two
                MESSAGE user hi
                MESSAGE assistant ho
                REQUIRES 0.14.0
                """);
        assertThat(request)
                .containsEntry("system", "Be brief.")
                .containsEntry("template", "{{ .Prompt }}")
                .containsEntry("requires", "0.14.0")
                .containsEntry("license", List.of("one", "two"))
                .containsEntry("parameters", Map.of("temperature", 0.5, "num_ctx", 4096L, "stop", List.of("a", "b")))
                .containsEntry(
                        "messages",
                        List.of(Map.of("role", "user", "content", "hi"), Map.of("role", "assistant", "content", "ho")));
        assertThat(warnings).singleElement().asString().contains("use_mlock");
    }

    @Test
    void badParametersAndVersionsAreNamed() {
        assertThatThrownBy(() -> request("FROM x\nPARAMETER speed 1")).hasMessage("unknown parameter 'speed'");
        assertThatThrownBy(() -> request("FROM x\nPARAMETER num_ctx big")).hasMessage("invalid int value [big]");
        assertThatThrownBy(() -> request("FROM x\nPARAMETER top_p NaN")).hasMessage("invalid float value [NaN]");
        assertThatThrownBy(() -> request("FROM x\nREQUIRES soon")).hasMessageContaining("semver");
    }
}
