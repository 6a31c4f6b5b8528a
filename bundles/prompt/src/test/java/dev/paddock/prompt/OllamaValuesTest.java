package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.json.JsonReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaValuesTest {
    private static final String THINKS = "{{ range .Messages }}{{ if .Thinking }}<t>{{ .Thinking }}</t>{{ end }}"
            + "{{ .Content }}{{ end }}{{ if .IsThinkSet }}{{ .Think }}{{ end }}";

    @Test
    void whatTheyDoNotSayOfThoughtsIsNotSo() {
        assertThat(rendered(THINKS, "{\"Messages\":[{\"Role\":\"user\",\"Content\":\"a\"}]}"))
                .isEqualTo("a");
        assertThat(rendered(THINKS, "{\"Messages\":[{\"Role\":\"user\",\"Content\":\"a\"}],\"Think\":true}"))
                .isEqualTo("atrue");
        assertThat(rendered(
                        THINKS,
                        "{\"Messages\":[{\"Role\":\"user\",\"Content\":\"a\"}],\"Think\":false,\"IsThinkSet\":false}"))
                .isEqualTo("a");
    }

    @Test
    void toolsPrintAsOllamaPrintsThem() {
        String values = """
                {"Messages":[{"Role":"assistant","ToolCalls":[{"ID":"1","Function":{"Name":"f","Arguments":{"b":1,"a":2.0}}}]}],
                 "Tools":[{"Type":"function","Function":{"Name":"f","Parameters":{"Type":"object","Required":null,
                   "Properties":{"Where":{"Type":["string","null"],"AnyOf":[{"Type":"string"}]}}}}}]}""";
        assertThat(rendered(
                        "{{ range .Messages }}{{ range .ToolCalls }}{{ .Function.Arguments }}{{ end }}{{ end }}",
                        values))
                .isEqualTo("{\"a\":2,\"b\":1}");
        assertThat(rendered("{{ range .Messages }}{{ end }}{{ .Tools }}", values))
                .isEqualTo("[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\","
                        + "\"properties\":{\"Where\":{\"anyOf\":[{\"type\":\"string\"}],"
                        + "\"type\":[\"string\",\"null\"]}}}}}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Prompt\":\"a\"}",
                "{\"Messages\":[{\"Role\":\"user\"}],\"System\":\"s\"}",
                "{\"Messages\":[{\"Role\":\"developer\"}]}",
                "{\"Messages\":[{\"role\":\"user\"}]}",
                "{\"Messages\":[1]}",
                "{\"Messages\":\"user\"}"
            })
    void everythingElseIsTheVariablesThemselves(String json) {
        assertThat(OllamaValues.of(JsonReader.object(json).orElseThrow())).isEmpty();
    }

    @Test
    void whatIsOfAnotherTypeThanItShouldBeIsNotThere() {
        Map<String, Object> odd = Map.of(
                "Messages", List.of(Map.of("Role", "user", "Content", 1, "ToolCalls", "x")), "Tools", List.of(7));
        assertThat(OllamaValues.of(odd)
                        .orElseThrow()
                        .input()
                        .messages()
                        .getFirst()
                        .content())
                .isEmpty();
    }

    private static String rendered(String template, String json) {
        var values = OllamaValues.of(JsonReader.object(json).orElseThrow()).orElseThrow();
        return GoPrompt.parse(template).render(values, LocalDate.EPOCH);
    }
}
