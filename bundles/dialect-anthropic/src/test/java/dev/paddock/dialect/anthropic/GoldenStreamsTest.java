package dev.paddock.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every kind of stream, byte by byte as it is written down in {@code transcripts}. */
class GoldenStreamsTest {
    private static final String ASKED =
            "{\"model\":\"tiny\",\"max_tokens\":100,\"stream\":true,\"stop_sequences\":[\"###\"],"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}";
    private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

    private final ScriptedInference inference = new ScriptedInference();
    private final AnthropicApi api =
            new AnthropicApi(inference, FakeStore.with("tiny"), _ -> true, new QuickSettings());
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer().with(api, AnthropicApi.MESSAGES).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String stream(String more) throws Exception {
        HttpResponse<String> response = server.send("POST", AnthropicApi.MESSAGES, ASKED.formatted(more));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return response.body();
    }

    private static void assertGolden(String name, String stream) throws IOException {
        assertBlocks(stream);
        try (var golden = GoldenStreamsTest.class.getResourceAsStream("transcripts/" + name + ".sse")) {
            assertThat(golden).as(name).isNotNull();
            assertThat(stream).as(name).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What holds for each of them: blocks follow each other, and each begins, has its deltas and ends. */
    private static void assertBlocks(String stream) {
        int index = -1;
        boolean open = false;
        for (var event : SseReader.all(stream)) {
            JsonNode json = event.json();
            assertThat(event.name()).isEqualTo(json.path("type").asString());
            switch (event.name()) {
                case "content_block_start" -> {
                    assertThat(open).isFalse();
                    open = true;
                    assertThat(json.path("index").asInt()).isEqualTo(++index);
                }
                case "content_block_delta" -> {
                    assertThat(open).isTrue();
                    assertThat(json.path("index").asInt()).isEqualTo(index);
                }
                case "content_block_stop" -> {
                    assertThat(open).isTrue();
                    open = false;
                    assertThat(json.path("index").asInt()).isEqualTo(index);
                }
                case "message_delta", "message_stop" -> assertThat(open).isFalse();
                default -> assertThat(event.name()).isIn("message_start", "ping", "error");
            }
        }
    }

    @Test
    void aText() throws Exception {
        inference.say("Good ", "day 😀\n").end(StopReason.STOP);
        assertGolden("text", stream(""));
    }

    @Test
    void nothingAtAll() throws Exception {
        inference.end(StopReason.STOP);
        assertGolden("nothing", stream(""));
    }

    @Test
    void thoughtsAndAText() throws Exception {
        think();
        assertGolden("thinking", stream(",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":50}"));
    }

    @Test
    void thoughtsWhoseTextIsNotWanted() throws Exception {
        think();
        assertGolden("thinking-omitted", stream(",\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}"));
    }

    private void think() {
        inference
                .piece(new OutputPiece.Thinking("Let me "))
                .piece(new OutputPiece.Thinking("see."))
                .say("Four.")
                .end(StopReason.STOP);
    }

    @Test
    void twoTools() throws Exception {
        inference
                .say("I look.")
                .call(0, new ToolCall("call_1", "add", Map.of("a", 1)), "{\"a\":", "1}")
                .call(1, new ToolCall("call_2", "now", Map.of()), "{}")
                .end(StopReason.STOP);
        assertGolden("two-tools", stream(""));
    }

    @Test
    void theLimit() throws Exception {
        inference.say("Good").end(StopReason.LENGTH);
        assertGolden("length", stream(""));
    }

    @Test
    void aCallThatTheLimitCuts() throws Exception {
        half().end(StopReason.LENGTH);
        assertGolden("cut-call", stream(""));
    }

    @Test
    void aCallThatComesToNothing() throws Exception {
        half().say(" Well.").end(StopReason.STOP);
        assertGolden("broken-call", stream(""));
    }

    private ScriptedInference half() {
        return inference
                .piece(new OutputPiece.CallBegun(0, "call_1", "add"))
                .piece(new OutputPiece.CallArguments(0, "{\"a\":1"))
                .piece(new OutputPiece.CallBroken(0, "<call>add {\"a\":1"));
    }

    @Test
    void aStopText() throws Exception {
        inference.say("one").stop("###");
        assertGolden("stop-sequence", stream(""));
    }

    @Test
    void aStopTextOfTheModelsOwnIsItsEnd() throws Exception {
        inference.say("one").stop("<|im_end|>");
        assertThat(stream(""))
                .contains(
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null}");
    }

    @Test
    void anErrorInTheMiddle() throws Exception {
        inference.say("one").fail(Fault.RUNNER_DIED, "the runner died");
        assertGolden("error", stream(""));
    }

    @Test
    void silence() throws Exception {
        server.pinging(Duration.ofMillis(100));
        var response = server.open("POST", AnthropicApi.MESSAGES, ASKED.formatted(""));
        String silent = new String(response.body().readNBytes(3 * PING.length()), StandardCharsets.UTF_8);
        assertThat(silent).isEqualTo(PING + PING + PING);
        server.pinging(Duration.ZERO);
        inference.say("Good ", "day 😀\n").end(StopReason.STOP);
        String rest = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        while (rest.startsWith(PING)) rest = rest.substring(PING.length());
        assertGolden("text", rest);
    }
}
