package dev.paddock.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.cli.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTablesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Map<String, Object> json(String text) {
        return Json.object(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void storedModelsAreColumnsFourBlanksApart() {
        var tags = json("""
                {"models":[
                 {"name":"starter:latest","digest":"0123456789abcdef","size":4400000,"modified_at":"2026-11-22T11:55:00+00:00"},
                 {"name":"a:b","digest":"sha256:fedcba9876543210","size":1234,"modified_at":"2026-10-31T12:00:00.123+01:00"}]}
                """);
        assertThat(ModelTables.stored(tags, "", NOW)).hasToString("""
                NAME              ID              SIZE      MODIFIED
                starter:latest    0123456789ab    4.4 MB    5 minutes ago
                a:b               fedcba987654    1.2 KB    3 weeks ago
                """);
        assertThat(ModelTables.stored(tags, "STAR", NOW).toString())
                .contains("starter")
                .doesNotContain("a:b");
    }

    @Test
    void namesCannotSteerATerminal() {
        Table table = new Table("NAME");
        table.row("a\u001b[2Jb\u009b2Jc\u202egpj\u007f\né");
        assertThat(table).hasToString("NAME\na[2Jb2Jcgpjé\n");
    }

    @Test
    void loadedModelsSayWhereTheyRunAndHowLong() {
        var loaded = json("""
                {"models":[
                 {"name":"c","digest":"","size":100,"size_vram":0,"context_length":2048,"expires_at":"2026-11-22T12:04:10Z"},
                 {"name":"g","size":100,"size_vram":100,"context_length":1,"expires_at":"2318-01-01T00:00:00Z"},
                 {"name":"h","size":100,"size_vram":52,"context_length":1,"expires_at":"broken"}]}
                """);
        assertThat(ModelTables.loaded(loaded, "", NOW).toString())
                .contains("100% CPU", "2048", "4 minutes from now")
                .contains("100% GPU", "Forever")
                .contains("48%/52% CPU/GPU", "Never");
    }

    @Test
    void aModelWithoutTheDraftItShouldHaveSaysWhy() {
        var loaded = json("""
                {"models":[
                 {"name":"a","paddock":{"draft":{"model":"small","used":false,"reason":"it is not installed"}}},
                 {"name":"b","paddock":{"draft":{"model":"small","used":true}}},
                 {"name":"c","paddock":{}}]}
                """);
        assertThat(ModelTables.undrafted(loaded, ""))
                .containsExactly("a works without its draft model small: it is not installed");
        assertThat(ModelTables.undrafted(loaded, "b")).isEmpty();
    }

    @Test
    void namesCannotSteerTheTerminal() {
        var tags = json("{\"models\":[{\"name\":\"evil\\u001b[2Jx\"}]}");
        assertThat(ModelTables.stored(tags, "", NOW).toString()).doesNotContain("\u001b");
    }

    @Test
    void nothingAndNonsenseGiveOnlyTheTitles() {
        assertThat(ModelTables.stored(Map.of(), "", NOW).toString().lines()).hasSize(1);
        assertThat(ModelTables.loaded(json("{\"models\":[1,null,\"x\"]}"), "", NOW)
                        .toString()
                        .lines())
                .hasSize(1);
    }

    @Test
    void aModelCardHasItsSections() {
        var shown = json("""
                {"details":{"family":"llama","parameter_size":"4.1M","quantization_level":"Q8_0"},
                 "model_info":{"general.architecture":"llama","llama.context_length":2048,"llama.embedding_length":256},
                 "capabilities":["completion","tools"],"parameters":"stop                           \\"x\\"\\n",
                 "system":"one\\n\\ntwo\\nthree","license":"",
                 "prompt":{"origin":"gguf","why":"the file's Jinja template","format":"hermes","language":"jinja"}}
                """);
        assertThat(new ModelCard(shown, false)).hasToString("""
                  Model
                    architecture        llama
                    parameters          4.1M
                    context length      2048
                    embedding length    256
                    quantization        Q8_0
                    prompt              the file's Jinja template, format hermes

                  Capabilities
                    completion
                    tools

                  Parameters
                    stop    "x"

                  System
                    one
                    two
                    ...

                """);
    }

    @Test
    void aModelCardTellsMoreWhenAsked() {
        var shown = json("""
                {"details":{"family":"llama"},"damaged":"a blob is missing",
                 "projector_info":{"general.architecture":"clip","clip.vision.embedding_length":1024,
                   "clip.vision.projection_dim":768},
                 "model_info":{"tokenizer.ggml.tokens":["a","b","c","d","e"],"general.architecture":"llama"},
                 "tensors":[{"name":"token_embd.weight","type":"F16","shape":[256,64]}]}
                """);
        assertThat(new ModelCard(shown, true)).hasToString("""
                  Model
                    architecture    llama
                    damaged         a blob is missing

                  Projector
                    architecture        clip
                    embedding length    1024
                    dimensions          768

                  Metadata
                    general.architecture     llama
                    tokenizer.ggml.tokens    [a b c ...+2 more]

                  Tensors
                    token_embd.weight    F16 [256 64]

                """);
    }
}
