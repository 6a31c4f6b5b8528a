package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The starter model with a Go template, as a Modelfile gives it one. */
class GoTemplateTest {
    private static final Map<String, Object> GREEDY = Map.of("temperature", 0, "num_predict", 60);
    private static final String QUESTION = "What is 17 + 25?";

    private static final String TEMPLATE = """
            {{- if .Tools }}<|im_start|>system
            {{ with .System }}{{ . }}

            {{ end }}# Tools

            You may call functions. Their signatures are within <tools></tools>:
            <tools>
            {{- range .Tools }}
            {{ . }}
            {{- end }}
            </tools>

            To call a function, answer with:
            <tool_call>
            {"name": <name>, "arguments": <arguments>}
            </tool_call><|im_end|>
            {{ end }}
            {{- range .Messages }}
            {{- if eq .Role "tool" }}<|im_start|>user
            <tool_response>
            {{ .Content }}
            </tool_response><|im_end|>
            {{ else }}<|im_start|>{{ .Role }}
            {{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}
            {{- if .ToolCalls }}
            {{- range .ToolCalls }}
            <tool_call>
            {"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}
            </tool_call>
            {{- end }}
            {{- end }}<|im_end|>
            {{ end }}
            {{- end }}<|im_start|>assistant
            """;

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(Map.of());
        server.ask("/api/create", Map.of("model", "go", "from", "starter", "template", TEMPLATE, "stream", false));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode chat(String model, Map<String, Object> more) throws Exception {
        var body = new HashMap<String, Object>(more);
        body.put("model", model);
        body.put("messages", List.of(Map.of("role", "user", "content", QUESTION)));
        body.put("stream", false);
        body.put("options", GREEDY);
        return server.ask("/api/chat", body);
    }

    @Test
    void itIsShownAndUsed() throws Exception {
        var shown = server.ask("/api/show", Map.of("model", "go"));
        assertThat(shown.path("template").asString()).isEqualTo(TEMPLATE);
        assertThat(shown.path("capabilities").toString()).contains("tools", "thinking");
        var answer = chat("go", Map.of());
        assertThat(answer.at("/message/content").asString()).contains("42");
        assertThat(answer.path("prompt_eval_count"))
                .as("the same tokens as by the Jinja template")
                .isEqualTo(chat("starter", Map.of()).path("prompt_eval_count"));
    }

    @Test
    void toolsAreCalledByIt() throws Exception {
        Map<String, Object> parameters = Map.of(
                "type", "object", "properties", Map.of("expression", Map.of("type", "string", "description", "Sum")));
        var tool = Map.of(
                "type",
                "function",
                "function",
                Map.of("name", "calculate", "description", "Computes", "parameters", parameters));
        var answer = chat("go", Map.of("tools", List.of(tool)));
        assertThat(answer.at("/message/tool_calls/0/function/name").asString()).isEqualTo("calculate");
    }

    @Test
    void aRequestMayBringOneOfItsOwn() throws Exception {
        String turn = "<|im_start|>user\n{{ .Prompt }}<|im_end|>\n<|im_start|>assistant\n";
        var answer = server.ask(
                "/api/generate",
                Map.of("model", "starter", "prompt", QUESTION, "template", turn, "stream", false, "options", GREEDY));
        assertThat(answer.path("response").asString()).contains("42");
    }
}
