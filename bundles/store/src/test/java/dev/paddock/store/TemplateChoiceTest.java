package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateChoiceTest {
    private static Language chosen(String go, String jinja, Map<String, Object> config) {
        return TemplateChoice.of(Optional.of(go), Optional.of(jinja), config)
                .map(ChatTemplate::language)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\u0000', textBlock = """
                    {{ .Prompt }}                        # {{ messages }}                           # GO
                    {{ .Prompt }}                        # {{ tools }}                              # JINJA
                    {{ .Tools }}                         # {{ messages }}                           # GO
                    {{ .Tools }}                         # {{ tools }}                              # GO
                    {{ .Tools }}                         # {{ tools }}{{ m.tool_calls }}'tool'      # JINJA
                    {{ .Tools }}{{ .ToolCalls }}"tool"   # {{ tools }}{{ m.tool_calls }}'tool'      # GO
                    {{ .Tools }}{{ .ToolCalls }}"tool"   # {{ tools }}<think></think>               # GO
                    {{ .Tools }}{{ .ToolCalls }}"tool"   # {{ tools }}{{ m.tool_calls }}'tool'<think></think> # JINJA
                    {{ .Tools }}{{ .Thinking }}          # {{ tools }}<think></think>               # GO
                    {{ .Thinking }}                      # {{ tools }}                              # GO
                    """)
    void theGoTemplateComesFirstUnlessJinjaCanDoMore(String go, String jinja, Language expected) {
        assertThat(chosen(go, jinja, Map.of())).isEqualTo(expected);
    }

    @Test
    void whatOllamaRendersByCodeIsRenderedByTheFilesTemplate() {
        assertThat(chosen("{{ .Prompt }}", "{{ messages }}", Map.of("renderer", "qwen3-coder")))
                .isEqualTo(Language.JINJA);
        assertThat(chosen("{{ .Prompt }}", "{{ messages }}", Map.of("parser", "harmony")))
                .isEqualTo(Language.JINJA);
        assertThat(chosen("{{ .Tools }}", "{{ messages }}", Map.of("model_family", "gptoss")))
                .isEqualTo(Language.JINJA);
    }

    @Test
    void aSingleTemplateIsUsed() {
        assertThat(TemplateChoice.of(Optional.of("a"), Optional.empty(), Map.of("renderer", "x")))
                .contains(new ChatTemplate(Language.GO, "a"));
        assertThat(TemplateChoice.of(Optional.empty(), Optional.of("b"), Map.of()))
                .contains(new ChatTemplate(Language.JINJA, "b"));
        assertThat(TemplateChoice.of(Optional.empty(), Optional.empty(), Map.of()))
                .isEmpty();
    }
}
