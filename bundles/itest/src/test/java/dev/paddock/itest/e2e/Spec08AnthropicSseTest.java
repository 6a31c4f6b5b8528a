package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.SseReader;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Group 8 of the acceptance list: the exact order of events, the indexes of blocks, the usage in {@code message_delta}. */
@ExtendWith(SharedServer.class)
class Spec08AnthropicSseTest {
    private static final String SUM = "[{\"role\":\"user\",\"content\":\"What is 17 + 25?\"}]";
    private static final String TOOLS = ",\"tools\":[{\"name\":\"add\",\"description\":\"Add two numbers\","
            + "\"input_schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"},"
            + "\"b\":{\"type\":\"number\"}},\"required\":[\"a\",\"b\"]}}]";

    private final Server server;

    Spec08AnthropicSseTest(Server server) {
        this.server = server;
    }

    private List<SseReader.Event> events(String more) throws Exception {
        return SseReader.all(post(true, more));
    }

    private String post(boolean stream, String more) throws Exception {
        var response = server.post(
                "/v1/messages?beta=true",
                "{\"model\":\"starter\",\"max_tokens\":300,\"temperature\":0,\"stream\":" + stream + ",\"messages\":"
                        + SUM + more + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("request-id"))
                .isEqualTo(response.headers().firstValue("X-Request-Id"));
        return response.body();
    }

    /** Names in their order, deltas of one kind that follow each other as one. */
    private static String order(List<SseReader.Event> events) {
        return events.stream()
                .map(event -> event.name().equals("content_block_delta")
                        ? event.json().at("/delta/type").asString()
                        : event.name())
                .collect(Collectors.joining(" "))
                .replaceAll("\\b(\\w+_delta)( \\1)+\\b", "$1");
    }

    private static List<Integer> indexes(List<SseReader.Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("content_block_start"))
                .map(event -> event.json().path("index").asInt(-1))
                .toList();
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.STREAM)
    void aTextHasItsEventsInAnthropicsOrder() throws Exception {
        var events = events("");
        assertThat(order(events))
                .isEqualTo("message_start content_block_start ping text_delta content_block_stop message_delta"
                        + " message_stop");
        assertThat(events.stream()
                        .map(event -> event.json().at("/delta/text").asString(""))
                        .collect(Collectors.joining()))
                .isEqualTo("17 + 25 = 42.");
        assertThat(indexes(events)).containsExactly(0);
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.THINKING)
    void thoughtsAreABlockBeforeTheTextAndAreSigned() throws Exception {
        var events = events(",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}");
        assertThat(order(events))
                .isEqualTo("message_start content_block_start ping thinking_delta signature_delta content_block_stop"
                        + " content_block_start text_delta content_block_stop message_delta message_stop");
        assertThat(indexes(events)).containsExactly(0, 1);
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.TOOLS)
    void aCallIsABlockWhoseInputComesInPieces() throws Exception {
        var events = events(TOOLS);
        assertThat(order(events))
                .endsWith(
                        "content_block_start ping input_json_delta content_block_stop message_delta" + " message_stop");
        String input = events.stream()
                .map(event -> event.json().at("/delta/partial_json").asString(""))
                .collect(Collectors.joining());
        assertThat(Server.JSON.readTree(input)).isEqualTo(Server.JSON.readTree("{\"a\":17,\"b\":25}"));
        assertThat(last(events).at("/delta/stop_reason").asString()).isEqualTo("tool_use");
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.USAGE)
    void theUsageOfAStreamIsThatOfTheWholeAnswer() throws Exception {
        JsonNode whole = Server.JSON.readTree(post(false, "")).path("usage");
        var events = events("");
        JsonNode first = events.getFirst().json().at("/message/usage");
        JsonNode last = last(events).path("usage");
        assertThat(prompt(first))
                .isEqualTo(prompt(whole))
                .isEqualTo(prompt(last))
                .isPositive();
        assertThat(first.path("input_tokens")).isEqualTo(last.path("input_tokens"));
        assertThat(last.path("output_tokens").asInt())
                .isEqualTo(whole.path("output_tokens").asInt())
                .isPositive();
        assertThat(last.path("cache_read_input_tokens").asInt())
                .as("asked before")
                .isPositive();
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.ERROR)
    void aRequestThatCannotBeAnsweredHasAnthropicsForm() throws Exception {
        var response = server.post("/v1/messages", "{\"model\":\"starter\",\"messages\":" + SUM + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = Server.JSON.readTree(response.body());
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.at("/error/message").asString()).contains("max_tokens");
        assertThat(error.path("request_id").asString())
                .isEqualTo(response.headers().firstValue("request-id").orElse(""));
    }

    private static JsonNode last(List<SseReader.Event> events) {
        return events.get(events.size() - 2).json();
    }

    private static int prompt(JsonNode usage) {
        return usage.path("input_tokens").asInt()
                + usage.path("cache_read_input_tokens").asInt()
                + usage.path("cache_creation_input_tokens").asInt();
    }
}
