package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.model.Option;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request for a response asks of the inference. */
class ResponsesInputTest {
    private static final String SEALED = "paddock1:aG0=";

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
    void aTextIsWhatTheUserSays() throws Exception {
        assertThat(messages("\"input\":\"hi\",\"instructions\":\"be kind\""))
                .containsExactly(new Message(Role.SYSTEM, "be kind"), new Message(Role.USER, "hi"));
    }

    @Test
    void messagesHaveTextsOrPartsAndNeedNoType() throws Exception {
        assertThat(messages(items(
                        "{\"role\":\"developer\",\"content\":\"d\"}",
                        "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},"
                                + "{\"type\":\"input_text\",\"text\":\"b\"}]}",
                        "{\"id\":\"msg_9\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                                + "\"phase\":\"final_answer\",\"content\":[{\"type\":\"output_text\",\"text\":\"c\","
                                + "\"annotations\":[],\"logprobs\":[]},{\"type\":\"refusal\",\"refusal\":\"d\"}]}",
                        "{\"role\":\"user\",\"content\":\"e\"}")))
                .containsExactly(
                        new Message(Role.SYSTEM, "d"),
                        new Message(Role.USER, "a\nb"),
                        new Message(Role.ASSISTANT, "cd"),
                        new Message(Role.USER, "e"));
    }

    @Test
    void whatOneAnswerConsistedOfIsOneTurn() throws Exception {
        var f = new ToolCall("c1", "f", Map.of("x", 1));
        var g = new ToolCall("c2", "ns__g", Map.of());
        assertThat(messages(items(
                        "{\"role\":\"user\",\"content\":\"a\"}",
                        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                                + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hm\"}]}",
                        "{\"role\":\"assistant\",\"content\":\"b\"}",
                        call("c1", "f", "{\\\"x\\\":1}", ""),
                        call("c2", "g", "", ",\"namespace\":\"ns\""),
                        "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"r\"}",
                        "{\"type\":\"function_call_output\",\"call_id\":\"c2\","
                                + "\"output\":[{\"type\":\"input_text\",\"text\":\"s\"}]}")))
                .containsExactly(
                        new Message(Role.USER, "a"),
                        new Message(Role.ASSISTANT, "b", "hm", List.of(f, g), "", ""),
                        new Message(Role.TOOL, "r", "", List.of(), "f", "c1"),
                        new Message(Role.TOOL, "s", "", List.of(), "ns__g", "c2"));
    }

