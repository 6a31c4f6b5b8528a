package dev.paddock.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.Usage;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import dev.paddock.testkit.FakeStore;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnthropicApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HI =
            "{\"model\":\"tiny\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final ScriptedInference inference = new ScriptedInference();
    private final AnthropicApi api =
            new AnthropicApi(inference, FakeStore.with("a/e", "b", "c", "d"), _ -> true, new QuickSettings());
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer()
                .with(new AnthropicFront(), "/v1/messages/*")
                .with(api, AnthropicApi.MESSAGES, AnthropicApi.COUNT, AnthropicApi.MODELS, AnthropicApi.MODEL)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String body) throws Exception {
        return server.send("POST", "/v1/messages?beta=true", body);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Test
    void aWholeAnswerIsAMessage() throws Exception {
        inference
                .piece(new OutputPiece.Thinking("hm"))
                .say("a", "😀")
                .call(0, new ToolCall("call_1", "add", Map.of("a", 1)), "{\"a\":1}")
                .end(StopReason.STOP);
        var response = ask(HI);
        assertThat(response.headers().firstValue("request-id")).contains("test");
        assertThat(response.body()).isEqualTo("""
                {"id":"msg_test","type":"message","role":"assistant","model":"tiny","content":[\
                {"type":"thinking","thinking":"hm","signature":"paddock"},\
                {"type":"text","text":"a😀"},\
                {"type":"tool_use","id":"call_1","name":"add","input":{"a":1}}],\
                "stop_reason":"tool_use","stop_sequence":null,\
                "usage":{"input_tokens":4,"cache_creation_input_tokens":0,"cache_read_input_tokens":3,"output_tokens":5}}""");
    }

    @Test
    void anAnswerOfNothingHasAnEmptyList() throws Exception {
        inference.end(StopReason.STOP);
        var message = json(ask(HI));
        assertThat(message.path("content").isArray()).isTrue();
        assertThat(message.path("content")).isEmpty();
        assertThat(message.path("stop_reason").asString()).isEqualTo("end_turn");
    }

    @Test
    void aCallThatTheLimitCutIsShownAsFarAsItCame() throws Exception {
        inference
                .piece(new OutputPiece.CallBegun(0, "call_1", "add"))
                .piece(new OutputPiece.CallArguments(0, "{\"a\":1"))
                .piece(new OutputPiece.CallBroken(0, "<call>add {\"a\":1"))
                .end(StopReason.LENGTH);
        var message = json(ask(HI));
        assertThat(message.path("stop_reason").asString()).isEqualTo("max_tokens");
        assertThat(message.path("content").toString())
                .isEqualTo("[{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"add\",\"input\":{},"
                        + "\"partial_json\":\"{\\\"a\\\":1\"}]");
    }

    @ParameterizedTest
    @CsvSource({"4000, 96, model_context_window_exceeded", "3000, 100, max_tokens", "3996, 100, max_tokens"})
    void aFullWindowIsToldApartFromTheLimit(int prompt, int answer, String reason) throws Exception {
        var tally = Tally.plain(prompt, answer, Duration.ZERO, Duration.ZERO);
        inference.say("a").end(StopReason.LENGTH, new Usage(tally, 0, Duration.ZERO, Duration.ZERO));
        assertThat(json(ask(HI)).path("stop_reason").asString()).isEqualTo(reason);
    }

    @Test
    void whatWasNotFollowedToTheLetterIsTold() throws Exception {
        inference.notes("this was not possible").dropped(2).say("a").end(StopReason.STOP);
        assertThat(json(ask(HI)).path("paddock").toString())
                .isEqualTo("{\"dropped_messages\":2,\"notes\":[\"this was not possible\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, 400, invalid_request_error",
        "MODEL_NOT_FOUND, 404, not_found_error",
        "TOO_LARGE, 413, request_too_large",
        "QUEUE_FULL, 529, overloaded_error",
        "UNAVAILABLE, 503, overloaded_error",
        "OUT_OF_MEMORY, 503, overloaded_error",
        "RUNNER_DIED, 500, api_error",
    })
    void everyFailureHasAnthropicsForm(Fault fault, int status, String type) throws Exception {
        inference.fail(fault, "so it is");
        var response = ask(HI);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"" + type
                        + "\",\"message\":\"so it is\"},\"request_id\":\"test\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "401, authentication_error",
        "403, permission_error",
        "429, rate_limit_error",
        "405, invalid_request_error"
    })
    void statusesThatOthersGiveHaveTheirTypes(int status, String type) {
        assertThat(AnthropicErrors.body(status, "no", "").toString())
                .isEqualTo("{type=error, error={type=" + type + ", message=no}}");
    }

    @Test
    void aPromptThatIsTooLongIsToldInTheWordsThatAgentsKnow() throws Exception {
        inference.fail(Fault.CONTEXT_TOO_LONG, "9 tokens of 8");
        assertThat(json(ask(HI)).path("error").path("message").asString())
                .isEqualTo("prompt is too long: 9 tokens of 8");
    }

    @Test
    void aFullQueueSaysWhenToComeAgain() throws Exception {
        inference.fail(new BusyException(Fault.QUEUE_FULL, "7 wait", Duration.ofSeconds(4), 8));
        assertThat(ask(HI).headers().firstValue("Retry-After")).contains("4");
    }

    @Test
    void tokensAreCountedWithoutMaxTokens() throws Exception {
        var response = server.send("POST", AnthropicApi.COUNT, HI.replace("\"max_tokens\":100,", ""));
        assertThat(response.body()).isEqualTo("{\"input_tokens\":10}");
        assertThat(((ChatRequest) inference.asked.getFirst()).messages()).hasSize(1);
    }

    @Test
    void modelsComeInPages() throws Exception {
        var all = json(server.get(AnthropicApi.MODELS));
        assertThat(all.path("data").get(1).toString())
                .isEqualTo("{\"type\":\"model\",\"id\":\"b:latest\",\"display_name\":\"b:latest\","
                        + "\"created_at\":\"2026-01-01T00:00:00Z\",\"max_input_tokens\":8192}");
        assertThat(all.path("has_more").asBoolean()).isFalse();
        assertPage("?limit=2", "a/e:latest b:latest", true);
        assertPage("?limit=2&after_id=b:latest", "c:latest d:latest", false);
        assertPage("?limit=2&before_id=d:latest", "b:latest c:latest", true);
        assertPage("?limit=3&before_id=d:latest", "a/e:latest b:latest c:latest", false);
        assertPage("?after_id=d:latest", "", false);
    }

    private void assertPage(String query, String ids, boolean more) throws Exception {
        var page = json(server.get(AnthropicApi.MODELS + query));
        assertThat(String.join(" ", page.path("data").findValuesAsString("id"))).isEqualTo(ids);
        assertThat(page.path("has_more").asBoolean()).isEqualTo(more);
        String first = ids.isEmpty() ? null : ids.split(" ")[0];
        assertThat(page.path("first_id").asString(null)).isEqualTo(first);
    }

    @Test
    void aPageThatCannotBeIsRefused() throws Exception {
        for (String query : new String[] {"?limit=0", "?limit=1001", "?limit=x", "?after_id=z"}) {
            assertThat(server.get(AnthropicApi.MODELS + query).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void oneModelIsFoundByItsNameSlashesToo() throws Exception {
        assertThat(json(server.get("/v1/models/b")).path("id").asString()).isEqualTo("b");
        assertThat(json(server.get("/v1/models/a/e")).path("id").asString()).isEqualTo("a/e");
        var none = server.get("/v1/models/none");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("not_found_error", "none is not installed");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        var batches = server.send("POST", "/v1/messages/batches", "{}");
        assertThat(batches.statusCode()).isEqualTo(404);
        assertThat(batches.body()).contains("not_found_error", "/v1/messages/batches is not a path");
        var get = server.get(AnthropicApi.MESSAGES);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(get.body()).contains("invalid_request_error", "/v1/messages does not take GET");
    }

    @Test
    void aRequestThatCannotBeReadIsRefused() throws Exception {
        var response = ask("{\"model\":");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("type").asString()).isEqualTo("invalid_request_error");
        var large = ask("{\"model\":\"" + "x".repeat((int) TestServer.BODY_LIMIT) + "\"}");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("request_too_large");
    }
}
