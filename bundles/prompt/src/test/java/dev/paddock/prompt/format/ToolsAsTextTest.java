package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolsAsTextTest {
    private static final ChatTemplate WITH_SYSTEM = template("{% if messages[0].role == 'system' %}");
    private static final ChatTemplate WITHOUT = template("{% for message in messages %}[INST]");
    private static final Message USER = new Message(Role.USER, "How late is it?");
    private static final Tool NOW =
            new Tool("now", Map.of("type", "function", "function", Map.of("name", "now", "description", "The time.")));

    private static ChatTemplate template(String text) {
        return new ChatTemplate(ChatTemplate.Language.JINJA, text);
    }

    private static PromptInput input(List<Tool> tools, Message... messages) {
        return new PromptInput(List.of(messages), tools, Think.UNSET, "<s>", "</s>");
    }

    @Test
    void whatSaysNothingOfToolsStaysAsItIs() {
        var input = input(List.of(), new Message(Role.SYSTEM, "Be kind."), USER);
        assertThat(ToolsAsText.of(WITH_SYSTEM, input)).isSameAs(input);
    }

    @Test
    void toolsStandInTheSystemMessage() {
        var text = ToolsAsText.of(WITH_SYSTEM, input(List.of(NOW), new Message(Role.SYSTEM, "Be kind."), USER));
        assertThat(text.tools()).isEmpty();
        assertThat(text.messages()).hasSize(2).endsWith(USER);
        assertThat(text.messages().getFirst().content())
                .startsWith("Be kind.\n\nYou can call")
                .contains("\"description\":\"The time.\"")
                .contains("<tool_call>\n{\"name\": \"the tool's name\"")
                .doesNotContain("\"type\":\"function\"");
    }

    @Test
    void aSystemMessageIsAddedForTools() {
        var text = ToolsAsText.of(WITH_SYSTEM, input(List.of(NOW), USER));
        assertThat(text.messages()).extracting(Message::role).containsExactly(Role.SYSTEM, Role.USER);
    }

    @Test
    void whereTheTemplateKnowsNoSystemToolsStandInTheUsersFirstMessage() {
        var refusing = template("{{ raise_exception('System role not supported') }}");
        for (var template : List.of(WITHOUT, refusing)) {
            var text = ToolsAsText.of(template, input(List.of(NOW), USER));
            assertThat(text.messages()).hasSize(1);
            assertThat(text.messages().getFirst().role()).isEqualTo(Role.USER);
            assertThat(text.messages().getFirst().content())
                    .startsWith("You can call")
                    .endsWith("\n\nHow late is it?");
        }
    }

    @Test
    void callsAndResultsAreTextsThatTakeTurns() {
        var calls = List.of(new ToolCall("1", "now", Map.of()), new ToolCall("2", "add", Map.of("a", 1)));
        var text = ToolsAsText.of(
                WITH_SYSTEM,
                input(
                        List.of(),
                        USER,
                        new Message(Role.ASSISTANT, "Let me see.", "Hm.", calls, "", ""),
                        new Message(Role.TOOL, "12:00", "", List.of(), "", "1"),
                        new Message(Role.TOOL, "3", "", List.of(), "add", ""),
                        new Message(Role.USER, "And?")));
        assertThat(text.messages())
                .containsExactly(
                        USER,
                        new Message(
                                Role.ASSISTANT,
                                "Let me see.\n\n<tool_call>\n{\"name\":\"now\",\"arguments\":{}}\n</tool_call>\n"
                                        + "<tool_call>\n{\"name\":\"add\",\"arguments\":{\"a\":1}}\n</tool_call>",
                                "Hm.",
                                List.of(),
                                "",
                                ""),
                        new Message(
                                Role.USER,
                                "<tool_response>\nResult of now:\n12:00\n</tool_response>\n\n"
                                        + "<tool_response>\nResult of add:\n3\n</tool_response>\n\nAnd?"));
    }

    @Test
    void messagesThatDoNotFollowAResultStayApart() {
        var text = ToolsAsText.of(WITH_SYSTEM, input(List.of(NOW), USER, new Message(Role.USER, "Please.")));
        assertThat(text.messages()).hasSize(3);
    }
}
