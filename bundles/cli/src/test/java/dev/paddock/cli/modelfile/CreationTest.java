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

    private Map<?, ?> files(String text) {
        return (Map<?, ?>) request(text).get("files");
    }

    @Test
    void ofOnePartOfASplitModelAllAreMeant() throws IOException {
        for (int i = 1; i <= 3; i++) file("m/big-0000" + i + "-of-00003.gguf");
        for (int part : new int[] {1, 3}) {
            assertThat(files("FROM m/big-0000" + part + "-of-00003.gguf")
                            .keySet()
                            .toString())
                    .isEqualTo("[big-00001-of-00003.gguf, big-00002-of-00003.gguf, big-00003-of-00003.gguf]");
        }
        Files.delete(directory.resolve("m/big-00002-of-00003.gguf"));
        assertThatThrownBy(() -> request("FROM m/big-00001-of-00003.gguf"))
                .hasMessageContaining("is one of 3 parts of a model; part 2 is not beside it");
    }

    @Test
    void severalFilesAreNamedByWhatTheyHaveInCommon() throws IOException {
        file("a/m.gguf");
        file("b/c/m.gguf");
        file("one.gguf");
        file("two.gguf");
        assertThat(files("FROM a/m.gguf\nFROM b/c/m.gguf").keySet().toString()).isEqualTo("[a/m.gguf, b/c/m.gguf]");
        var request = request("FROM base\nFROM one.gguf\nADAPTER one.gguf\nADAPTER two.gguf\nDRAFT a/m.gguf");
        assertThat(request).containsEntry("from", "base");
        assertThat(((Map<?, ?>) request.get("files")).keySet().toString()).isEqualTo("[one.gguf]");
        assertThat(((Map<?, ?>) request.get("adapters")).keySet().toString()).isEqualTo("[one.gguf, two.gguf]");
        assertThat(((Map<?, ?>) request.get("draft_files")).keySet().toString()).isEqualTo("[m.gguf]");
        assertThatThrownBy(() -> request("FROM base\nFROM other")).hasMessageContaining("it is made of base already");
        assertThatThrownBy(() -> request("FROM one.gguf\nDRAFT ./one.gguf"))
                .hasMessage("DRAFT must not reference the same local path as FROM: ./one.gguf");
    }

    @Test
    void anAdaptersDirectoryGivesItsFiles() throws IOException {
        file("lora/adapter_model.safetensors");
        file("lora/adapter_config.json");
        file("lora/readme.md");
        assertThat(((Map<?, ?>) request("FROM base\nADAPTER lora").get("adapters"))
                        .keySet()
                        .toString())
                .isEqualTo("[adapter_config.json, adapter_model.safetensors]");
    }

    @Test
    void weightsOfPyTorchAreRefusedBeforeTheyAreSent() throws IOException {
        file("m/pytorch_model.bin");
        assertThatThrownBy(() -> request("FROM m")).hasMessageContaining("weights of PyTorch, which are not converted");
        Files.writeString(directory.resolve("m/pytorch_model.bin"), "GGUF and more");
        assertThat(files("FROM m").keySet().toString()).isEqualTo("[pytorch_model.bin]");
    }

    @Test
    void homesAreFoundByTheirUsers() throws IOException {
        Path users = Files.writeString(
                directory.resolve("passwd"), "root:x:0:0::/root:/bin/sh\nanna:x:7:7:A,B:/homes/anna:/bin/sh\nbad\n");
        var files = new ModelFiles(directory, new HomeDirectories(Path.of("/homes/me"), users));
        assertThat(files.path("~/m.gguf")).isEqualTo(Path.of("/homes/me/m.gguf"));
        assertThat(files.path("~")).isEqualTo(Path.of("/homes/me"));
        assertThat(files.path("~anna/m/../x.gguf")).isEqualTo(Path.of("/homes/anna/x.gguf"));
        assertThat(files.path("~anna")).isEqualTo(Path.of("/homes/anna"));
        assertThatThrownBy(() -> files.path("~bad/x")).hasMessage("~bad/x: there is no user bad");
    }

    @Test
    void aLinkThatLeadsOutsideIsRefused() throws IOException {
        file("secret.gguf");
        Files.createDirectories(directory.resolve("m"));
        Files.createSymbolicLink(directory.resolve("m/a.gguf"), directory.resolve("secret.gguf"));
        assertThatThrownBy(() -> request("FROM m"))
                .hasMessageStartingWith("insecure path")
                .hasMessageContaining("--local-dir");
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
