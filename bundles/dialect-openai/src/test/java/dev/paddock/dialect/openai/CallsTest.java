package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tool calls on their way to the client, and what is said beside the answer. */
class CallsTest {
    private static final String HI = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final ToolCall F = new ToolCall("call_1", "f", Map.of("a", "x"));
    private static final ToolCall G = new ToolCall("call_2", "g", Map.of());

    private final ScriptedInference inference = new ScriptedInference();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        var api = new OpenAiApi(inference, new OneModelStore(), new QuickSettings());
        server = new TestServer().with(api, OpenAiApi.CHAT).start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aCallStreamsAsItsBeginningThenItsArguments() throws Exception {
        inference.call(0, F, "{\"a\":", "\"x\"}").call(1, G, "{}").end(StopReason.STOP);
        assertThat(deltas())
                .containsExactly(
                        "{role=assistant, content=, tool_calls=[{id=call_1, index=0, type=function,"
                                + " function={name=f, arguments=}}]}",
                        "{content=, tool_calls=[{index=0, function={arguments={\"a\":}}]}",
                        "{content=, tool_calls=[{index=0, function={arguments=\"x\"}}}]}",
                        "{content=, tool_calls=[{id=call_2, index=1, type=function,"
                                + " function={name=g, arguments=}}]}",
                        "{content=, tool_calls=[{index=1, function={arguments={}}}]}",
                        "{} tool_calls");
    }

    @Test
    void aWholeAnswerHasTheArgumentsAsTheyStream() throws Exception {
        inference.say("ok").call(0, F, "{\"a\": ", "\"x\"}").end(StopReason.STOP);
        assertThat(whole())
                .isEqualTo(
                        "[{index=0, message={role=assistant, content=ok, refusal=null, tool_calls=[{id=call_1, index=0,"
                                + " type=function, function={name=f, arguments={\"a\": \"x\"}}}]}, logprobs=null, finish_reason=tool_calls}]");
    }

    @Test
    void aCallThatTheLimitCutsIsShownAsFarAsItCame() throws Exception {
        cut(StopReason.LENGTH);
        assertThat(deltas())
                .containsExactly(
                        "{role=assistant, content=, tool_calls=[{id=call_1, index=0, type=function,"
                                + " function={name=f, arguments=}}]}",
                        "{content=, tool_calls=[{index=0, function={arguments={\"a\":}}]}",
                        "{} length");
        cut(StopReason.LENGTH);
        assertThat(whole())
                .isEqualTo(
                        "[{index=0, message={role=assistant, content=null, refusal=null, tool_calls=[{id=call_1, index=0,"
                                + " type=function, function={name=f, arguments={\"a\":}}]}, logprobs=null, finish_reason=length}]");
    }

    @Test
    void aCallThatComesToNothingOtherwiseIsContent() throws Exception {
        cut(StopReason.STOP);
        assertThat(deltas()).endsWith("{content=<call>f {\"a\":}", "{} stop");
        cut(StopReason.STOP);
        assertThat(whole())
                .isEqualTo(
                        "[{index=0, message={role=assistant, content=<call>f {\"a\":, refusal=null}, logprobs=null, finish_reason=stop}]");
    }

    @Test
    void whatComesAfterABrokenCallFollowsItsText() throws Exception {
        begin().piece(new OutputPiece.CallBroken(0, "<call>f {"))
                .say(" well")
                .call(1, G, "{}")
                .end(StopReason.LENGTH);
        assertThat(deltas()).contains("{content=<call>f {}", "{content= well}").endsWith("{} length");
        begin().piece(new OutputPiece.CallBroken(0, "<call>f {"))
                .say(" well")
                .call(1, G, "{}")
                .end(StopReason.STOP);
        assertThat(whole())
                .isEqualTo(
                        "[{index=0, message={role=assistant, content=<call>f { well, refusal=null, tool_calls=[{id=call_2,"
                                + " index=1, type=function, function={name=g, arguments={}}}]}, logprobs=null, finish_reason=tool_calls}]");
    }

    @Test
    void whatCouldNotBeFollowedIsNotedInAHeaderAndAtTheEnd() throws Exception {
        inference.notes("one", "two").say("a").end(StopReason.STOP);
        var whole = server.send("POST", OpenAiApi.CHAT, HI + "}");
        assertThat(whole.headers().firstValue("X-Paddock-Notes")).contains("2");
        assertThat(json(whole.body()).get("paddock")).hasToString("{notes=[one, two]}");
        inference.say("a").end(StopReason.STOP);
        assertThat(last(",\"stream\":true}")).hasToString("{cached_tokens=3, notes=[one, two]}");
        inference.say("a").end(StopReason.STOP);
        assertThat(last(",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"))
                .hasToString("{notes=[one, two]}");
        inference.notes().say("a").end(StopReason.STOP);
        var none = server.send("POST", OpenAiApi.CHAT, HI + "}");
        assertThat(none.headers().firstValue("X-Paddock-Notes")).isEmpty();
        assertThat(none.body()).doesNotContain("notes");
    }

    private ScriptedInference begin() {
        return inference
                .piece(new OutputPiece.CallBegun(0, "call_1", "f"))
                .piece(new OutputPiece.CallArguments(0, "{\"a\":"));
    }

    private void cut(StopReason reason) {
        begin().piece(new OutputPiece.CallBroken(0, "<call>f {\"a\":")).end(reason);
    }

    private String whole() throws Exception {
        return json(server.send("POST", OpenAiApi.CHAT, HI + "}").body())
                .get("choices")
                .toString();
    }

    /** The deltas of a stream, with the reason of the finish. */
    private List<String> deltas() throws Exception {
        return chunks(",\"stream\":true}").stream().map(CallsTest::delta).toList();
    }

    private static String delta(Map<String, Object> chunk) {
        var choice = (Map<?, ?>) ((List<?>) chunk.get("choices")).getFirst();
        Object reason = choice.get("finish_reason");
        return choice.get("delta") + (reason == null ? "" : " " + reason);
    }

    private Object last(String fields) throws Exception {
        return chunks(fields).stream()
                .filter(chunk -> chunk.containsKey("paddock"))
                .toList()
                .getLast()
                .get("paddock");
    }

    private List<Map<String, Object>> chunks(String fields) throws Exception {
        return server.send("POST", OpenAiApi.CHAT, HI + fields)
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }

    private static Map<String, Object> json(String text) {
        return Json.parseObject(text).orElseThrow(() -> new AssertionError("not a JSON object: " + text));
    }
}
