package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import org.junit.jupiter.api.Test;

class ChatFormatTest {
    private static ModelSigns jinja(String text) {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
    }

    @Test
    void hermesIsRecognisedByItsTag() {
        var format = new HermesFormat();
        assertThat(format.accepts(jinja("... <tool_call>\n{{ call | tojson }}")))
                .isTrue();
        assertThat(format.accepts(jinja("{{ messages }}"))).isFalse();
        assertThat(format.accepts(jinja("<tool_call>\n<function=f>"))).isFalse();
    }

    @Test
    void thinkingIsAnAbilityOnlyWhenTheTemplateCanAskForIt() {
        var format = new HermesFormat();
        assertThat(format.capabilities(jinja("<tool_call> {% if '<think>' in content %}")))
                .containsExactly(Capability.TOOLS);
        assertThat(format.capabilities(jinja("<tool_call> <think> {% if enable_thinking %}")))
                .containsExactlyInAnyOrder(Capability.TOOLS, Capability.THINKING);
        assertThat(new PlainFormat().capabilities(jinja("{% if add_generation_prompt %}<think>\n{% endif %}")))
                .containsExactly(Capability.THINKING);
        assertThat(new PlainFormat().capabilities(jinja("{{ messages }}"))).isEmpty();
    }

    @Test
    void plainTakesEverything() {
        assertThat(new PlainFormat().accepts(jinja(""))).isTrue();
    }
}
