package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.AdapterChoice;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Option;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenAiApiTest {
    private static final String HI = "\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private final ScriptedInference inference = new ScriptedInference();
    private final OneModelStore store = new OneModelStore();
    private final OpenAiApi api = new OpenAiApi(inference, store, new QuickSettings());
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer()
                .with(new OpenAiFront(), "/v1/*")
                .with(
                        api,
                        OpenAiApi.CHAT,
                        OpenAiApi.COMPLETIONS,
                        OpenAiApi.EMBEDDINGS,
                        OpenAiApi.RERANK,
                        OpenAiApi.MODELS,
                        OpenAiApi.MODEL)
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aFullQueueIsARateLimit() throws Exception {
        inference.fail(new BusyException(Fault.QUEUE_FULL, "7 wait", Duration.ofSeconds(4), 8));
        var response = chat("{" + HI + "}");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("4");
        assertThat(json(response.body()).get("error").toString())
                .isEqualTo("{message=7 wait, type=rate_limit_error, param=null, code=rate_limit_exceeded}");
    }

    @Test
    void otherLimitsAreThatOfTheServer() throws Exception {
        inference.fail(Fault.OUT_OF_MEMORY, "no room");
        var response = chat("{" + HI + "}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void aWishForPriorityIsHeardOrRefused() throws Exception {
        inference.say("a").end(StopReason.STOP);
        assertThat(chat("{" + HI + ",\"priority\":-3}").statusCode()).isEqualTo(200);
        assertThat(inference.askers.getFirst().priority()).isEqualTo(-3);
        var refused = chat("{" + HI + ",\"priority\":12}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("invalid_request_error", "priority");
    }

    @Test
    void aWholeAnswerIsOneCompletion() throws Exception {
        inference.piece(new OutputPiece.Thinking("hm")).say("a", "😀").end(StopReason.LENGTH);
        Map<String, Object> answer = json(chat("{" + HI + "}").body());
        assertThat(answer).containsEntry("object", "chat.completion").containsEntry("model", "tiny");
        assertThat(answer.get("choices").toString())
                .isEqualTo("[{index=0, message={role=assistant, content=a😀, refusal=null, reasoning=hm,"
                        + " reasoning_content=hm}, logprobs=null, finish_reason=length}]");
        assertThat(answer.get("usage").toString())
                .isEqualTo("{prompt_tokens=7, completion_tokens=5, total_tokens=12,"
                        + " prompt_tokens_details={cached_tokens=3}}");
    }

    @Test
    void aStreamHasTheRoleOnceThenFinishUsageAndEndMark() throws Exception {
        inference.piece(new OutputPiece.Thinking("hm")).say("a", "😀").end(StopReason.STOP);
        var response = chat("{" + HI + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> data = data(response);
        assertThat(data.getLast()).isEqualTo("[DONE]");
        var chunks = data.subList(0, data.size() - 1).stream()
                .map(OpenAiApiTest::json)
                .toList();
        assertThat(chunks)
                .extracting(c -> c.get("choices").toString())
                .containsExactly(
                        "[{index=0, delta={role=assistant, content=, reasoning=hm, reasoning_content=hm}, finish_reason=null}]",
                        "[{index=0, delta={content=a}, finish_reason=null}]",
                        "[{index=0, delta={content=😀}, finish_reason=null}]",
                        "[{index=0, delta={}, finish_reason=stop}]",
                        "[]");
        assertThat(chunks.getLast()).containsKey("usage");
        assertThat(chunks)
                .extracting(c -> c.get("id"))
                .containsOnly(chunks.getFirst().get("id"));
        assertThat(chunks)
                .extracting(c -> c.get("created"))
                .containsOnly(chunks.getFirst().get("created"));
    }

    @Test
    void aStreamWithoutUsageStillSaysWhatWasCached() throws Exception {
        inference.say("a").end(StopReason.STOP);
        List<String> data = data(chat("{" + HI + ",\"stream\":true}"));
        assertThat(data.get(data.size() - 2))
                .contains("\"finish_reason\":\"stop\"", "\"paddock\":{\"cached_tokens\":3}");
    }

    @Test
    void anEmptyStreamStillHasARole() throws Exception {
        inference.end(StopReason.STOP);
        List<String> data = data(chat("{" + HI + ",\"stream\":true}"));
        assertThat(data).hasSize(3);
        assertThat(data.getFirst()).contains("\"role\":\"assistant\"");
    }

    @Test
    void logprobsComeWithTheirTextInOpenAisForm() throws Exception {
        inference
                .likely(likely(0xc3))
                .likely(likely(0xa9))
                .say("é")
                .likely(likely('!'))
                .end(StopReason.STOP);
        String form = "[{index=0, delta=%s, logprobs={content=[%s], refusal=null}, finish_reason=null}]";
        assertThat(data(chat("{" + HI + ",\"stream\":true,\"logprobs\":true,\"top_logprobs\":2}")))
                .hasSize(4)
                .satisfies(data -> {
                    assertThat(choices(data.get(0)))
                            .isEqualTo(form.formatted(
                                    "{role=assistant, content=é}", told("\ufffd", 0xc3) + ", " + told("\ufffd", 0xa9)));
                    // Of a token that has no text of its own: the last word before the end.
                    assertThat(choices(data.get(1))).isEqualTo(form.formatted("{content=}", told("!", '!')));
                    assertThat(choices(data.get(2))).isEqualTo("[{index=0, delta={}, finish_reason=stop}]");
                });
        assertThat(((ChatRequest) inference.asked.getFirst()).form().logprobs()).isEqualTo(2);

        inference.likely(likely('a')).say("a").end(StopReason.STOP);
        assertThat(choices(chat("{" + HI + ",\"logprobs\":true,\"top_logprobs\":2}")
                        .body()))
                .contains("content=a, refusal=null}, logprobs={content=[" + told("a", 'a')
                        + "], refusal=null}, finish_reason=stop");
    }

    /** A token of one byte, with itself and one that cannot be as the likeliest. */
    private static Logprob likely(int character) {
        byte[] bytes = {(byte) character};
        return new Logprob(
                9,
                bytes,
                -0.5f,
                List.of(
                        new Logprob(9, bytes, -0.5f, List.of()),
                        new Logprob(4, new byte[] {'x'}, Float.NEGATIVE_INFINITY, List.of())));
    }

    private static String told(String token, int character) {
        String single = "token=" + token + ", logprob=-0.5, bytes=[" + character + "]";
        return "{" + single + ", top_logprobs=[{" + single + "}, {token=x, logprob=-9999.0, bytes=[120]}]}";
    }

    @Test
    void droppedMessagesAreInAHeaderAndInTheLastWord() throws Exception {
        String truncate = "{" + HI + ",\"truncate\":true";
        inference.dropped(4).say("a").end(StopReason.STOP);
        var whole = chat(truncate + "}");
        assertThat(whole.headers().firstValue("X-Paddock-Dropped-Messages")).contains("4");
        assertThat(json(whole.body()).get("usage").toString()).contains("dropped_messages=4");
        inference.say("a").end(StopReason.STOP);
        var streamed = chat(truncate + ",\"stream\":true}");
        assertThat(streamed.headers().firstValue("X-Paddock-Dropped-Messages")).contains("4");
        assertThat(json(data(streamed).get(1)).get("paddock")).hasToString("{cached_tokens=3, dropped_messages=4}");
        inference.say("a").end(StopReason.STOP);
        var counted = data(chat(truncate + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
        assertThat(json(counted.get(1))).doesNotContainKey("paddock");
        assertThat(json(counted.get(2)).get("usage").toString()).contains("dropped_messages=4");
        inference.dropped(0).say("a").end(StopReason.STOP);
        var none = chat(truncate + ",\"stream\":true}");
        assertThat(none.headers().firstValue("X-Paddock-Dropped-Messages")).isEmpty();
        assertThat(none.body()).doesNotContain("dropped");
    }

    @Test
    void anErrorInAStreamIsSentAndTheEndMarkIsNot() throws Exception {
        inference.say("a").fail(Fault.RUNNER_DIED, "the runner died");
        var response = chat("{" + HI + ",\"stream\":true}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(data(response).getLast())
                .isEqualTo(
                        "{\"error\":{\"message\":\"the runner died\",\"type\":\"api_error\",\"param\":null,\"code\":null}}");
    }

    @Test
    void errorsBeforeTheStreamHaveAStatusAndTheEnvelope() throws Exception {
        inference.fail(Fault.CONTEXT_TOO_LONG, "too long");
        var response = chat("{" + HI + ",\"stream\":true}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"type\":\"invalid_request_error\"", "context_length_exceeded");
    }

    @Test
    void aRequestReachesTheInferenceWhole() throws Exception {
        inference.end(StopReason.STOP);
        var response = chat("""
                {"model":"tiny","messages":[
                  {"role":"developer","content":"be kind"},
                  {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
                  {"role":"assistant","content":null,"reasoning":"hm","tool_calls":[
                    {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"z\\":1,\\"a\\":2}"}}]},
                  {"role":"tool","tool_call_id":"c1","content":"3"}],
                 "tools":[{"type":"function","function":{"name":"f","parameters":{"strict":true}}}],
                 "tool_choice":"auto","max_tokens":5,"max_completion_tokens":9,"stop":"x","seed":3,
                 "reasoning_effort":"minimal","user":"u","n":1,"response_format":{"type":"text"},
                 "verbosity":"low","logprobs":false}
                """);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).contains("verbosity");
        ChatRequest asked = (ChatRequest) inference.asked.getFirst();
        assertThat(asked.messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "be kind"),
                        new Message(Role.USER, "a\nb"),
                        new Message(
                                Role.ASSISTANT,
                                "",
                                "hm",
                                List.of(new ToolCall("c1", "f", Map.of("z", 1, "a", 2))),
                                "",
                                ""),
                        new Message(Role.TOOL, "3", "", List.of(), "f", "c1"));
        assertThat(asked.think()).isEqualTo(Think.LOW);
        assertThat(asked.tools()).hasSize(1);
        assertThat(asked.options().values())
                .containsEntry(Option.NUM_PREDICT, 9L)
                .containsEntry(Option.TEMPERATURE, 1.0)
                .containsEntry(Option.TOP_P, 1.0)
                .containsEntry(Option.SEED, 3L)
                .containsEntry(Option.STOP, List.of("x"));
    }

    @Test
    void adaptersReachTheInferenceWithTheirScales() throws Exception {
        inference.end(StopReason.STOP).end(StopReason.STOP);
        var response = chat("{" + HI + ",\"adapters\":[{\"model\":\"polite\",\"scale\":0.5},{\"model\":\"terse\"}]}");
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).isEmpty();
        chat("{" + HI + "}");
        assertThat(inference.asked)
                .extracting(asked -> ((ChatRequest) asked).form().adapters())
                .containsExactly(
                        Optional.of(List.of(new AdapterChoice("polite", 0.5), new AdapterChoice("terse", 1))),
                        Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":129",
                "\"n\":0",
                "\"min_tokens\":3",
                "\"guided_regex\":\"a+\"",
                "\"stream_options\":{\"include_usage\":true}",
                "\"response_format\":{\"type\":\"json_schema\"}",
                "\"logprobs\":1",
                "\"top_logprobs\":2",
                "\"top_logprobs\":21,\"logprobs\":true",
                "\"logit_bias\":{\"hello\":2}",
                "\"top_k\":\"many\"",
                "\"grammar\":\"root ::= \\\"a\\\"\",\"response_format\":{\"type\":\"json_object\"}",
                "\"adapters\":{\"model\":\"polite\"}",
                "\"adapters\":[{\"model\":\"polite\",\"scale\":10.5}]",
                "\"audio\":{\"voice\":\"x\"}",
                "\"modalities\":[\"text\",\"audio\"]",
                "\"tool_choice\":\"sometimes\"",
                "\"functions\":[{}]",
                "\"reasoning_effort\":\"huge\"",
                "\"max_tokens\":0",
                "\"max_completion_tokens\":1.5",
                "\"stop\":[1]",
                "\"temperature\":\"hot\"",
                "\"tools\":[{\"type\":\"web\"}]",
                "\"tools\":[{}]"
            })
    void whatCannotBeHonouredIsRefusedByName(String field) throws Exception {
        var response = chat("{" + HI + "," + field + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        String name = field.substring(1, field.indexOf('"', 1));
        assertThat(json(response.body()).get("error").toString())
                .contains(name.equals("reasoning_effort") ? "reasoning" : name)
                .contains("type=invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                          | missing request body
            {                                                           | invalid JSON
            {"messages":[{"role":"user","content":"x"}]}                | model is required
            {"model":"tiny"}                                            | [] is too short - 'messages'
            {"model":"tiny","messages":[{"role":"user"}]}               | invalid message content type: <nil>
            {"model":"tiny","messages":[{"role":"king","content":""}]}  | messages[0].role
            {"model":"tiny","messages":[{"role":"user","content":[{"type":"image_url"}]}]} | image_url
            {"model":"tiny","messages":[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"["}}]}]} | invalid tool call arguments
            """)
    void badRequestsAreExplained(String body, String message) throws Exception {
        var response = chat(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).get("error").toString()).contains(message);
    }

    @Test
    void unknownModelsAndPathsAreNotFoundInTheEnvelope() throws Exception {
        var model = chat("{\"model\":\"nope\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        assertThat(model.statusCode()).isEqualTo(404);
        assertThat(model.body()).contains("\"message\":\"model 'nope' not found\",\"type\":\"not_found_error\"");
        assertThat(server.get("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/nothing").body()).contains("not_found_error");
        assertThat(server.get("/v1/chat/completions").statusCode()).isEqualTo(405);
    }

    @Test
    void modelsAreListedAndFoundByNamesWithSlashes() throws Exception {
        assertThat(server.get("/v1/models").body())
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"ann/tiny:latest\",\"object\":\"model\","
                        + "\"created\":1234,\"owned_by\":\"ann\"}]}");
        assertThat(json(server.get("/v1/models/ann/tiny").body())).containsEntry("id", "ann/tiny");
        assertThat(json(server.get("/v1/models/ann/tiny%3Alatest").body())).containsEntry("id", "ann/tiny:latest");
        assertThat(server.get("/v1/models/nope").statusCode()).isEqualTo(404);
        store.empty = true;
        assertThat(server.get("/v1/models").body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
    }

    private HttpResponse<String> chat(String body) throws Exception {
        return server.send("POST", OpenAiApi.CHAT, body);
    }

    private static String choices(String chunk) {
        return json(chunk).get("choices").toString();
    }

    private static List<String> data(HttpResponse<String> response) {
        var lines = response.body().lines().filter(l -> l.startsWith("data: "));
        return lines.map(l -> l.substring(6)).toList();
    }

    private static Map<String, Object> json(String text) {
        return Json.parseObject(text).orElseThrow(() -> new AssertionError("not a JSON object: " + text));
    }
}
