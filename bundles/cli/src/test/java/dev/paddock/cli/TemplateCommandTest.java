package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateCommandTest {
    private static final String ANSWER =
            "{\"model\":\"m:latest\",\"prompt\":\"<|user|>\\u001b[1mHi\\n\",\"language\":\"jinja\","
                    + "\"origin\":\"gguf\",\"why\":\"the file's Jinja template\",\"format\":\"hermes\"}";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(home);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    @Test
    void checkSaysWhatIsInAJinjaTemplate() throws IOException {
        String file = file("chat.jinja", """
                {{ bos_token }}{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% for c in m.tool_calls %}{{ c.function.name }}
                {% endfor %}{{ m.reasoning_content }}{% endfor %}{{ tools|tojson }}
                {% if add_generation_prompt and enable_thinking %}<|assistant|>{% endif %}""");
        var outcome = stage.run("template", "check", file);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("""
                %s: Jinja (it has {%% or {#)
                  variables          add_generation_prompt, bos_token, enable_thinking, messages, tools
                  fields             content, function, name, reasoning_content, role, tool_calls
                  tools              those on offer (tools), earlier calls (tool_calls)
                  thinking           enable_thinking, earlier thoughts (reasoning_content)
                  generation prompt  yes (add_generation_prompt)
                  messages           calls in the content
                """.formatted(file));
    }

    @Test
    void checkSaysWhatIsInAGoTemplate() {
        var outcome = stage.runWith(
                "{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}"
                        + "{{ if .ToolCalls }}\n<call>{{ range .ToolCalls }}{{ .Function.Name }}{{ end }}{{ end }}"
                        + "{{ end }}{{ .Tools }}{{ .Suffix }}",
                "template",
                "check",
                "-");
        assertThat(outcome.out()).isEqualTo("""
                standard input: Go text/template (it has {{ range)
                  variables          .Content, .Function, .Messages, .Name, .Suffix, .Thinking, .ToolCalls, .Tools
                  tools              those on offer (.Tools), earlier calls (.ToolCalls), marked by "<call>"
                  thinking           earlier thoughts between "<think>" and "</think>"
                  gaps               yes (.Suffix)
                  conversation       as a whole (.Messages)
                  generation prompt  yes (the prompt ends where the answer begins)
                """);
        assertThat(outcome.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`a\n{% if x %}b`; Jinja (; line 2, column 12",
                "{{ .Prompt; Go text/template (; line 1, column",
                "{{ 1|nosuch }}; Jinja (; No filter named 'nosuch'",
                "{{ range .Messages }}{{ template \"x\" }}{{ end }}{{ define \"x\" }}{{ end }}; Go; without a value",
                "{{ if .System }}; Go; line 1, column"
            })
    void checkTellsWhereATemplateIsWrong(String template, String kind, String words) {
        var outcome = stage.runWith(template, "template", "check", "-");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("Error: standard input, read as ").contains(kind, words);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void theKindCanBeSaid() {
        assertThat(stage.runWith("plain", "template", "check", "--kind", "go", "-")
                        .out())
                .startsWith("standard input: Go text/template (as --kind says)");
        assertThat(stage.runWith("plain", "template", "check", "-").out())
                .startsWith("standard input: Jinja (there are no tags in it)");
        assertThat(stage.runWith("plain", "template", "check", "--kind", "perl", "-")
                        .code())
                .isEqualTo(2);
        assertThat(stage.run("template", "check", home.resolve("none").toString())
                        .err())
                .contains("there is no file");
    }

    @Test
    void renderPrintsExactlyThePrompt() throws IOException {
        stage.on("POST /api/templates/render", 200, ANSWER);
        String messages = file("m.json", "[{\"role\":\"user\",\"content\":\"Hi\",\"n\":12345678901234567890}]");
        var outcome = stage.run("template", "render", "m", "--messages", messages);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("<|user|>\u001b[1mHi\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(stage.requests)
                .containsExactly(
                        "POST /api/templates/render {\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
                                + "\"Hi\",\"n\":12345678901234567890}]}");
    }

    @Test
    void renderTakesAWholeRequestAndToolsOfTheirOwn() throws IOException {
        stage.on("POST /api/templates/render", 200, ANSWER);
        String tools = file("t.json", "[{\"function\":{\"name\":\"f\"}}]");
        String request = "{\"model\":\"x\",\"messages\":[],\"tools\":[{\"function\":{\"name\":\"g\"}}]}";
        var outcome = stage.runWith(
                request, "template", "render", "m", "--messages", "-", "--tools", tools, "--think", "off", "-v");
        assertThat(outcome.err()).isEqualTo("""
                Warning: only messages and tools are looked at, not model
                template: jinja, from gguf: the file's Jinja template
                format of answers: hermes
                """);
        assertThat(stage.requests.getFirst())
                .endsWith(
                        "{\"model\":\"m\",\"messages\":[],\"tools\":[{\"function\":{\"name\":\"f\"}}],\"think\":false}");
        stage.runWith(request, "template", "render", "m", "--messages", "-", "--think", "low", "--json");
        assertThat(stage.requests.getLast()).contains("\"g\"").endsWith("\"think\":\"low\"}");
    }

    @Test
    void renderSaysTheServersWordsAndWhatIsWrongWithFiles() throws IOException {
        stage.on("POST /api/templates/render", 400, "{\"error\":\"roles must alternate\"}");
        assertThat(stage.runWith("[]", "template", "render", "m", "--messages", "-")
                        .err())
                .isEqualTo("Error: roles must alternate\n");
        assertThat(stage.runWith("{", "template", "render", "m", "--messages", "-")
                        .err())
                .contains("standard input is not JSON");
        assertThat(stage.runWith("{}", "template", "render", "m", "--messages", "-")
                        .err())
                .contains("neither a list of messages nor an object");
        String tools = file("t.json", "{}");
        assertThat(stage.runWith("[]", "template", "render", "m", "--messages", "-", "--tools", tools)
                        .err())
                .contains("does not hold a list of tools");
        assertThat(stage.run("template", "render", "m").code()).isEqualTo(2);
    }

    @Test
    void jsonIsTheServersAnswer() {
        stage.on("POST /api/templates/render", 200, ANSWER);
        var outcome = stage.runWith("[]", "template", "render", "m", "--messages", "-", "--json");
        assertThat(outcome.out())
                .startsWith("{\"model\":\"m:latest\",\"prompt\":")
                .contains("\"why\"")
                .endsWith("}\n");
    }

    @Test
    void batchAnswersLineByLine() {
        var outcome = stage.runWith("{\"kind\":\"jinja\",\"template\":\"a\"}\nx\n", "template", "batch");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).hasSize(2).first().isEqualTo("{\"text\":\"a\"}");
        assertThat(stage.run("template").out()).contains("check", "render", "batch");
    }
}
