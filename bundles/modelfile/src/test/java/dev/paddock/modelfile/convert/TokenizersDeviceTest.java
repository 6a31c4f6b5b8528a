package dev.paddock.modelfile.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** llama.cpp splits texts with a converted tokenizer as the makers' own libraries do with the original. */
class TokenizersDeviceTest {
    @TempDir
    private Path folder;

    static Stream<String> ways() throws IOException {
        return Sample.json("tokenizers/expected.json")
                .path("bpe")
                .path("ways")
                .valueStream()
                .map(way -> way.path("name").asString());
    }

    @BeforeEach
    void check() {
        Runner.assumeThere();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void mergedBytesAfterEachWayToSplitWords(String name) throws Exception {
        JsonNode bpe = Sample.json("tokenizers/expected.json").path("bpe");
        JsonNode way = bpe.path("ways")
                .valueStream()
                .filter(known -> known.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, Path> files = Sample.of("llama3").files(folder);
        ObjectNode tokenizer = (ObjectNode) JsonMapper.shared().readTree(files.get("tokenizer.json"));
        tokenizer.set("pre_tokenizer", way.path("pre_tokenizer"));
        ((ObjectNode) tokenizer.path("model")).set("ignore_merges", way.path("ignore_merges"));
        Files.write(files.get("tokenizer.json"), JsonMapper.shared().writeValueAsBytes(tokenizer));
        Path model = converted(files);
        assertThat(GgufFile.read(model).text("tokenizer.ggml.pre")).contains(name);
        assertTokens(model, bpe.path("texts"), way.path("ids"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma"})
    void aSentencePieceModel(String kind) throws Exception {
        Map<String, Path> files =
                Sample.of(kind.equals("llama") ? "mistral" : "gemma2").files(folder);
        assertThat(files).containsKey("tokenizer.model");
        assertSentencePieces(files, kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma"})
    void theMergesOfASentencePieceModelWithoutTheModel(String kind) throws Exception {
        Map<String, Path> files =
                Sample.of(kind.equals("llama") ? "mistral" : "gemma2").files(folder);
        files.remove("tokenizer.model");
        assertSentencePieces(files, kind);
    }

    private void assertSentencePieces(Map<String, Path> files, String kind) throws Exception {
        JsonNode expected = Sample.json("tokenizers/expected.json").path("spm").path(kind);
        Path model = converted(files);
        assertTokens(model, expected.path("texts"), expected.path("ids"));
    }

    @Test
    void piecesOfWords() throws Exception {
        Map<String, Path> files = Sample.of("bert-mean").files(folder);
        assertWordPieces(files);
        files.remove("tokenizer.json");
        assertWordPieces(files);
    }

    private void assertWordPieces(Map<String, Path> files) throws Exception {
        JsonNode expected = Sample.json("tokenizers/expected.json").path("wordpiece");
        assertTokens(converted(files), expected.path("texts"), expected.path("ids"));
    }

    private Path converted(Map<String, Path> files) throws IOException {
        Path model = folder.resolve("model.gguf");
        Conversion.convert(files, model, ConversionProgress.SILENT);
        return model;
    }

    private void assertTokens(Path model, JsonNode texts, JsonNode expected) throws Exception {
        List<String> asked = texts.valueStream().map(JsonNode::asString).toList();
        List<List<Integer>> found = Runner.tokens(folder, model, asked);
        assertThat(found).hasSameSizeAs(asked);
        for (int i = 0; i < asked.size(); i++) {
            List<Integer> ids = new ArrayList<>();
            for (JsonNode id : expected.get(i)) ids.add(id.asInt());
            assertThat(found.get(i)).as("\"" + asked.get(i) + "\"").isEqualTo(ids);
        }
    }
}
