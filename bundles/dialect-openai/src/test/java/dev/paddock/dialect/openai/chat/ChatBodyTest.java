package dev.paddock.dialect.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body asks for: tools, thoughts, the form of the content. */
class ChatBodyTest {
    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";

    private static Fields fields(String more) {
        return new Fields(Json.parseObject(
                        "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + more + "}")
                .orElseThrow());
    }

    private static ChatRequest request(String more) {
        var fields = fields(more.isEmpty() ? "" : "," + more);
        var request = ChatBody.parse(fields).request();
        assertThat(fields.unread()).isEmpty();
        return request;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "stream":false                                                                 | AUTO     | ``
            "tool_choice":null                                                             | AUTO     | ``
            "tool_choice":"auto"                                                           | AUTO     | ``
            "tool_choice":"none"                                                           | NONE     | ``
            "tool_choice":"required"                                                       | REQUIRED | ``
            "tool_choice":{"type":"function","function":{"name":"g"}}                      | REQUIRED | g
            "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}} | AUTO | f
            "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"function":{"name":"f"}},{"function":{"name":"g"}}]}} | REQUIRED | f,g
            """)
    void theChoiceOfToolsIsRead(String choice, ToolChoice.Mode mode, String names) {
        var request = request(TOOLS + "," + choice);
        assertThat(request.tools()).extracting(Tool::name).containsExactly("f", "g");
        var expected = names.isEmpty() ? List.<String>of() : List.of(names.split(","));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice(mode, expected, true, false));
    }

    @Test
    void oneCallAtATimeAndStrictToolsAreRead() {
        var one = request(TOOLS + ",\"parallel_tool_calls\":false").toolChoice();
        assertThat(one).isEqualTo(new ToolChoice(ToolChoice.Mode.AUTO, List.of(), false, false));
        var strict =
                request("\"tools\":[{\"function\":{\"name\":\"f\"}},{\"function\":{\"name\":\"g\",\"strict\":true}}]");
        assertThat(strict.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.AUTO, List.of(), true, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "tool_choice":"sometimes"                                        | tool_choice
            "tool_choice":1                                                  | tool_choice
            "tool_choice":{"type":"custom"}                                  | tool_choice
            "tool_choice":{"type":"function"}                                | tool_choice.function
            "tool_choice":{"type":"function","function":{}}                  | tool_choice.function.name
            "tool_choice":{"type":"allowed_tools"}                           | tool_choice.allowed_tools
            "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}} | tool_choice.allowed_tools.tools
            "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"never","tools":[{"function":{"name":"f"}}]}} | tool_choice.allowed_tools.mode
            "parallel_tool_calls":"no"                                       | parallel_tool_calls
            "tools":[{"function":{"name":"f","strict":1}}]                   | tools[0].function.strict
            "response_format":"json"                                         | response_format
            "response_format":{"type":"xml"}                                 | response_format.type
            "response_format":{"type":"json_schema"}                         | response_format.json_schema
            "response_format":{"type":"json_schema","json_schema":{"schema":{}}} | response_format.json_schema.name
            "response_format":{"type":"json_schema","json_schema":{"name":"n"}}  | response_format.json_schema.schema
            "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{},"strict":"yes"}} | response_format.json_schema.strict
            "response_format":{"type":"json_object"},"json_schema":{}        | exclude
            "json_schema":{},"grammar":"root ::= [a]"                        | exclude
            "reasoning":{"max_tokens":-2}                                    | reasoning.max_tokens
            "reasoning":{"enabled":"yes"}                                    | reasoning.enabled
            "thinking":{"type":"maybe"}                                      | thinking.type
            "thinking_budget":1.5                                            | thinking_budget
            "thinking_budget":5,"reasoning_budget":6                         | thinking_budget=5
            "reasoning_effort":"none","reasoning":{"max_tokens":5}           | contradict
            "reasoning_effort":"high","chat_template_kwargs":{"enable_thinking":false} | chat_template_kwargs.enable_thinking
            "chat_template_kwargs":[]                                        | chat_template_kwargs
            """)
    void whatIsWrongIsNamed(String field, String named) {
        assertThatThrownBy(() -> ChatBody.parse(fields("," + field)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "user":"u"                                            | UNSET
            "reasoning_effort":"none"                             | OFF
            "reasoning_effort":"minimal"                          | LOW
            "reasoning":{"effort":"xhigh"},"reasoning_effort":"low" | MAX
            "reasoning":{"enabled":true}                          | ON
            "reasoning":{"enabled":false}                         | OFF
            "reasoning":{"max_tokens":9}                          | ON
            "reasoning":{"max_tokens":9,"effort":"high"}          | HIGH
            "thinking":{"type":"enabled"}                         | ON
            "thinking":{"type":"disabled"}                        | OFF
            "enable_thinking":false                               | OFF
            "chat_template_kwargs":{"enable_thinking":true}       | ON
            "chat_template_kwargs":{"thinking":false}             | OFF
            "chat_template_kwargs":{"other":1}                    | UNSET
            "thinking_budget":9                                   | UNSET
            """)
    void whetherToThinkIsReadByManyNames(String field, Think think) {
        assertThat(request(field).think()).isEqualTo(think);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"thinking_budget\":9",
                "\"thinking_budget_tokens\":9",
                "\"thinking_token_budget\":9,\"thinking_budget\":9",
                "\"reasoning_budget\":9",
                "\"reasoning_budget_tokens\":9",
                "\"reasoning\":{\"max_tokens\":9}",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":9}"
            })
    void howLongToThinkIsReadByManyNames(String field) {
        assertThat(request(field).form().thoughtTokens()).hasValue(9);
        assertThat(request(field.replace("9", "0")).form().thoughtTokens()).hasValue(0);
        assertThat(request(field.replace("9", "-1")).form().thoughtTokens()).isEmpty();
    }

    @Test
    void variablesReachTheTemplateAsTheyAre() {
        var request = request("\"chat_template_kwargs\":{\"date\":\"today\",\"deep\":{\"a\":[1,null]}}");
        assertThat(request.variables()).containsEntry("date", "today").containsOnlyKeys("date", "deep");
    }

    @Test
    void theFormOfTheContentIsRead() {
        assertThat(request("\"response_format\":{\"type\":\"text\"}").form().format())
                .isEmpty();
        assertThat(request("\"response_format\":{\"type\":\" JSON_object\"}")
                        .form()
                        .format())
                .contains(new AnswerFormat.JsonObject());
        String schema = "{\"type\":\"object\"}";
        assertThat(request(
                                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,"
                                        + "\"description\":\"d\",\"schema\":" + schema + "}}")
                        .form()
                        .format())
                .contains(
                        new AnswerFormat.Schema(Map.of("type", "object"), true, "response_format.json_schema.schema"));
        assertThat(request("\"response_format\":{\"type\":\"json_object\",\"schema\":" + schema + "}")
                        .form()
                        .format())
                .contains(new AnswerFormat.Schema(Map.of("type", "object"), false, "response_format.schema"));
        assertThat(request("\"json_schema\":" + schema).form().format())
                .contains(new AnswerFormat.Schema(Map.of("type", "object"), false, "json_schema"));
    }
}
