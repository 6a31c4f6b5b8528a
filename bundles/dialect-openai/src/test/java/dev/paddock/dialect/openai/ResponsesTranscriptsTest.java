package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.SseReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of responses, byte for byte as they are in the files beside. */
class ResponsesTranscriptsTest {
    private static final String HI = "\"input\":\"hi\",\"stream\":true";
    private static final ToolCall F = new ToolCall("call_1", "f", Map.of("a", "x"));
    private static final ToolCall G = new ToolCall("call_2", "ns__g", Map.of());
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}},"
            + "{\"type\":\"namespace\",\"name\":\"ns\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]}]";

    private ResponsesServer server;
    private ScriptedInference inference;

    @BeforeEach
    void start() throws Exception {
        server = new ResponsesServer();
        inference = server.inference;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void text() throws Exception {
        inference.say("a", "😀\n").end(StopReason.STOP);
        assertTranscript("text", HI);
    }

    @Test
    void thoughtsAndText() throws Exception {
        inference.piece(new OutputPiece.Thinking("h")).piece(new OutputPiece.Thinking("m"));
        inference.say("a").end(StopReason.STOP);
        assertTranscript("thoughts", HI + ",\"reasoning\":{\"effort\":\"low\"}");
    }

    @Test
    void thoughtsInPlaceOfASummaryAndSealed() throws Exception {
        inference.piece(new OutputPiece.Thinking("h")).piece(new OutputPiece.Thinking("m"));
        inference.say("a").end(StopReason.STOP);
        assertTranscript(
                "summary",
                HI + ",\"reasoning\":{\"summary\":\"auto\"},\"include\":[\"reasoning.encrypted_content\"],"
                        + "\"store\":false");
    }

    @Test
    void twoCalls() throws Exception {
        inference.call(0, F, "{\"a\":", "\"x\"}").call(1, G, "{}").end(StopReason.STOP);
        assertTranscript("calls", HI + TOOLS);
    }

    @Test
    void theLimit() throws Exception {
        inference.say("a").end(StopReason.LENGTH);
        assertTranscript("length", HI + ",\"max_output_tokens\":1");
    }

    @Test
    void theLimitInACall() throws Exception {
        inference
                .piece(new OutputPiece.CallBegun(0, "call_1", "f"))
                .piece(new OutputPiece.CallArguments(0, "{\"a\":"))
                .piece(new OutputPiece.CallBroken(0, "<call>f {\"a\":"))
                .end(StopReason.LENGTH);
        assertTranscript("length-in-call", HI + TOOLS);
    }

    @Test
    void aCallThatComesToNothing() throws Exception {
        inference
                .piece(new OutputPiece.CallBegun(0, "call_1", "f"))
                .piece(new OutputPiece.CallBroken(0, "<call>f"))
                .say(" well")
                .end(StopReason.STOP);
        assertTranscript("broken-call", HI + TOOLS);
    }

    @Test
    void anErrorInTheMiddle() throws Exception {
        inference.say("a").fail(Fault.RUNNER_DIED, "the runner died");
        assertTranscript("error", HI);
    }

    @Test
    void aSchema() throws Exception {
        inference.say("{\"n\":", "1}").end(StopReason.STOP);
        assertTranscript(
                "schema",
                HI + ",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,"
                        + "\"schema\":{\"type\":\"object\"}}}");
    }

    @Test
    void logprobs() throws Exception {
        var other = new Logprob(8, new byte[] {98}, -2, List.of());
        inference
                .likely(new Logprob(7, new byte[] {97}, -0.5f, List.of(other)))
                .say("a")
                .end(StopReason.STOP);
        assertTranscript("logprobs", HI + ",\"top_logprobs\":1,\"include\":[\"message.output_text.logprobs\"]");
    }

    private void assertTranscript(String name, String fields) throws Exception {
        var response = server.post(fields);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        var events = SseReader.all(response.body());
        assertThat(events)
                .extracting(event -> event.json().path("sequence_number").asInt())
                .containsExactlyElementsOf(
                        IntStream.range(0, events.size()).boxed().toList());
        assertThat(response.body()).isEqualTo(golden(name));
    }

    private static String golden(String name) throws IOException {
        try (var file = ResponsesTranscriptsTest.class.getResourceAsStream("responses/" + name + ".sse")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