    @Test
    void unknownFieldsOfItemsAreListed() throws Exception {
        server.inference.say("ok").end(StopReason.STOP);
        var response = server.post(items(
                "{\"role\":\"user\",\"x\":1,\"content\":[{\"type\":\"input_text\"," + "\"text\":\"a\",\"y\":1}]}"));
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).contains("input[0].content[0].y, input[0].x");
    }

    @Test
    void twoMessagesInARowStayTwo() throws Exception {
        assertThat(messages(items(
                        "{\"role\":\"assistant\",\"content\":\"a\"}",
                        "{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]}",
                        "{\"role\":\"assistant\",\"content\":\"b\"}")))
                .containsExactly(
                        new Message(Role.ASSISTANT, "a"), new Message(Role.ASSISTANT, "b", "hm", List.of(), "", ""));
    }

    @ParameterizedTest
    @CsvSource({SEALED + ",hm", "gAAAAAB,''", "paddock1:%%,''"})
    void sealedThoughtsAreOpenedAndThoseOfOthersAreNoted(String sealed, String thoughts) throws Exception {
        var response = response(items(
                "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" + sealed + "\"}",
                "{\"role\":\"assistant\",\"content\":\"a\"}"));
        assertThat(server.asked().messages().getFirst().thinking()).isEqualTo(thoughts);
        assertThat(response.containsKey("paddock")).isEqualTo(thoughts.isEmpty());
    }

    @Test
    void whatIsNotShownToTheModelIsNoted() throws Exception {
        var response = response(items(
                "{\"type\":\"web_search_call\",\"id\":\"ws\",\"status\":\"completed\",\"action\":{\"query\":\"q\"}}",
                "{\"type\":\"web_search_call\"}",
                "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{\",\"status\":\"incomplete\"}",
                "{\"type\":\"custom_tool_call\",\"call_id\":\"d\",\"name\":\"patch\",\"input\":\"p\"}",
                "{\"type\":\"custom_tool_call_output\",\"call_id\":\"d\",\"output\":\"done\"}"));
        assertThat(response.get("paddock").toString())
                .contains(
                        "\"web_search_call\" is left out: searches of another server are not shown to the model (2 times)")
                .contains("\"function_call\" is left out: the call was cut off]");
        assertThat(server.asked().messages())
                .containsExactly(
                        new Message(
                                Role.ASSISTANT,
                                "",
                                "",
                                List.of(new ToolCall("d", "patch", Map.of("input", "p"))),
                                "",
                                ""),
                        new Message(Role.TOOL, "done", "", List.of(), "patch", "d"));
    }

    @Test
    void toolsAreNestedForTheTemplateAndNamespacesJoined() throws Exception {
        response("\"input\":\"hi\",\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"function\",\"name\":\"f\","
                + "\"description\":\"does\",\"parameters\":{\"type\":\"object\"},\"strict\":true},"
                + "{\"type\":\"namespace\",\"name\":\"mcp__a\",\"description\":\"A\",\"tools\":["
                + "{\"type\":\"function\",\"name\":\"g\"},{\"type\":\"function\",\"name\":\"mcp__a__h\"}]}]");
        assertThat(server.asked().tools())
                .containsExactly(
                        new Tool(
                                "f",
                                Map.of(
                                        "type",
                                        "function",
                                        "function",
                                        Map.of(
                                                "name",
                                                "f",
                                                "description",
                                                "does",
                                                "parameters",
                                                Map.of("type", "object"),
                                                "strict",
                                                true))),
                        new Tool("mcp__a__g", Map.of("type", "function", "function", Map.of("name", "mcp__a__g"))),
                        new Tool("mcp__a__h", Map.of("type", "function", "function", Map.of("name", "mcp__a__h"))));
        assertThat(server.asked().toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.AUTO, List.of(), false, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "\"none\"|NONE|[]",
                "\"required\"|REQUIRED|[]",
                "{\"type\":\"function\",\"name\":\"f\"}|REQUIRED|[f]",
                "{\"type\":\"function\",\"namespace\":\"n\",\"name\":\"g\"}|REQUIRED|[n__g]",
                "{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},"
                        + "{\"type\":\"web_search\"}]}|AUTO|[f]",
            })
    void toolChoicesAreThoseOfTheApi(String choice, ToolChoice.Mode mode, String names) throws Exception {
        response("\"input\":\"hi\"," + TWO + ",\"tool_choice\":" + choice);
        assertThat(server.asked().toolChoice().mode()).isEqualTo(mode);
        assertThat(server.asked().toolChoice().names()).hasToString(names);
    }

    private static final String TWO = "\"tools\":[{\"type\":\"function\",\"name\":\"f\"},"
            + "{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "\"tool_choice\":{\"type\":\"function\",\"name\":\"x\"}|\"x\" is none",
                "\"tool_choice\":{\"type\":\"web_search\"}|\"tool_choice\" must be",
                "\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[]}|at least one function",
                "\"tools\":[{\"type\":\"file_search\"}]|\"file_search\" tools are not run by this server",
                "\"tools\":[{\"type\":\"function\"}]|\"tools[0].name\" must be",
            })
    void toolsThatCannotBeAreRefused(String fields, String message) throws Exception {
        var refused = server.post("\"input\":\"hi\"," + TWO + "," + fields);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(ResponsesServer.json(refused.body()).get("error").toString()).contains(message);
    }

    @Test
    void theRestBecomesOptionsAndTheFormOfTheAnswer() throws Exception {
        response("\"input\":\"hi\",\"max_output_tokens\":9,\"temperature\":0.5,\"seed\":3,\"truncation\":\"auto\","
                + "\"reasoning\":{\"effort\":\"high\"},\"top_logprobs\":2,"
                + "\"include\":[\"message.output_text.logprobs\"],"
                + "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,\"schema\":{}}}");
        var asked = server.asked();
        assertThat(asked.options().integer(Option.NUM_PREDICT, 0)).isEqualTo(9);
        assertThat(asked.options().number(Option.TEMPERATURE, 0)).isEqualTo(0.5);
        assertThat(asked.options().integer(Option.SEED, 0)).isEqualTo(3);
        assertThat(asked.think()).isEqualTo(Think.HIGH);
        assertThat(asked.form().overflow()).contains(ContextPolicy.TRUNCATE);
        assertThat(asked.form().logprobs()).isEqualTo(2);
        assertThat(asked.form().format()).contains(new AnswerFormat.Schema(Map.of(), true, "text.format.schema"));
    }

    private List<Message> messages(String fields) throws Exception {
        response(fields);
        return server.asked().messages();
    }

    private Map<String, Object> response(String fields) throws Exception {
        server.inference.say("ok").end(StopReason.STOP);
        return server.create(fields);
    }

    private static String items(String... items) {
        return "\"input\":[" + String.join(",", items) + "]";
    }

    private static String call(String id, String name, String arguments, String more) {
        return "{\"type\":\"function_call\",\"id\":\"fc\",\"call_id\":\"" + id + "\",\"name\":\"" + name
                + "\",\"arguments\":\"" + arguments + "\"" + more + "}";
    }
}
