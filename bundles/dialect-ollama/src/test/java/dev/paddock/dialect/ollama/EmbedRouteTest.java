package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.model.Option;
import dev.paddock.dialect.kit.ScriptedInference;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedRouteTest {
    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() throws Exception {
        ollama.close();
    }

    @Test
    void aTextBecomesOneVectorWithItsCost() throws Exception {
        ollama.inference.embeddings(answer(List.of(), new float[] {0.5f, -1f}));
        assertThat(json(embed("\"input\":\"hi\"")).toString())
                .isEqualTo("{model=tiny, embeddings=[[0.5, -1.0]], total_duration=6000000, load_duration=1000000,"
                        + " prompt_eval_count=9}");
        var asked = (EmbedRequest) ollama.inference.asked.getFirst();
        assertThat(asked.inputs()).containsExactly(new EmbedInput.Text("hi"));
        assertThat(asked.truncate()).isTrue();
        assertThat(asked.dimensions()).isZero();
        assertThat(asked.keepAlive()).isEmpty();
    }

    @Test
    void manyTextsKeepTheirOrderAndWhatWasCutIsTold() throws Exception {
        ollama.inference.embeddings(answer(List.of(1), new float[] {1}, new float[] {0.5f}));
        var response = embed("\"input\":[\"a\",\"\"],\"truncate\":false,\"dimensions\":1,\"keep_alive\":\"5m\","
                + "\"options\":{\"num_ctx\":64,\"nonsense\":1},\"more\":2");
        assertThat(json(response)).containsEntry("truncated", List.of(1));
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).contains("more, options.nonsense");
        var asked = (EmbedRequest) ollama.inference.asked.getFirst();
        assertThat(asked.inputs()).containsExactly(new EmbedInput.Text("a"), new EmbedInput.Text(""));
        assertThat(asked.truncate()).isFalse();
        assertThat(asked.dimensions()).isEqualTo(1);
        assertThat(asked.options().integer(Option.NUM_CTX, 0)).isEqualTo(64);
        assertThat(asked.keepAlive().orElseThrow().idle()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"input\":\"\"", "\"input\":[]", "\"input\":null", "\"options\":{}"})
    void nothingToEmbedOnlyLoadsTheModel(String fields) throws Exception {
        assertThat(json(embed(fields)).toString()).isEqualTo("{model=tiny, embeddings=[]}");
        assertThat(ollama.inference.asked.getFirst()).isInstanceOf(ScriptedInference.Load.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"input\":5", "\"input\":{\"a\":1}", "\"input\":[\"a\",1]", "\"input\":[null]"})
    void anythingElseThanTextsIsRefusedBeforeTheModelIsLookedUp(String fields) throws Exception {
        var response = ollama.post("/api/embed", "{\"model\":\"nope\"," + fields + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response)).containsEntry("error", "invalid input type");
    }

    @Test
    void failuresKeepOllamasWords() throws Exception {
        var unnamed = ollama.post("/api/embed", "{\"input\":\"x\"}");
        assertThat(unnamed.statusCode()).isEqualTo(404);
        assertThat(json(unnamed)).containsEntry("error", "model '' not found");
        for (String path : List.of("/api/embed", "/api/embeddings")) {
            var unknown = ollama.post(path, "{\"model\":\"nope\",\"input\":\"x\",\"prompt\":\"x\"}");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(json(unknown)).containsEntry("error", "model \"nope\" not found, try pulling it first");
        }
        ollama.inference.fail(Fault.CONTEXT_TOO_LONG, "the input length exceeds the context length: 9 of 8");
        var long400 = embed("\"input\":\"x\",\"truncate\":false");
        assertThat(long400.statusCode()).isEqualTo(400);
        assertThat(long400.body()).contains("exceeds the context length");
    }

    @Test
    void adaptersAreRefusedBecauseVectorsAreTheBaseModels() throws Exception {
        for (String path : List.of("/api/embed", "/api/embeddings")) {
            var refused = ollama.post(
                    path,
                    "{\"model\":\"tiny\",\"input\":\"x\",\"prompt\":\"x\",\"adapters\":[{\"model\":\"polite\"}]}");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("adapters", "not supported");
        }
        assertThat(ollama.inference.asked).isEmpty();
    }

    @Test
    void theOldRouteGivesOneVectorAndNeverCuts() throws Exception {
        ollama.inference.embeddings(answer(List.of(), new float[] {0.25f}));
        assertThat(json(ollama.post("/api/embeddings", "{\"model\":\"tiny\",\"prompt\":\"hi\"}"))
                        .toString())
                .isEqualTo("{embedding=[0.25]}");
        var asked = (EmbedRequest) ollama.inference.asked.getFirst();
        assertThat(asked.truncate()).isFalse();
        assertThat(json(ollama.post("/api/embeddings", "{\"model\":\"tiny\"}")).toString())
                .isEqualTo("{embedding=[]}");
        var unnamed = ollama.post("/api/embeddings", "{\"prompt\":\"x\"}");
        assertThat(unnamed.statusCode()).isEqualTo(400);
        assertThat(json(unnamed)).containsEntry("error", "model is required");
    }

    private HttpResponse<String> embed(String fields) throws Exception {
        return ollama.post("/api/embed", "{\"model\":\"tiny\"," + fields + "}");
    }

    private static Map<String, Object> json(HttpResponse<String> response) {
        return OllamaFixture.json(response.body());
    }

    private static Embeddings answer(List<Integer> truncated, float[]... vectors) {
        return new Embeddings(
                "tiny:latest", List.of(vectors), 9, truncated, Duration.ofMillis(1), Duration.ofMillis(6));
    }
}
