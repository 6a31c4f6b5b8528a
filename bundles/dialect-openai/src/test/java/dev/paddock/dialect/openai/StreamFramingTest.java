package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.SseReader;
import dev.paddock.dialect.kit.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What streams are, to the byte; the time is the only thing that differs from one to the next. */
@Timeout(60)
class StreamFramingTest {
    private static final String HI =
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true";
    private static final String USAGE = ",\"stream_options\":{\"include_usage\":true}";

    private final ScriptedInference inference = new ScriptedInference();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        var api = new OpenAiApi(inference, new OneModelStore(), new QuickSettings());
        server = new TestServer()
                .with(api, OpenAiApi.CHAT, OpenAiApi.COMPLETIONS)
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private String stream(String path, String body) throws Exception {
        String answer = server.send("POST", path, body).body();
        var chunks = SseReader.chunks(answer);
        assertThat(chunks)
                .extracting(chunk -> chunk.path("created").asLong())
                .containsOnly(chunks.getFirst().path("created").asLong());
        return answer.replaceAll("\"created\":\\d+", "\"created\":1");
    }

    private static String chat(String rest) {
        return "data: {\"id\":\"chatcmpl-test\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"tiny\","
                + "\"system_fingerprint\":\"fp_paddock\"," + rest + "}\n\n";
    }

    private static String text(String rest) {
        return "data: {\"id\":\"cmpl-test\",\"object\":\"text_completion\",\"created\":1,\"model\":\"tiny\","
                + "\"system_fingerprint\":\"fp_paddock\"," + rest + "}\n\n";
    }

    @Test
    void aConversationHasTheRoleFirstThenFinishUsageAndEnd() throws Exception {
        inference.piece(new OutputPiece.Thinking("hm")).say("a", "😀\n").end(StopReason.STOP);
        assertThat(stream(OpenAiApi.CHAT, HI + USAGE + "}"))
                .isEqualTo(chat(
                                "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"hm\","
                                        + "\"reasoning_content\":\"hm\"},\"finish_reason\":null}],\"usage\":null")
                        + chat(
                                "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}],\"usage\":null")
                        + chat(
                                "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"😀\\n\"},\"finish_reason\":null}],\"usage\":null")
                        + chat("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null")
                        + chat(
                                "\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12,"
                                        + "\"prompt_tokens_details\":{\"cached_tokens\":3}}")
                        + "data: [DONE]\n\n");
    }

    @Test
    void withoutUsageTheFinishSaysWhatTheCacheSaved() throws Exception {
        inference.call(0, new ToolCall("c1", "f", Map.of()), "{", "}").end(StopReason.STOP);
        assertThat(stream(OpenAiApi.CHAT, HI + "}"))
                .isEqualTo(chat(
                                "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":"
                                        + "[{\"id\":\"c1\",\"index\":0,\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},"
                                        + "\"finish_reason\":null}]")
                        + chat("\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"tool_calls\":"
                                + "[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]},\"finish_reason\":null}]")
                        + chat("\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"tool_calls\":"
                                + "[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]},\"finish_reason\":null}]")
                        + chat("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}],"
                                + "\"paddock\":{\"cached_tokens\":3}")
                        + "data: [DONE]\n\n");
    }

    @Test
    void aTextHasItsPiecesThenTheReasonUsageAndEnd() throws Exception {
        inference.say("a", "é").end(StopReason.LENGTH);
        assertThat(stream(
                        OpenAiApi.COMPLETIONS,
                        "{\"model\":\"tiny\",\"prompt\":\"say \",\"echo\":true,\"stream\":true" + USAGE + "}"))
                .isEqualTo(text(
                                "\"choices\":[{\"text\":\"say \",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],\"usage\":null")
                        + text(
                                "\"choices\":[{\"text\":\"a\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],\"usage\":null")
                        + text(
                                "\"choices\":[{\"text\":\"é\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],\"usage\":null")
                        + text(
                                "\"choices\":[{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":null")
                        + text(
                                "\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12,"
                                        + "\"prompt_tokens_details\":{\"cached_tokens\":3}}")
                        + "data: [DONE]\n\n");
    }
}
