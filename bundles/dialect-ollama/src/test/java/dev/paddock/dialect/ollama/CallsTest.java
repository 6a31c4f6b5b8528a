package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tool calls, the form of the content, and what is said beside the answer. */
class CallsTest {
    private static final String CHAT = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final ToolCall F = new ToolCall("call_1", "f", Map.of("a", List.of("<b>")));
    private static final ToolCall G = new ToolCall("call_2", "g", Map.of());

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
    void aCallIsSentWholeWithItsIndexOnceItIsComplete() throws Exception {
        ollama.inference
                .piece(new OutputPiece.Thinking("hm"))
                .say("ok")
                .call(0, F, "{\"a\":", "[\"<b>\"]}")
                .call(1, G, "{}")
                .end(StopReason.STOP);
        assertThat(messages())
                .containsExactly(
                        "{role=assistant, content=, thinking=hm}",
                        "{role=assistant, content=ok}",
                        "{role=assistant, content=, tool_calls=[{id=call_1,"
                                + " function={index=0, name=f, arguments={a=[<b>]}}}]}",
                        "{role=assistant, content=, tool_calls=[{id=call_2,"
                                + " function={index=1, name=g, arguments={}}}]}",
                        "{role=assistant, content=} stop");
        ollama.inference.say("ok").call(0, F, "{}").call(1, G, "{}").end(StopReason.STOP);
        assertThat(whole())
                .isEqualTo("{role=assistant, content=ok, tool_calls=[{id=call_1,"
                        + " function={index=0, name=f, arguments={a=[<b>]}}}, {id=call_2,"
                        + " function={index=1, name=g, arguments={}}}]} stop");
    }

    @Test
    void generateHasAllCallsAtItsEnd() throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            ollama.inference
                    .call(0, F, "{\"a\":", "[\"<b>\"]}")
                    .say("ok")
                    .call(1, G, "{}")
                    .end(StopReason.STOP);
            var body = "{\"model\":\"tiny\",\"prompt\":\"x\",\"stream\":" + stream + "}";
            var lines = OllamaFixture.lines(ollama.post("/api/generate", body));
            assertThat(lines).extracting(l -> l.get("response")).isEqualTo(stream ? List.of("ok", "") : List.of("ok"));
            assertThat(lines.getLast().get("tool_calls"))
                    .hasToString("[{id=call_1, function={index=0, name=f, arguments={a=[<b>]}}},"
                            + " {id=call_2, function={index=1, name=g, arguments={}}}]");
        }
    }

    @Test
    void aCallThatComesToNothingIsText() throws Exception {
        for (var reason : StopReason.values()) {
            String word = reason == StopReason.STOP ? "stop" : "length";
            broken(reason);
            assertThat(messages())
                    .containsExactly(
                            "{role=assistant, content=ok}",
                            "{role=assistant, content=<call>f {\"a}",
                            "{role=assistant, content=} " + word);
            broken(reason);
            assertThat(whole()).isEqualTo("{role=assistant, content=ok<call>f {\"a} " + word);
        }
    }

    private void broken(StopReason reason) {
        ollama.inference
                .say("ok")
                .piece(new OutputPiece.CallBegun(0, "call_1", "f"))
                .piece(new OutputPiece.CallArguments(0, "{\"a"))
                .piece(new OutputPiece.CallBroken(0, "<call>f {\"a"))
                .end(reason);
    }

    @Test
    void whatCouldNotBeFollowedIsNotedInAHeaderAndAtTheEnd() throws Exception {
        for (String route : List.of("/api/chat", "/api/generate")) {
            for (boolean stream : new boolean[] {true, false}) {
                ollama.inference.notes("one", "two").say("a").end(StopReason.STOP);
                String body = route.equals("/api/chat") ? CHAT : "{\"model\":\"tiny\",\"prompt\":\"x\"";
                var response = ollama.post(route, body + ",\"stream\":" + stream + "}");
                assertThat(response.headers().firstValue("X-Paddock-Notes")).contains("2");
                assertThat(OllamaFixture.lines(response).getLast()).containsEntry("notes", List.of("one", "two"));
            }
        }
    }

    @Test
    void aFormatMayBeASchema() throws Exception {
        assertThat(asked(",\"format\":{\"type\":\"string\"}").form().format())
                .contains(new AnswerFormat.Schema(Map.of("type", "string"), false, "format"));
        assertThat(asked(",\"format\":{}").form().format())
                .contains(new AnswerFormat.Schema(Map.of(), false, "format"));
        assertThat(asked(",\"format\":\"json\"").form().format()).contains(new AnswerFormat.JsonObject());
        assertThat(asked(",\"format\":null").form().format()).isEmpty();
    }

    @Test
    void aFormatThatIsNoneIsRefusedInOllamasWords() throws Exception {
        var refused = ollama.post("/api/chat", CHAT + ",\"format\":\"xml\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(OllamaFixture.json(refused.body()).get("error"))
                .isEqualTo("invalid format: \"\\\"xml\\\"\"; expected \"json\" or a valid JSON Schema object");
        var list = ollama.post("/api/chat", CHAT + ",\"format\":[" + "1,".repeat(500) + "1]}");
        assertThat(OllamaFixture.json(list.body()).get("error").toString())
                .startsWith("invalid format: \"[1,1,")
                .endsWith("1...\"; expected \"json\" or a valid JSON Schema object")
                .hasSizeLessThan(300);
    }

    @Test
    void thoughtsMayHaveALimit() throws Exception {
        assertThat(asked(",\"think_budget\":7").form().thoughtTokens()).hasValue(7);
        assertThat(asked(",\"think_budget\":0").form().thoughtTokens()).hasValue(0);
        assertThat(asked(",\"think_budget\":-1").form().thoughtTokens()).isEmpty();
        assertThat(asked("").form().thoughtTokens()).isEmpty();
    }

    private ChatRequest asked(String fields) throws Exception {
        ollama.inference.end(StopReason.STOP);
        var response = ollama.post("/api/chat", CHAT + fields + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).isEmpty();
        return (ChatRequest) ollama.inference.asked.getLast();
    }

    /** The messages of a stream, with the reason of its end. */
    private List<String> messages() throws Exception {
        return OllamaFixture.lines(ollama.post("/api/chat", CHAT + "}")).stream()
                .map(CallsTest::message)
                .toList();
    }

    private String whole() throws Exception {
        return message(OllamaFixture.json(
                ollama.post("/api/chat", CHAT + ",\"stream\":false}").body()));
    }

    private static String message(Map<String, Object> line) {
        Object reason = line.get("done_reason");
        return line.get("message") + (reason == null ? "" : " " + reason);
    }
}
