package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.SseReader;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Group 7 of the acceptance list, Responses SSE: numbers without a gap from 0, names that are types, and the last event.
 * That names are types is what the reader insists on.
 */
@ExtendWith(SharedServer.class)
class Spec07ResponsesSseTest {
    private static final String SUM = "\"input\":\"What is 17 + 25?\"";
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"name\":\"add\","
            + "\"description\":\"Add two numbers\",\"strict\":true,\"parameters\":{\"type\":\"object\","
            + "\"properties\":{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"number\"}},"
            + "\"required\":[\"a\",\"b\"]}}]";
    private static final String BEGIN = "created in_progress ";
    private static final String MESSAGE = "output_item.added content_part.added output_text.delta output_text.done"
            + " content_part.done output_item.done ";
    private static final String THOUGHTS = "output_item.added content_part.added reasoning_text.delta"
            + " reasoning_text.done content_part.done output_item.done ";
    private static final String SUMMARY = "output_item.added reasoning_summary_part.added"
            + " reasoning_summary_text.delta reasoning_summary_text.done reasoning_summary_part.done"
            + " output_item.done ";
    private static final String CALL =
            "output_item.added function_call_arguments.delta" + " function_call_arguments.done output_item.done ";

    private final Server server;

    Spec07ResponsesSseTest(Server server) {
        this.server = server;
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.STREAM)
    void textComesInOneMessage() throws Exception {
        var events = events(SUM);
        assertThat(order(events)).isEqualTo(BEGIN + MESSAGE + "completed");
        assertThat(joined(events, "response.output_text.delta")).isEqualTo("17 + 25 = 42.");
        assertWhole(events, SUM);
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.THINKING)
    void thoughtsAreAnItemOfTheirOwn() throws Exception {
        String asked = SUM + ",\"reasoning\":{\"effort\":\"low\"}";
        var events = events(asked);
        assertThat(order(events)).isEqualTo(BEGIN + THOUGHTS + MESSAGE + "completed");
        assertThat(joined(events, "response.reasoning_text.delta")).contains("7 + 5 = 12");
        assertWhole(events, asked);
        var summed = events(SUM + ",\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"}");
        assertThat(order(summed)).isEqualTo(BEGIN + SUMMARY + MESSAGE + "completed");
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.TOOLS)
    void aCallStreamsItsArguments() throws Exception {
        var events = events(SUM + TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"name\":\"add\"}");
        assertThat(order(events)).isEqualTo(BEGIN + CALL + "completed");
        assertThat(Server.JSON.readTree(joined(events, "response.function_call_arguments.delta")))
                .isEqualTo(Server.JSON.readTree("{\"a\":17,\"b\":25}"));
    }

    @Test
    void aCallThatTheLimitCutsIsIncompleteAndHasNoArgumentsThatAreDone() throws Exception {
        var events = events(SUM + TOOLS + ",\"tool_choice\":\"required\",\"max_output_tokens\":12");
        assertThat(order(events))
                .isEqualTo(BEGIN + "output_item.added function_call_arguments.delta output_item.done incomplete");
        assertThat(events.getLast().json().at("/response/output/0/status").asString())
                .isEqualTo("incomplete");
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.LOGPROBS)
    void logprobsOfTheTextAreGivenWhenAskedFor() throws Exception {
        var events = events(SUM + ",\"top_logprobs\":2,\"include\":[\"message.output_text.logprobs\"]");
        JsonNode logprobs = events.getLast().json().at("/response/output/0/content/0/logprobs");
        String tokens = logprobs.valueStream()
                .map(token -> token.path("token").asString())
                .collect(Collectors.joining());
        assertThat(tokens).isEqualTo("17 + 25 = 42.");
        assertThat(logprobs.get(0).path("top_logprobs").size()).isEqualTo(2);
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.SYSTEM)
    void instructionsAreTheSystemText() throws Exception {
        int bare = tokens(SUM);
        int instructed = tokens(SUM + ",\"instructions\":\"You answer in one word.\"");
        int said = tokens("\"input\":[{\"role\":\"developer\",\"content\":\"You answer in one word.\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"What is 17 + 25?\"}]}]");
        assertThat(instructed).isGreaterThan(bare).isEqualTo(said);
    }

    private int tokens(String fields) throws Exception {
        var body = Server.JSON.readTree("{\"model\":\"starter\"," + fields + "}");
        return server.ask("/v1/responses/input_tokens", body)
                .path("input_tokens")
                .asInt();
    }

    private List<SseReader.Event> events(String fields) throws Exception {
        var response = server.post("/v1/responses", body(fields, true));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var events = SseReader.all(response.body());
        assertThat(events)
                .extracting(event -> event.json().path("sequence_number").asInt(-1))
                .containsExactlyElementsOf(
                        IntStream.range(0, events.size()).boxed().toList());
        return events;
    }

    /** The whole answer consists of what the stream's last event says. */
    private void assertWhole(List<SseReader.Event> events, String fields) throws Exception {
        JsonNode whole = Server.JSON.readTree(
                server.post("/v1/responses", body(fields, false)).body());
        JsonNode last = events.getLast().json().path("response");
        assertThat(bare(last.path("output"))).isEqualTo(bare(whole.path("output")));
        assertThat(last.path("status")).isEqualTo(whole.path("status"));
    }

    private static String bare(JsonNode output) {
        return output.toString().replaceAll("\"id\":\"[^\"]*\",?", "");
    }

    private static String body(String fields, boolean stream) {
        return "{\"model\":\"starter\",\"temperature\":0,\"max_output_tokens\":300,\"stream\":" + stream + "," + fields
                + "}";
    }

    private static String joined(List<SseReader.Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(event -> event.json().path("delta").asString())
                .collect(Collectors.joining());
    }

    /** Names in their order, deltas of one kind that follow each other as one. */
    private static String order(List<SseReader.Event> events) {
        return events.stream()
                .map(event -> event.name().replaceFirst("^response\\.", ""))
                .collect(Collectors.joining(" "))
                .replaceAll("\\b(\\w+\\.delta)( \\1)+\\b", "$1");
    }
}
