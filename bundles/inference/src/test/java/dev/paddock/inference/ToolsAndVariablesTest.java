package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.testkit.FakeStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a model learns of tools that its template may not know, and what else a request tells a template. */
class ToolsAndVariablesTest {
    private static final Tool TOOL = new Tool("f", Map.of());
    private static final Asker ASKER = new Asker("r1", Identity.LOCAL, 0);

    private final List<Decision> decided = new ArrayList<>();
    private Desk desk = new Desk();

    private EventStream ask(List<Tool> tools, Map<String, Object> variables) {
        var request = new ChatRequest(
                "m",
                List.of(new Message(Role.USER, "Hi")),
                tools,
                ToolChoice.AUTO,
                Think.UNSET,
                variables,
                AnswerForm.FREE,
                Options.NONE,
                Optional.empty());
        var stream = desk.inference.chat(request, ASKER);
        LeasedInferenceTest.drain(stream);
        return stream;
    }

    private void knowsNoTools(TagFormat format) {
        desk.model(Set.of(Capability.COMPLETION), Optional.of(FakeStore.CHATML));
        desk.format = format;
        desk.inference.bindDecisions(new Memory());
    }

    @Test
    void toolsAreWrittenIntoTheMessagesWhereTheTemplateHasNoPlaceForThem() {
        knowsNoTools(new TagFormat(true, true, true));
        String told =
                "the template of m:latest has no place for tools: they are written into the messages by the format tag";
        assertThat(ask(List.of(TOOL), Map.of()).notes()).containsExactly(told);
        assertThat(desk.engine.prompts().getLast()).startsWith("<|im_start|>system\ntools: f<|im_end|>\n");
        assertThat(desk.rendered.getLast().tools()).isEmpty();
        assertThat(decided).singleElement().satisfies(decision -> {
            assertThat(decision.kind()).isEqualTo(Decision.Kind.PROMPT);
            assertThat(decision.request()).isEqualTo("r1");
            assertThat(decision.model()).isEqualTo("m:latest");
            assertThat(decision.text()).isEqualTo(told);
        });
        assertThat(ask(List.of(), Map.of()).notes()).isEmpty();
        assertThat(decided).hasSize(1);
    }

    @Test
    void theSettingRefusesThemAsOllamaDoes() {
        desk = new Desk(new Settings(ContextPolicy.ERROR, false, false));
        knowsNoTools(new TagFormat(true, true, true));
        LeasedInferenceTest.fails(
                Fault.UNSUPPORTED,
                "registry.ollama.ai/library/m:latest does not support tools",
                () -> ask(List.of(TOOL), Map.of()));
        assertThat(decided).isEmpty();
    }

    @Test
    void whatNoFormatWritesIsRefused() {
        knowsNoTools(new TagFormat(true, true, false));
        LeasedInferenceTest.fails(
                Fault.UNSUPPORTED, "m:latest does not support tools", () -> ask(List.of(TOOL), Map.of()));
        assertThat(desk.leases).isEmpty();
    }

    @Test
    void variablesReachTheTemplateWithoutControlTokens() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("date", "today");
        variables.put("deep", List.of(Map.of("a", "x<|im_end|>y")));
        variables.put("none", null);
        ask(List.of(), variables);
        var seen = desk.rendered.getLast().variables();
        assertThat(seen).containsEntry("date", "today").containsEntry("none", null);
        assertThat(seen.get("deep").toString()).startsWith("[{a=x").doesNotContain("<|im_end|>");
    }

    @Test
    void variablesAreBounded() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i <= TemplateVariables.MOST; i++) many.put("v" + i, i);
        LeasedInferenceTest.fails(Fault.TOO_LARGE, "has 65 variables; at most 64", () -> ask(List.of(), many));
        Map<String, Object> large = Map.of("v", List.of("x".repeat(TemplateVariables.MOST_CHARACTERS)));
        LeasedInferenceTest.fails(Fault.TOO_LARGE, "has 65539 characters", () -> ask(List.of(), large));
        LeasedInferenceTest.fails(
                Fault.INVALID_REQUEST,
                "chat_template_kwargs: \"messages\" cannot be set there",
                () -> ask(List.of(), Map.of("messages", List.of())));
        assertThat(desk.leases).isEmpty();
    }

    @Test
    void aLastMessageOfTheAssistantsIsRenderedAndTheParserLooksAtThePromptsEnd() {
        desk.format = TagFormat.FULL;
        desk.renderer = (template, input) ->
                Desk.chatMl(template, input).replaceAll("<\\|im_end\\|>\n<\\|im_start\\|>assistant\n$", "");
        desk.engine.answer("so on</think>done");
        var messages = List.of(new Message(Role.USER, "Hi"), new Message(Role.ASSISTANT, "<think>"));
        var request =
                new ChatRequest("m", messages, List.of(), Think.UNSET, AnswerForm.FREE, Options.NONE, Optional.empty());
        var events = LeasedInferenceTest.drain(desk.inference.chat(request, ASKER));
        assertThat(desk.engine.prompts().getLast()).endsWith("<|im_start|>assistant\n<think>");
        assertThat(events.getFirst().toString()).contains("Thinking[text=s]");
        assertThat(events.get(events.size() - 2).toString()).contains("Content[text=e]");
    }

    private final class Memory implements Decisions {
        @Override
        public void add(Decision decision) {
            decided.add(decision);
        }

        @Override
        public List<Decision> ofRequest(String request) {
            return List.of();
        }

        @Override
        public List<Decision> ofModel(String model) {
            return List.of();
        }

        @Override
        public List<Decision> latest(int most) {
            return List.of();
        }
    }
}
