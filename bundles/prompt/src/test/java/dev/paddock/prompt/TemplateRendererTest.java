package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.format.HermesFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateRendererTest {
    private static final Message HI = new Message(Role.USER, "Hi");

    private final TemplateRenderer renderer =
            new TemplateRenderer(Clock.fixed(Instant.parse("2026-01-05T14:05:09Z"), ZoneOffset.UTC));
    private final ChatTemplate chatMl = new ChatTemplate(Language.JINJA, resource("chatml-hermes.jinja"));

    private static String resource(String name) {
        try (var in = TemplateRendererTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PromptInput input(Think think, List<Tool> tools, Message... messages) {
        return new PromptInput(List.of(messages), tools, think, "<s>", "</s>");
    }

    private String render(Think think, List<Tool> tools, Message... messages) {
        return renderer.render(chatMl, input(think, tools, messages));
    }

    private String jinja(String text) {
        return renderer.render(new ChatTemplate(Language.JINJA, text), input(Think.UNSET, List.of(), HI));
    }

    @Test
    void aConversationIsWrittenInTurns() {
        assertThat(render(
                        Think.UNSET,
                        List.of(),
                        new Message(Role.SYSTEM, "Be kind."),
                        HI,
                        new Message(Role.ASSISTANT, "Hello"),
                        new Message(Role.USER, "Bye")))
                .isEqualTo("""
                        <|im_start|>system
                        Be kind.<|im_end|>
                        <|im_start|>user
                        Hi<|im_end|>
                        <|im_start|>assistant
                        Hello<|im_end|>
                        <|im_start|>user
                        Bye<|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void thinkingNotSaidIsNeitherOnNorOff() {
        assertThat(render(Think.UNSET, List.of(), HI)).endsWith("<|im_start|>assistant\n");
        assertThat(render(Think.OFF, List.of(), HI)).endsWith("assistant\n<think>\n\n</think>\n\n");
        assertThat(render(Think.HIGH, List.of(), HI)).endsWith("assistant\n<think>\n");
    }

    @Test
    void toolsCallsAndAnswersAreWritten() {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("type", "function");
        definition.put("function", Map.of("name", "add"));
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("b", 2L);
        arguments.put("a", "ä\"");
        var call = new ToolCall("call_1", "add", arguments);
        var calling = new Message(Role.ASSISTANT, "", "I will add.", List.of(call), "", "");
        var answer = new Message(Role.TOOL, "4", "", List.of(), "add", "call_1");

        assertThat(render(Think.UNSET, List.of(new Tool("add", definition)), HI, calling, answer, answer))
                .isEqualTo("""
                        <|im_start|>system
                        You may call these tools:
                        <tools>
                        {"type": "function", "function": {"name": "add"}}
                        </tools><|im_end|>
                        <|im_start|>user
                        Hi<|im_end|>
                        <|im_start|>assistant
                        <think>
                        I will add.
                        </think>

                        <tool_call>
                        {"name": "add", "arguments": {"b": 2, "a": "ä\\""}}
                        </tool_call><|im_end|>
                        <|im_start|>user
                        <tool_response>
                        4
                        </tool_response>
                        <tool_response>
                        4
                        </tool_response><|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void theFormatReadsBackWhatTheTemplateWrote() {
        var tools = List.of(new Tool("add", Map.of("type", "function")));
        var call = new ToolCall("x", "add", Map.of("a", 1L));
        String with =
                render(Think.UNSET, tools, HI, new Message(Role.ASSISTANT, "Sure.", "Why not?", List.of(call), "", ""));
        String before = render(Think.UNSET, tools, HI);
        String answer = with.substring(before.length(), with.indexOf("<|im_end|>", before.length()));

        var parser = new HermesFormat()
                .parser(new AnswerStart(
                        ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "")), before, tools));
        var pieces = new ArrayList<>(parser.accept(answer));
        pieces.addAll(parser.finish());

        assertThat(pieces.toString())
                .contains("Thinking[text=Why not?]", "Content[text=Sure.]", "name=add, arguments={a=1}");
    }

    @Test
    void whatATemplateRefusesIsTheCallersFault() {
        assertThatThrownBy(() -> jinja("{{ raise_exception('Speak in turns.') }}"))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessage("Speak in turns.");
    }

    /** The template refuses a system that speaks later. */
    @Test
    void whatATemplateHasNoPlaceForStandsElsewhere() {
        assertThat(render(Think.UNSET, List.of(), HI, new Message(Role.SYSTEM, "late")))
                .isEqualTo("<|im_start|>user\nHi\n\nlate<|im_end|>\n<|im_start|>assistant\n");
    }

    @Test
    void variablesOfTheRequestReachTheTemplateButHideNoMessages() {
        var input = new PromptInput(
                List.of(HI), List.of(), Think.UNSET, "", "", "", Map.of("mood", "fine", "messages", "none"));
        assertThat(renderer.render(new ChatTemplate(Language.JINJA, "{{ mood }} {{ messages[0].content }}"), input))
                .isEqualTo("fine Hi");
    }

    @Test
    void aBrokenTemplateIsNamedWithItsLine() {
        assertThatThrownBy(() -> jinja("a\n{% if %}"))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_FAILED))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> jinja("a\n\n{{ messages + 1 }}")).hasMessageContaining("line 3");
    }

    private String go(String text) {
        return renderer.render(new ChatTemplate(Language.GO, text), input(Think.UNSET, List.of(), HI));
    }

    @Test
    void goTemplatesSeeMessagesAndTheDate() {
        assertThat(go("{{ range .Messages }}{{ .Role }}: {{ .Content }}{{ end }} {{ currentDate }}"))
                .isEqualTo("user: Hi 2026-01-05");
        assertThat(go("[{{ .Prompt }}]")).isEqualTo("[Hi]");
    }

    @Test
    void aBrokenGoTemplateIsNamedWithLineAndColumn() {
        assertThatThrownBy(() -> go("a\n  {{ .Prompt "))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEMPLATE_FAILED))
                .hasMessage("the model's chat template failed: line 2, column 3: unclosed action");
        assertThatThrownBy(() -> go("{{ range .Messages }}\n{{ .Nope }}{{ end }}"))
                .hasMessageContaining("line 2, column 4: can't evaluate field Nope in type Message");
    }

    @Test
    void aTemplateCanBeCheckedBeforeItIsUsed() {
        renderer.check(new ChatTemplate(Language.GO, "{{ .Prompt }}"));
        renderer.check(chatMl);
        assertThatThrownBy(() -> renderer.check(new ChatTemplate(Language.GO, "{{ .Prompt }}\n{{ if }}")))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessage("template error: line 2, column 7: missing value for if");
        assertThatThrownBy(() -> renderer.check(new ChatTemplate(Language.JINJA, "{% if %}")))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageStartingWith("template error: ");
    }

    @Test
    void theUsualVariablesAreThere() {
        assertThat(jinja(
                        "{{ bos_token }}{{ eos_token }} {{ date_string }} {{ strftime_now('%H:%M') }} {{ tools is defined"
                                + " }}"))
                .isEqualTo("<s></s> 05 Jan 2026 14:05 False");
    }

    @Test
    void whatUsersWriteIsNeverRunAsATemplate() {
        assertThat(renderer.render(
                        new ChatTemplate(Language.JINJA, "{{ messages[0].content }}"),
                        input(Think.UNSET, List.of(), new Message(Role.USER, "{{ 1/0 }}{% for %}"))))
                .isEqualTo("{{ 1/0 }}{% for %}");
    }
}
