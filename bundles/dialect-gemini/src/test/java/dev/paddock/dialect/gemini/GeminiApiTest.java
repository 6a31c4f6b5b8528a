package dev.paddock.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.SseReader;
import dev.paddock.dialect.kit.TestServer;
import dev.paddock.testkit.FakeStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeminiApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TINY = "/v1beta/models/tiny:";
    private static final String HI = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]%s}";
    private static final String THOUGHTS = ",\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}";

    private final ScriptedInference inference = new ScriptedInference();
    private final GeminiApi api = new GeminiApi(inference, FakeStore.with("a/e", "b", "c"), new QuickSettings());
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer()
                .with(new GeminiFront(), "/v1beta/*")
                .with(api, GeminiApi.MODELS, GeminiApi.MODEL)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String verb, String more) throws Exception {
        return server.send("POST", TINY + verb, HI.formatted(more));
    }

    private static void assertGolden(String name, String answer) throws IOException {
        try (var golden = GeminiApiTest.class.getResourceAsStream("transcripts/" + name)) {
            assertThat(golden).as(name).isNotNull();
            assertThat(answer).as(name).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void play() {
        inference
                .piece(new OutputPiece.Thinking("hm"))
                .say("Good ", "day 😀")
                .call(0, new ToolCall("call_1", "add", Map.of("a", 1)), "{\"a\":", "1}")
                .end(StopReason.STOP);
    }

    @Test
    void aWholeAnswerIsOneResponse() throws Exception {
        play();
        assertGolden("whole.json", ask("generateContent", THOUGHTS).body());
    }

    @Test
    void aStreamOfEventsHasAResponseForEachPiece() throws Exception {
        play();
        var response = ask("streamGenerateContent?alt=sse", THOUGHTS);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(SseReader.all(response.body())).hasSize(5).noneMatch(SseReader.Event::done);
        assertGolden("stream.sse", response.body());
    }

    @Test
    void aStreamWithoutEventsIsAListThatGrows() throws Exception {
        play();
        var response = ask("streamGenerateContent", THOUGHTS);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(JSON.readTree(response.body())).hasSize(5);
        assertGolden("stream.json", response.body());
    }

    @Test
    void thoughtsAreNotToldToThoseWhoDidNotAsk() throws Exception {
        play();
        assertThat(ask("generateContent", "").body()).doesNotContain("hm");
        play();
        assertThat(ask("streamGenerateContent", "").body()).doesNotContain("hm");
    }

    @ParameterizedTest
    @CsvSource({"?alt=sse, error.sse", "'', error.json"})
    void anErrorInTheMiddleIsTheLastPiece(String query, String golden) throws Exception {
        inference.say("one").fail(Fault.RUNNER_DIED, "the runner died");
        assertGolden(golden, ask("streamGenerateContent" + query, "").body());
    }

    @Test
    void aCallThatTheLimitCutIsTold() throws Exception {
        half().end(StopReason.LENGTH);
        assertGolden("cut-call.json", ask("generateContent", "").body());
        half().end(StopReason.LENGTH);
        assertGolden("cut-call.sse", ask("streamGenerateContent?alt=sse", "").body());
    }

    @Test
    void aCallThatComesToNothingIsText() throws Exception {
        half().say(" Well.").end(StopReason.STOP);
        assertThat(ask("streamGenerateContent?alt=sse", "").body())
                .contains("{\"text\":\"\\u003ccall\\u003eadd {\\\"a\\\":1\"}", "{\"text\":\" Well.\"}", "\"STOP\"");
    }

    private ScriptedInference half() {
        return inference
                .piece(new OutputPiece.CallBegun(0, "call_1", "add"))
                .piece(new OutputPiece.CallArguments(0, "{\"a\":1"))
                .piece(new OutputPiece.CallBroken(0, "<call>add {\"a\":1"));
    }

    @Test
    void likelihoodsStandBesideTheirText() throws Exception {
        var likely = new Logprob(
                7,
                new byte[] {'a'},
                -0.5f,
                List.of(new Logprob(8, new byte[] {'b'}, Float.NEGATIVE_INFINITY, List.of())));
        inference.likely(likely).say("a").end(StopReason.STOP);
        var json =
                JSON.readTree(ask("generateContent", ",\"generationConfig\":{\"responseLogprobs\":true,\"logprobs\":1}")
                        .body());
        assertThat(json.at("/candidates/0/logprobsResult").toString())
                .isEqualTo("{\"topCandidates\":[{\"candidates\":[{\"token\":\"b\",\"tokenId\":8,"
                        + "\"logProbability\":-9999.0}]}],"
                        + "\"chosenCandidates\":[{\"token\":\"a\",\"tokenId\":7,\"logProbability\":-0.5}]}");
    }

    @Test
    void silenceIsFilledWithWhatNoClientStumblesOver() throws Exception {
        server.pinging(Duration.ofMillis(100));
        for (String alt : new String[] {"?alt=sse", ""}) {
            var response = server.open("POST", TINY + "streamGenerateContent" + alt, HI.formatted(""));
            assertThat(response.body().readNBytes(3)).containsExactly('\n', '\n', '\n');
            inference.say("a").end(StopReason.STOP);
            String rest = new String(response.body().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(rest).startsWith(alt.isEmpty() ? "[{" : "data: {").contains("\"text\":\"a\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, 400, INVALID_ARGUMENT",
        "MODEL_NOT_FOUND, 404, NOT_FOUND",
        "QUEUE_FULL, 429, RESOURCE_EXHAUSTED",
        "UNAVAILABLE, 503, UNAVAILABLE",
        "RUNNER_DIED, 500, INTERNAL",
    })
    void everyFailureHasGooglesForm(Fault fault, int status, String word) throws Exception {
        inference.fail(fault, "so it is");
        var response = ask("generateContent?key=x", "");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"code\":" + status + ",\"message\":\"so it is\",\"status\":\"" + word + "\"}}");
    }

    @Test
    void tokensAreCountedInBothForms() throws Exception {
        assertThat(ask("countTokens", "").body()).isEqualTo("{\"totalTokens\":10}");
        String wrapped = "{\"generateContentRequest\":{\"model\":\"models/tiny\",\"systemInstruction\":"
                + "{\"parts\":[{\"text\":\"s\"}]},\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}}";
        assertThat(server.send("POST", TINY + "countTokens", wrapped).body()).isEqualTo("{\"totalTokens\":20}");
    }

    @Test
    void vectorsComeOneByOneOrTogether() throws Exception {
        inference.embeddings(vectors(new float[] {0.5f, 1}));
        String one = "{\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]},\"outputDimensionality\":2,"
                + "\"taskType\":\"RETRIEVAL_QUERY\"}";
        assertThat(server.send("POST", TINY + "embedContent", one).body())
                .isEqualTo("{\"embedding\":{\"values\":[0.5,1.0]}}");
        var asked = (EmbedRequest) inference.asked.getFirst();
        assertThat(asked.inputs()).containsExactly(new EmbedInput.Text("ab"));
        assertThat(asked.dimensions()).isEqualTo(2);

        inference.embeddings(vectors(new float[] {1}, new float[] {2}));
        String two = "{\"requests\":[{\"model\":\"models/tiny\",\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                + "{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}";
        assertThat(server.send("POST", TINY + "batchEmbedContents", two).body())
                .isEqualTo("{\"embeddings\":[{\"values\":[1.0]},{\"values\":[2.0]}]}");
    }

    private static Embeddings vectors(float[]... vectors) {
        return new Embeddings("tiny:latest", List.of(vectors), 3, List.of(), Duration.ZERO, Duration.ZERO);
    }

    @Test
    void modelsComeInPages() throws Exception {
        JsonNode first = JSON.readTree(server.get("/v1beta/models?pageSize=2").body());
        assertThat(first.at("/models/1/name").asString()).isEqualTo("models/b:latest");
        assertThat(first.at("/models/1/inputTokenLimit").asInt()).isEqualTo(8192);
        assertThat(first.at("/models/1/supportedGenerationMethods").toString())
                .isEqualTo("[\"generateContent\",\"countTokens\",\"embedContent\"]");
        JsonNode second = JSON.readTree(server.get("/v1beta/models?pageSize=2&pageToken="
                        + first.path("nextPageToken").asString())
                .body());
        assertThat(second.path("models")).hasSize(1);
        assertThat(second.has("nextPageToken")).isFalse();
        assertThat(server.get("/v1beta/models?pageSize=x").statusCode()).isEqualTo(400);
    }

    @Test
    void oneModelIsFoundByItsNameSlashesToo() throws Exception {
        assertThat(server.get("/v1beta/models/a/e").body()).contains("\"models/a/e:latest\"");
        assertThat(server.get("/v1beta/models/none").statusCode()).isEqualTo(404);
    }

    @Test
    void otherPathsAreRefusedInGooglesForm() throws Exception {
        for (String path : List.of("/v1beta/files", TINY + "predict", "/v1beta/models/:generateContent")) {
            var response = server.send("POST", path, "{}");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("\"status\":\"NOT_FOUND\"");
        }
        var put = server.send("PUT", GeminiApi.MODELS, "{}");
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.body()).contains("\"status\":\"INVALID_ARGUMENT\"", "does not take PUT");
    }
}
