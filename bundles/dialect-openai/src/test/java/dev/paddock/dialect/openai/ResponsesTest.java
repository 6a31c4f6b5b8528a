package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.ScriptedInference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole responses, counted input, and what is refused. */
class ResponsesTest {
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
    void aWholeResponseHasTheItemsThatAStreamWouldHave() throws Exception {
        inference.piece(new OutputPiece.Thinking("hm")).say("a", "b").end(StopReason.STOP);
        var response = server.create("\"input\":\"hi\",\"metadata\":{\"k\":\"v\"},\"temperature\":0.5");
        assertThat(response)
                .containsEntry("id", "resp_1")
                .containsEntry("object", "response")
                .containsEntry("status", "completed")
                .containsEntry("model", "tiny")
                .containsEntry("temperature", 0.5)
                .containsEntry("metadata", Map.of("k", "v"));
        assertThat(response.get("output"))
                .hasToString("[{id=rs_1_0, type=reasoning, status=completed, summary=[],"
                        + " content=[{type=reasoning_text, text=hm}]},"
                        + " {id=msg_1_1, type=message, status=completed, role=assistant,"
                        + " content=[{type=output_text, text=ab, annotations=[], logprobs=[]}]}]");
        assertThat(response.get("usage"))
                .hasToString("{input_tokens=7, input_tokens_details={cached_tokens=3, cache_write_tokens=0},"
                        + " output_tokens=5, output_tokens_details={reasoning_tokens=0}, total_tokens=12}");
    }

    @Test
    void theLimitMakesItIncomplete() throws Exception {
        inference.say("a").end(StopReason.LENGTH);
        var response = server.create("\"input\":\"hi\"");
        assertThat(response).containsEntry("status", "incomplete");
        assertThat(response.get("incomplete_details")).hasToString("{reason=max_output_tokens}");
        assertThat(response.get("output").toString()).contains("status=incomplete");
    }

    @Test
    void anAnswerOfNothingHasAMessageOfNothing() throws Exception {
        inference.end(StopReason.STOP);
        assertThat(server.create("\"input\":\"hi\"").get("output").toString())
                .contains("type=output_text, text=, annotations");
    }

    @Test
    void whatCouldNotBeFollowedIsSaid() throws Exception {
        inference.notes("one").say("a").end(StopReason.STOP);
        var response = server.post("\"input\":\"hi\",\"text\":{\"verbosity\":\"low\"},\"surprise\":1,"
                + "\"tools\":[{\"type\":\"web_search\",\"external_web_access\":false}]");
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).contains("surprise, tools[0].type");
        assertThat(response.headers().firstValue("X-Paddock-Notes")).contains("3");
        assertThat(ResponsesServer.answered(response).get("paddock").toString())
                .contains("tools of type \"web_search\" are not offered", "text.verbosity", "one");
        assertThat(server.asked().tools()).isEmpty();
    }

    @Test
    void theInputIsCounted() throws Exception {
        var count = server.send(
                "POST",
                "/v1/responses/input_tokens",
                "{\"model\":\"tiny\",\"instructions\":\"be\",\"input\":\"hi\","
                        + "\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}");
        assertThat(count.body()).isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":120}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "\"input\":\"hi\",\"background\":true|\"background\" is not supported",
                "\"input\":\"hi\",\"conversation\":\"c\"|\"conversation\" is not supported",
                "\"input\":\"hi\",\"prompt\":{\"id\":\"p\"}|\"prompt\" is not supported",
                "\"input\":[]|\"input\" is required",
                "\"input\":5|\"input\" must be a list",
                "\"input\":[{\"type\":\"magic\"}]|\"input[0].type\" must be",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]|input[0].content[0].input_image",
                "\"input\":[{\"role\":\"cat\",\"content\":\"m\"}]|\"input[0].role\" must be user, assistant",
                "\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"[\"}]"
                        + "|\"input[0].arguments\" must be a JSON object",
                "\"input\":[{\"type\":\"function_call_output\",\"output\":\"x\"}]|\"input[0].call_id\" must be",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_x\"}]|'msg_x' not found (\"input[0].id\")",
                "\"input\":\"hi\",\"truncation\":\"some\"|\"truncation\" must be auto or disabled",
                "\"input\":\"hi\",\"truncation\":\"auto\",\"shift\":true|\"truncation\" says the same as",
                "\"input\":\"hi\",\"min_tokens\":3|\"min_tokens\" is not supported",
                "\"input\":\"hi\",\"metadata\":{\"a\":1}|\"metadata\" must be an object of at most 16 texts",
                "\"input\":\"hi\",\"text\":{\"verbosity\":\"loud\"}|\"text.verbosity\" must be low, medium or high",
                "\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"xml\"}}|\"text.format.type\" must be text",
                "\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}}|\"text.format.schema\"",
                "\"input\":\"hi\",\"reasoning\":{\"effort\":\"huge\"}|invalid reasoning value: \"huge\"",
                "\"input\":\"hi\",\"max_output_tokens\":0|\"max_output_tokens\" must be a whole number from 1",
                "\"input\":\"hi\",\"top_logprobs\":21|\"top_logprobs\" must be a whole number from 0 to 20",
            })
    void badInputIsRefusedWithAWordOnWhere(String fields, String message) throws Exception {
        var response = server.post(fields);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(ResponsesServer.json(response.body()).get("error").toString())
                .contains(message, "type=invalid_request_error");
    }

    @Test
    void anUnknownModelIsNotFound() throws Exception {
        var response = server.send("POST", ResponsesServer.PATH, "{\"model\":\"none\",\"input\":\"hi\"}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("model_not_found");
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsNumbers() throws Exception {
        inference.fail(Fault.CONTEXT_TOO_LONG, "9000 of 4096 tokens");
        var response = server.post("\"input\":\"hi\",\"truncation\":\"disabled\",\"stream\":true");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("9000 of 4096 tokens", "context_length_exceeded");
    }

    @Test
    void aClientThatGoesAwayEndsItsAnswerWhichIsNotKept() throws Exception {
        inference.say("a");
        var response = CompletableFuture.supplyAsync(() -> {
            try {
                return server.post("\"input\":\"hi\",\"stream\":true");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(inference.opened.await(5, TimeUnit.SECONDS)).isTrue();
        while (server.server().watches() == 0) Thread.onSpinWait();
        server.server().hangUp();
        assertThat(inference.closed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(response.get(5, TimeUnit.SECONDS).body()).contains("event: response.failed");
        assertThat(server.get("/v1/responses/resp_1").statusCode()).isEqualTo(404);
    }

    @Test
    void otherPathsAreUnknown() throws Exception {
        assertThat(server.send("POST", "/v1/responses/compact", "{}").statusCode())
                .isEqualTo(404);
        var cancel = server.send("POST", "/v1/responses/resp_1/cancel", "");
        assertThat(cancel.statusCode()).isEqualTo(400);
        assertThat(cancel.body()).contains("close the connection");
    }
}
