package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateChoiceTest {
    private static Optional<ChatTemplate> go(String text) {
        return Optional.of(new ChatTemplate(Language.GO, text));
    }

    private static Optional<ChatTemplate> jinja(String text) {
        return Optional.of(new ChatTemplate(Language.JINJA, text));
    }

    private static Language chosen(TemplateChoice choice, String go, String jinja, Map<String, Object> config) {
        return choice.of(go(go), jinja(jinja), config).orElseThrow().language();
    }

    private static Language chosen(String go, String jinja, Map<String, Object> config) {
        return chosen(TemplateChoice.AUTO, go, jinja, config);
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
    }

    @Test
    void gptOssKeepsItsGoTemplateAsLongAsThatIsAboutChannels() {
        Map<String, Object> config = Map.of("model_family", "gptoss");
        assertThat(chosen("<|start|>{{ .Prompt }}<|end|>", "{{ tools }}", config))
                .isEqualTo(Language.GO);
        assertThat(chosen("<|start|>{{ .Prompt }}<|end|>", "{{ tools }}", Map.of()))
                .isEqualTo(Language.JINJA);
        assertThat(chosen("{{ .Prompt }}", "{{ tools }}", config)).isEqualTo(Language.JINJA);
        assertThat(chosen("{{ .Tools }}", "{{ messages }}", config)).isEqualTo(Language.GO);
    }

    @Test
    void theSettingEndsTheComparisonButNotWhatIsRenderedByCode() {
        var more = "{{ tools }}";
        assertThat(chosen(TemplateChoice.ALWAYS, "{{ .Prompt }}", more, Map.of()))
                .isEqualTo(Language.GO);
        assertThat(chosen(TemplateChoice.NEVER, "{{ .Tools }}", more, Map.of())).isEqualTo(Language.JINJA);
        assertThat(chosen(TemplateChoice.ALWAYS, "{{ .Prompt }}", more, Map.of("parser", "qwen3")))
                .isEqualTo(Language.JINJA);
    }

    @Test
    void aSingleTemplateIsUsedWhateverTheSetting() {
        for (var choice : TemplateChoice.values()) {
            assertThat(choice.of(go("a"), Optional.empty(), Map.of("renderer", "x")))
                    .isEqualTo(go("a"));
            assertThat(choice.of(Optional.empty(), jinja("b"), Map.of())).isEqualTo(jinja("b"));
            assertThat(choice.of(Optional.empty(), Optional.empty(), Map.of())).isEmpty();
        }
    }

    @Test
    void anotherValueOfTheSettingIsRefusedByName() {
        assertThat(TemplateChoice.setting("never")).isEqualTo(TemplateChoice.NEVER);
        assertThatThrownBy(() -> TemplateChoice.setting("sometimes"))
                .hasMessageContaining("go.template must be auto, always or never, not \"sometimes\"");
    }
}
