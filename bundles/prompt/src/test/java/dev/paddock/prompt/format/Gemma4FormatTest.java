package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Gemma4FormatTest extends GemmaContract {
    private static final String THOUGHT = "<|turn>model\n<|channel>thought\n";

    @Override
    ChatFormat format() {
        return new Gemma4Format();
    }

    @Override
    String opening() {
        return "<|tool_call>";
    }

    @Override
    String closing() {
        return "<tool_call|>";
    }

    @Override
    String quote() {
        return "<|\"|>";
    }

    @Override
    List<String> prompts() {
        return List.of("", "<|turn>model\n", THOUGHT, THOUGHT + "<channel|>");
    }

    @Override
    List<String> bits() {
        List<String> bits = new ArrayList<>(super.bits());
        bits.addAll(List.of("<|channel>", "thought\n", "<channel|>", "<|channel>thought\n"));
        return bits;
    }

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>(super.cases());
        cases.addAll(List.of(
                row("a thought", "<|channel>thought\nLet me see.\n<channel|>It is 4.", "[T]Let me see.[C]It is 4."),
                row("an empty thought", "<|channel>thought\n<channel|>Hi", "[C]Hi"),
                row("the prompt opened the thought", THOUGHT, "Hm.\n<channel|>Hi", "[T]Hm.[C]Hi"),
                row("the prompt closed it", THOUGHT + "<channel|>", "Hi", "[C]Hi"),
                row(
                        "a thought before a call",
                        "<|channel>thought\nSum.\n<channel|>" + call("add{a:1}"),
                        "[T]Sum.[!]add{\"a\":1}"),
                row("a call in a thought", THOUGHT, "Sum. " + call("add{a:1}"), "[T]Sum.[!]add{\"a\":1}"),
                row("a thought behind text", "One.<|channel>thought\nTwo?\n<channel|>Two.", "[C]One.[T]Two?[C]Two."),
                row(
                        "a thought behind a call",
                        call("now{}") + "<|channel>thought\nAnd?<channel|>Done.",
                        "[!]now{}[T]And?[C]Done."),
                row(
                        "a call as our words ask for it",
                        "<tool_call>{\"name\": \"now\", \"arguments\": {}}</tool_call>",
                        "[!]now{}"),
                row("a thought that is cut off", "<|channel>thought\nLet me", "[T]Let me")));
        return cases;
    }

    @Test
    void thinksAndCallsTools() {
        var signs = ModelSigns.of(new ChatTemplate(
                ChatTemplate.Language.JINJA,
                "{{ '<|tool_call>call:' }} {% if add_generation_prompt and not enable_thinking %}"
                        + "{{ '<|channel>thought\\n<channel|>' }}{% endif %}"));
        assertThat(format().accepts(signs)).isTrue();
        assertThat(format().capabilities(signs)).containsExactlyInAnyOrder(Capability.TOOLS, Capability.THINKING);
    }

    @Test
    void aTemplateWithoutCallsGetsToolsInWords() {
        var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "{{ '<|turn>' + message.role }}"));
        assertThat(format().accepts(signs)).isTrue();
        assertThat(format().capabilities(signs)).isEmpty();
        var input = new PromptInput(List.of(new Message(Role.USER, "?")), TOOLS, Think.UNSET, "", "");
        assertThat(format().prepare(signs, input).tools()).isEmpty();
    }
}
