package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.json.JsonReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the schema of a tool says of arguments that are not written as JSON. */
class CallArgumentsTest {
    private static final String SCHEMA = """
            {"type": "object", "required": ["path", "size"], "$defs": {"size": {"type": ["integer", "null"]}},
             "properties": {
               "path": {"type": "string"},
               "size": {"$ref": "#/$defs/size"},
               "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
               "mode": {"enum": [1, "fast", true]},
               "any": {"description": "what you like"},
               "when": {"oneOf": [{"type": "number"}, {"type": "array"}, {"type": "string"}]}}}""";

    private static final ModelSigns SIGNS = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));
    private static final Tool FILE = new Tool(
            "file",
            Map.of("function", Map.of("parameters", JsonReader.object(SCHEMA).orElseThrow())));

    private static List<OutputPiece> read(ChatFormat format, String... pieces) {
        return Answers.feed(format.parser(new AnswerStart(SIGNS, "", List.of(FILE))), List.of(pieces));
    }

    private static String shown(ChatFormat format, String answer) {
        return Answers.shown(read(format, answer));
    }

    private static String glm(String name, String value) {
        return "<tool_call>file<arg_key>" + name + "</arg_key><arg_value>" + value + "</arg_value></tool_call>";
    }

    private static String needed(String arguments) {
        return "[!]file{\"path\":\"a\",\"size\":1" + arguments + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "size | 12          | 12",
                "size | null        | null",
                "size | None        | null",
                "size | 1.5         | 1.5",
                "size | 007         | \"007\"",
                "size | many        | \"many\"",
                "note | None        | null",
                "note | Nonesuch    | \"Nonesuch\"",
                "note | 12          | \"12\"",
                "mode | 1           | 1",
                "mode | TRUE        | true",
                "mode | fast        | \"fast\"",
                "any  | 12          | \"12\"",
                "any  | true        | \"true\"",
                "any  | [1, 'a']    | [1,\"a\"]",
                "any  | {'a': None} | {\"a\":null}",
                "when | 1e3         | 1000.0",
                "when | (1, 2)      | [1,2]",
                "when | [1, 2       | \"[1, 2\"",
                "path | null        | \"null\"",
                "none | 5           | \"5\"",
            })
    void aValueIsTheFirstOfItsTypesThatItCanBe(String name, String value, String json) {
        assertThat(shown(new GlmFormat(), glm(name, value))).isEqualTo("[!]file{\"" + name + "\":" + json + "}");
    }

    @Test
    void textThatMayBeNullStreamsOnceItIsNot() {
        var pieces = read(
                new GlmFormat(),
                "<tool_call>file<arg_key>note</arg_key><arg_value>n",
                "u",
                "t",
                "s</arg_value></tool_call>");
        assertThat(pieces)
                .filteredOn(OutputPiece.CallArguments.class::isInstance)
                .containsExactly(
                        new OutputPiece.CallArguments(0, "{\"note\": "),
                        new OutputPiece.CallArguments(0, "\"nut"),
                        new OutputPiece.CallArguments(0, "s\"}"));
    }

    @Test
    void aCallWhoseEndIsMissingCountsWhenItHasWhatTheToolNeeds() {
        String path = "<tool_call>file<arg_key>path</arg_key><arg_value>a</arg_value>";
        String size = "<arg_key>size</arg_key><arg_value>1</arg_value>";
        assertThat(shown(new GlmFormat(), path + size)).isEqualTo(needed(""));
        assertThat(shown(new GlmFormat(), path)).isEqualTo("[?]file " + path);
    }

    @Test
    void argumentsWithoutNamesCountInTheToolsOrder() {
        assertThat(shown(new Olmo3Format(), "<function_calls>file('a', 1, any=2)</function_calls>"))
                .isEqualTo(needed(",\"any\":2"));
        assertThat(shown(new Olmo3Format(), "<function_calls>file('a, b', 1)</function_calls>"))
                .isEqualTo("[!]file{\"path\":\"a, b\",\"size\":1}");
    }

    @Test
    void onlyAnArgumentThatTheToolHasEndsATextWithQuotes() {
        String call = "<function_calls>file(path='plot('red', label='a')', size=1)</function_calls>";
        assertThat(shown(new Olmo3Format(), call)).isEqualTo("[!]file{\"path\":\"plot('red', label='a')\",\"size\":1}");
    }
}
