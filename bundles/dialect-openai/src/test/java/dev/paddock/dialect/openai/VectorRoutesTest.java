package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.inference.Ranking;
import dev.paddock.api.inference.RerankRequest;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorRoutesTest {
    private final ScriptedInference inference = new ScriptedInference();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer()
                .with(new OpenAiFront(), "/v1/*")
                .with(
                        new OpenAiApi(inference, new OneModelStore(), new QuickSettings()),
                        OpenAiApi.EMBEDDINGS,
                        OpenAiApi.RERANK)
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aTextBecomesAListOfOneVector() throws Exception {
        inference.embeddings(embeddings(List.of(), new float[] {0.5f, -1f}));
        assertThat(json(embed("\"input\":\"\",\"user\":\"u\"")).toString())
                .startsWith(
                        "{object=list, data=[{object=embedding, embedding=[0.5, -1.0], index=0}], model=tiny, usage={")
                .contains("prompt_tokens=9", "total_tokens=9")
                .doesNotContain("truncated");
        assertThat(asked().inputs()).containsExactly(new EmbedInput.Text(""));
        assertThat(asked().truncate()).isFalse();
    }

    @Test
    void base64HoldsLittleEndianFloats() throws Exception {
        inference.embeddings(embeddings(List.of(1), new float[] {1f}, new float[] {-2f}));
        var answer = json(embed("\"input\":[\"a\",\"b\"],\"encoding_format\":\"BASE64\",\"truncate\":true"));
        assertThat(answer.get("data").toString())
                .isEqualTo("[{object=embedding, embedding=AACAPw==, index=0},"
                        + " {object=embedding, embedding=AAAAwA==, index=1}]");
        assertThat(answer).containsEntry("truncated", List.of(1));
        assertThat(asked().truncate()).isTrue();
    }

    @Test
    void tokensMayBeSentInsteadOfText() throws Exception {
        inference.embeddings(embeddings(List.of(), new float[] {1}));
        embed("\"input\":[1,2],\"dimensions\":1");
        assertThat(((EmbedInput.Tokens) asked().inputs().getFirst()).tokens()).containsExactly(1, 2);
        assertThat(asked().dimensions()).isEqualTo(1);
        inference.asked.clear();
        inference.embeddings(embeddings(List.of(), new float[] {1}, new float[] {1}));
        embed("\"input\":[[3],[4,5]]");
        assertThat(((EmbedInput.Tokens) asked().inputs().get(1)).tokens()).containsExactly(4, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input\":[]",
                "\"input\":null",
                "\"input\":7",
                "\"input\":[1,\"a\"]",
                "\"input\":[null]",
                "\"input\":[1.5]",
                "\"input\":\"a\",\"dimensions\":0",
                "\"input\":\"a\",\"encoding_format\":\"int8\"",
                "\"input\":\"a\",\"adapters\":[{\"model\":\"polite\"}]"
            })
    void whatMakesNoSenseIsRefused(String fields) throws Exception {
        var response = embed(fields);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_request_error");
        assertThat(inference.asked).isEmpty();
    }

    @Test
    void documentsAreSortedByTheirScore() throws Exception {
        inference.ranking(ranking(List.of(), 0.5f, -3f, 2f));
        var response = rerank("\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"},\"c\"]");
        assertThat(json(response).get("results").toString())
                .isEqualTo("[{index=2, relevance_score=2.0}, {index=0, relevance_score=0.5},"
                        + " {index=1, relevance_score=-3.0}]");
        var asked = (RerankRequest) inference.asked.getFirst();
        assertThat(asked.documents()).containsExactly("a", "b", "c");
        assertThat(asked.truncate()).isFalse();
    }

    @Test
    void onlyTheBestAreSentWithTheirTextWhenAskedForSo() throws Exception {
        inference.ranking(ranking(List.of(0), 1f, 2f));
        var answer = json(rerank(
                "\"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_n\":1,\"return_documents\":true,\"truncate\":true"));
        assertThat(answer.get("results").toString()).isEqualTo("[{index=1, relevance_score=2.0, document={text=b}}]");
        assertThat(answer).containsEntry("truncated", List.of(0)).containsEntry("model", "tiny");
        assertThat(answer.get("usage").toString()).contains("total_tokens=12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"documents\":[\"a\"]",
                "\"query\":\"q\"",
                "\"query\":\"q\",\"documents\":[]",
                "\"query\":\"q\",\"documents\":[5]",
                "\"query\":\"q\",\"documents\":[{\"body\":\"a\"}]",
                "\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":0",
                "\"query\":\"q\",\"documents\":[\"a\"],\"adapters\":[{\"model\":\"polite\"}]"
            })
    void aRankingWithoutSenseIsRefused(String fields) throws Exception {
        assertThat(rerank(fields).statusCode()).isEqualTo(400);
        assertThat(inference.asked).isEmpty();
    }

    private EmbedRequest asked() {
        return (EmbedRequest) inference.asked.getFirst();
    }

    private HttpResponse<String> embed(String fields) throws Exception {
        return server.send("POST", "/v1/embeddings", "{\"model\":\"tiny\"," + fields + "}");
    }

    private HttpResponse<String> rerank(String fields) throws Exception {
        return server.send("POST", "/v1/rerank", "{\"model\":\"tiny\"," + fields + "}");
    }

    private static Map<String, Object> json(HttpResponse<String> response) {
        return Json.parseObject(response.body()).orElseThrow(() -> new AssertionError(response.body()));
    }

    private static Embeddings embeddings(List<Integer> truncated, float[]... vectors) {
        return new Embeddings("tiny:latest", List.of(vectors), 9, truncated, Duration.ZERO, Duration.ofMillis(6));
    }

    private static Ranking ranking(List<Integer> truncated, float... scores) {
        return new Ranking("tiny:latest", scores, 12, truncated, Duration.ZERO, Duration.ofMillis(6));
    }
}
