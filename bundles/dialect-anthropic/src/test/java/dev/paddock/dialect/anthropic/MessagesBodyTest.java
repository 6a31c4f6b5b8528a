package dev.paddock.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Option;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesBodyTest {
    private static final String USER = "{\"role\":\"user\",\"content\":\"hi\"}";

    private static final String CLAUDE_CODE = """
                {"model":"tiny","max_tokens":32000,"stream":true,"metadata":{"user_id":"u"},"temperature":0.5,
                 "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2;"},
                   {"type":"text","text":"You are kind.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
                 "messages":[
                   {"role":"user","content":[{"type":"text","text":"a"},
                     {"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]},
                   {"role":"assistant","content":[
                     {"type":"thinking","thinking":"hm","signature":"s"},
                     {"type":"redacted_thinking","data":"x"},
                     {"type":"text","text":"I look."},
                     {"type":"tool_use","id":"t1","name":"read","input":{"path":"x"}},
                     {"type":"tool_use","id":"t2","name":"now","input":{}}]},
                   {"role":"user","content":[
                     {"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"1"},
                       {"type":"text","text":"2"}],"cache_control":{"type":"ephemeral"}},
                     {"type":"tool_result","tool_use_id":"t2","is_error":true,"content":"no clock"},
                     {"type":"text","text":"go on"}]}],
                 "tools":[{"name":"read","description":"Reads.","input_schema":{"type":"object"},
                   "cache_control":{"type":"ephemeral"}},
                   {"type":"custom","name":"now","input_schema":{"type":"object","properties":{}}}],
                 "thinking":{"type":"enabled","budget_tokens":1024},
                 "context_management":{"edits":[{"type":"clear_thinking_20251015"}]}}
                """;

    private boolean thinker = true;
    private Fields fields;

    /** A request with these fields more. */
    private ChatRequest with(String more) {
        return parse("{\"model\":\"tiny\",\"max_tokens\":9,\"messages\":[" + USER + "]," + more + "}");
    }

    /** A request with these messages. */
    private List<Message> messages(String messages) {
        return parse("{\"model\":\"tiny\",\"max_tokens\":9,\"messages\":[" + messages + "]}")
                .messages();
    }

    private ChatRequest parse(String json) {
        fields = new Fields(Json.parseObject(json).orElseThrow());
        return MessagesBody.parse(fields, _ -> thinker).request();
    }

    private void refused(String why, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(PaddockException.class).hasMessageContaining(why);
    }

    @Test
    void whatAClaudeCodeSendsIsUnderstood() {
        var request = parse(CLAUDE_CODE);
        assertThat(request.messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "x-anthropic-billing-header: cc_version=2;\n\nYou are kind."),
                        new Message(Role.USER, "a\nb"),
                        new Message(
                                Role.ASSISTANT,
                                "I look.",
                                "hm",
                                List.of(
                                        new ToolCall("t1", "read", Map.of("path", "x")),
                                        new ToolCall("t2", "now", Map.of())),
                                "",
                                ""),
                        new Message(Role.TOOL, "1\n2", "", List.of(), "read", "t1"),
                        new Message(Role.TOOL, "Error: no clock", "", List.of(), "now", "t2"),
                        new Message(Role.USER, "go on"));
        assertThat(request.tools())
                .extracting(tool -> tool.definition().toString())
                .containsExactly(
                        "{type=function, function={name=read, description=Reads., parameters={type=object}}}",
                        "{type=function, function={name=now, parameters={type=object, properties={}}}}");
        assertThat(request.think()).isEqualTo(Think.ON);
        assertThat(request.form().thoughtTokens()).hasValue(1024);
        assertThat(request.options().values()).isEqualTo(Map.of(Option.NUM_PREDICT, 32000L, Option.TEMPERATURE, 0.5));
        assertThat(fields.unread()).containsExactly("context_management", "messages[1].content[1].data");
    }

    @Test
    void samplingAndStopTextsArePassedOn() {
        var options = with("\"top_k\":3,\"top_p\":0.5,\"stop_sequences\":[\"a\",\"b\"]")
                .options();
        assertThat(options.values()).containsEntry(Option.TOP_K, 3L).containsEntry(Option.TOP_P, 0.5);
        assertThat(options.stop()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"auto\"} | AUTO | true",
                "{\"type\":\"auto\",\"disable_parallel_tool_use\":true} | AUTO | false",
                "{\"type\":\"any\"} | REQUIRED | true",
                "{\"type\":\"tool\",\"name\":\"f\"} | REQUIRED | true",
                "{\"type\":\"none\"} | NONE | true",
            })
    void aToolChoiceIsRead(String choice, ToolChoice.Mode mode, boolean several) {
        var read = with("\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"tool_choice\":" + choice)
                .toolChoice();
        assertThat(read.mode()).isEqualTo(mode);
        assertThat(read.several()).isEqualTo(several);
        assertThat(read.names()).isEqualTo(choice.contains("\"f\"") ? List.of("f") : List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"top_p\":0.5 | OFF",
                "\"thinking\":{\"type\":\"disabled\"} | OFF",
                "\"thinking\":{\"type\":\"enabled\"} | ON",
                "\"thinking\":{\"type\":\"adaptive\"} | ON",
                "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"low\"} | LOW",
                "\"thinking\":{\"type\":\"enabled\"},\"output_config\":{\"effort\":\"xhigh\"} | MAX",
                "\"output_config\":{\"effort\":\"high\"} | OFF",
            })
    void thoughtsAreAskedForAsTheRequestSays(String more, Think think) {
        assertThat(with(more).think()).isEqualTo(think);
    }

    @Test
    void aModelThatCannotThinkDecidesAgainstIt() {
        thinker = false;
        assertThat(with("\"thinking\":{\"type\":\"adaptive\"}").think()).isEqualTo(Think.OFF);
        assertThat(with("\"thinking\":{\"type\":\"enabled\"}").think()).isEqualTo(Think.ON);
    }

    @Test
    void aSchemaIsHeldToUnderBothOfItsNames() {
        String schema = "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}";
        assertThat(with("\"output_config\":{\"format\":" + schema + ",\"effort\":\"low\"}")
                        .form()
                        .format())
                .contains(new AnswerFormat.Schema(Map.of("type", "object"), true, "output_config.format.schema"));
        assertThat(fields.unread()).isEmpty();
        assertThat(with("\"output_format\":" + schema).form().format())
                .contains(new AnswerFormat.Schema(Map.of("type", "object"), true, "output_format.schema"));
    }

    @Test
    void documentsAndSearchResultsOfTextAreText() {
        assertThat(messages("""
                {"role":"user","content":[
                  {"type":"document","title":"T","context":"C","source":{"type":"text","media_type":"text/plain","data":"D"}},
                  {"type":"document","source":{"type":"content","content":[{"type":"text","text":"E"}]}},
                  {"type":"search_result","title":"S","source":"http://x","content":[{"type":"text","text":"F"}]}]}
                """)).containsExactly(new Message(Role.USER, "T\nC\nD\nE\nS\nhttp://x\nF"));
    }

    @Test
    void turnsOfOneSpeakerThatFollowEachOtherAreOne() {
        String call = "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}";
        assertThat(messages(USER + "," + USER + ",{\"role\":\"assistant\",\"content\":\"a\"},"
                        + "{\"role\":\"assistant\",\"content\":[" + call + "]}"))
                .containsExactly(
                        new Message(Role.USER, "hi\nhi"),
                        new Message(Role.ASSISTANT, "a", "", List.of(new ToolCall("t", "f", Map.of())), "", ""));
    }

    @Test
    void whatTheModelIsToGoOnWithComesLast() {
        assertThat(messages(USER + ",{\"role\":\"assistant\",\"content\":\"{\"}"))
                .containsExactly(new Message(Role.USER, "hi"), new Message(Role.ASSISTANT, "{"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | \"model\" is needed",
                "{\"model\":\"tiny\"} | \"max_tokens\" is needed",
                "{\"model\":\"tiny\",\"max_tokens\":0} | \"max_tokens\" must be a whole number from 1",
                "{\"model\":\"tiny\",\"max_tokens\":1} | \"messages\" must be a list of at least one message",
            })
    void whatIsMissingIsNamed(String body, String why) {
        refused(why, () -> parse(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"image\",\"source\":{}} | \"messages[0].content[0].type\": an image, which no model can read",
                "{\"type\":\"document\",\"source\":{\"type\":\"base64\"}} | content[0].source.type\": a document",
                "{\"type\":\"document\",\"source\":{\"type\":\"url\"}} | content[0].source.type\": a document",
                "{\"type\":\"tool_result\",\"tool_use_id\":\"no\"} | content[0].tool_use_id\" must be the id of a tool_use",
                "{\"type\":\"server_tool_use\"} | content[0].type\" must be text, document or search_result",
                "{\"type\":\"text\"} | content[0].text\" must be a string",
            })
    void blocksThatCannotBeReadAreNamed(String block, String why) {
        refused(why, () -> messages("{\"role\":\"user\",\"content\":[" + block + "]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"w\"}] | tools[0].type\": web_search_20250305 is a",
                "\"tools\":[{\"name\":\"w\"}] | \"tools[0].input_schema\" must be a JSON Schema",
                "\"tools\":[{\"input_schema\":{}}] | \"tools[0].name\" must be",
                "\"tool_choice\":{\"type\":\"x\"} | \"tool_choice.type\" must be auto, any, tool or none",
                "\"thinking\":{\"type\":\"x\"} | \"thinking.type\" must be enabled, disabled or adaptive",
                "\"output_config\":{\"effort\":\"x\"} | \"output_config.effort\" must be low",
                "\"output_config\":{\"format\":{\"type\":\"x\"}} | \"output_config.format.type\" must be json_schema",
                "\"mcp_servers\":[{}] | \"mcp_servers\" is not supported",
                "\"stop_sequences\":[1] | \"stop_sequences\" must be a list of strings",
            })
    void fieldsThatCannotBeHonouredAreNamed(String more, String why) {
        refused(why, () -> with(more));
    }
}
