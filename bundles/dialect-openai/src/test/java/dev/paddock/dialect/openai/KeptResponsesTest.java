package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are kept, gone on from, shown and forgotten. The settings allow 3, of 40 KiB, for an hour. */
class KeptResponsesTest {
    private ResponsesServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ResponsesServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theNextGoesOnFromTheWholeConversationWithoutItsInstructions() throws Exception {
        server.inference.piece(new OutputPiece.Thinking("hm"));
        say("b", "\"input\":\"a\",\"instructions\":\"old\"");
        say("d", "\"input\":\"c\",\"previous_response_id\":\"resp_1\"");
        var third = say("f", "\"input\":\"e\",\"previous_response_id\":\"resp_2\",\"instructions\":\"new\"");
        assertThat(server.asked().messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "new"),
                        new Message(Role.USER, "a"),
                        new Message(Role.ASSISTANT, "b", "hm", List.of(), "", ""),
                        new Message(Role.USER, "c"),
                        new Message(Role.ASSISTANT, "d"),
                        new Message(Role.USER, "e"));
        assertThat(third).containsEntry("previous_response_id", "resp_2");
    }

    @Test
    void aStreamedOneIsKeptToo() throws Exception {
        server.inference.say("b").end(StopReason.STOP);
        assertThat(server.post("\"input\":\"a\",\"stream\":true").statusCode()).isEqualTo(200);
        assertThat(shown("resp_1")).containsEntry("status", "completed");
    }

    @Test
    void whatIsNotToBeStoredIsNot() throws Exception {
        assertThat(say("b", "\"input\":\"a\",\"store\":false")).containsEntry("store", false);
        assertNotKept("resp_1");
    }

    @Test
    void anUnknownOneIsTheClientsMistakeInOpenAisWords() throws Exception {
        var refused = server.post("\"input\":\"a\",\"previous_response_id\":\"resp_x\"");
        assertThat(refused.statusCode()).isEqualTo(400);
        var error = (Map<?, ?>) ResponsesServer.json(refused.body()).get("error");
        assertThat(error.get("message").toString())
                .startsWith("Previous response with id 'resp_x' not found. Responses are kept in memory");
        assertThat(error.get("type")).isEqualTo("invalid_request_error");
        assertThat(error.get("param")).isEqualTo("previous_response_id");
        assertThat(error.get("code")).isEqualTo("previous_response_not_found");
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws Exception {
        for (int i = 1; i <= 3; i++) say("b", "\"input\":\"a\"");
        shown("resp_1");
        say("b", "\"input\":\"a\"");
        assertNotKept("resp_2");
        shown("resp_1");
        shown("resp_4");
    }

    @Test
    void aConversationThatLostItsBeginningIsNotGoneOnFrom() throws Exception {
        say("b", "\"input\":\"a\"");
        for (int i = 1; i <= 3; i++) say("b", "\"input\":\"a\",\"previous_response_id\":\"resp_" + i + "\"");
        assertNotKept("resp_1");
        var refused = server.post("\"input\":\"a\",\"previous_response_id\":\"resp_4\"");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("'resp_4' not found in full: 'resp_1' before it is missing");
    }

    @Test
    void allOfThemTogetherAreBounded() throws Exception {
        for (int i = 1; i <= 3; i++) say("b", "\"input\":\"" + "x".repeat(15_000) + "\"");
        assertNotKept("resp_1");
        shown("resp_2");
        shown("resp_3");
        var large = say("b", "\"input\":\"" + "x".repeat(50_000) + "\"");
        assertThat(large.get("paddock").toString())
                .contains("not kept: the settings responses.count and responses.bytes");
        assertNotKept("resp_4");
        shown("resp_3");
    }

    @Test
    void oneThatNobodyUsesIsForgotten() throws Exception {
        say("b", "\"input\":\"a\"");
        server.pass(3_000);
        shown("resp_1");
        server.pass(3_601);
        assertNotKept("resp_1");
    }

    @Test
    void itemsAreReferredTo() throws Exception {
        say("b", "\"input\":\"a\"");
        say(
                "c",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"item_1_in_0\"},{\"id\":\"msg_1_0\"},"
                        + "{\"role\":\"user\",\"content\":\"more\"}]");
        assertThat(server.asked().messages())
                .containsExactly(
                        new Message(Role.USER, "a"), new Message(Role.ASSISTANT, "b"), new Message(Role.USER, "more"));
        assertThat(server.get("/v1/responses/resp_2/input_items?order=asc").body())
                .contains("\"first_id\":\"item_1_in_0\"", "\"id\":\"msg_1_0\"", "\"last_id\":\"item_2_in_2\"");
    }

    @Test
    void inputItemsComeInPages() throws Exception {
        say(
                "b",
                "\"input\":[{\"role\":\"user\",\"content\":\"1\"},{\"role\":\"user\",\"content\":\"2\"},"
                        + "{\"id\":\"mine\",\"role\":\"user\",\"content\":\"3\"}]");
        String path = "/v1/responses/resp_1/input_items?limit=2";
        assertThat(server.get(path).body())
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"id\":\"mine\",\"type\":\"message\",\"role\":\"user\",\"content\":\"3\"},"
                        + "{\"id\":\"item_1_in_1\",\"type\":\"message\",\"role\":\"user\",\"content\":\"2\"}],"
                        + "\"first_id\":\"mine\",\"last_id\":\"item_1_in_1\",\"has_more\":true}");
        assertThat(server.get(path + "&after=item_1_in_1").body())
                .contains("\"first_id\":\"item_1_in_0\"", "\"has_more\":false");
        assertThat(server.get(path + "&order=asc").body()).contains("\"first_id\":\"item_1_in_0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "order=up", "after=none"})
    void badPagesAreRefused(String query) throws Exception {
        say("b", "\"input\":\"a\"");
        var refused = server.get("/v1/responses/resp_1/input_items?" + query);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void oneIsDeletedOnce() throws Exception {
        say("b", "\"input\":\"a\"");
        assertThat(server.send("DELETE", "/v1/responses/resp_1", "").body())
                .isEqualTo("{\"id\":\"resp_1\",\"object\":\"response\",\"deleted\":true}");
        assertThat(server.send("DELETE", "/v1/responses/resp_1", "").statusCode())
                .isEqualTo(404);
        assertNotKept("resp_1");
    }

    @Test
    void aReplayIsRefused() throws Exception {
        say("b", "\"input\":\"a\"");
        assertThat(server.get("/v1/responses/resp_1?stream=true").statusCode()).isEqualTo(400);
    }

    private Map<String, Object> say(String answer, String fields) throws Exception {
        server.inference.say(answer).end(StopReason.STOP);
        return server.create(fields);
    }

    private Map<String, Object> shown(String id) throws Exception {
        return ResponsesServer.answered(server.get("/v1/responses/" + id));
    }

    private void assertNotKept(String id) throws Exception {
        var missing = server.get("/v1/responses/" + id);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("Response with id '" + id + "' not found", "not_found_error");
    }
}
