package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.prompt.grammar.GbnfGrammars;
import dev.paddock.prompt.json.JsonReader;
import dev.paddock.runner.sampling.GrammarAcceptor;
import dev.paddock.runner.sampling.RandomTexts;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the grammars of calls let through is read as calls whose arguments are what the tools take. */
class CallGrammarTest {
    private static final int TEXTS = 200;
    /** Formats whose grammars hold values only where a schema says one type. */
    private static final Set<String> LOOSE = Set.of("gemma4", "functiongemma");

    private static final String SCHEMA = """
            {"type": "object", "additionalProperties": false, "required": ["path", "size"], "$defs": {"size": {"type": ["integer", "null"]}},
             "properties": {
               "path": {"type": "string"},
               "size": {"$ref": "#/$defs/size"},
               "mode": {"enum": ["fast", "slow"]},
               "tags": {"type": "array", "items": {"type": "string"}},
               "note": {"type": ["string", "null"]}}}""";

    private static final String NOTHING_REQUIRED = """
            {"additionalProperties": false,
             "properties": {"a": {"type": "boolean"}, "b": {"type": "number"}, "c": {"type": "object"}}}""";

    private static final List<Tool> TOOLS =
            List.of(tool("file", SCHEMA), tool("any", NOTHING_REQUIRED), new Tool("now", Map.of()));

    private static Tool tool(String name, String schema) {
        var parameters = JsonReader.object(schema).orElseThrow();
        return new Tool(name, Map.of("function", Map.of("parameters", parameters)));
    }

    /** All that write calls as a grammar. */
    private static Stream<ChatFormat> formats() {
        var choice = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true, true);
        return InstalledFormats.all().stream()
                .map(InstalledFormats.Installed::format)
                .filter(format -> format.calls(new GbnfGrammars().begin(), start(""), choice)
                        .isPresent());
    }

    private static AnswerStart start(String prompt) {
        var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "function_calls"));
        return new AnswerStart(signs, prompt, TOOLS);
    }

    private static GrammarAcceptor grammar(ChatFormat format, String prompt, ToolChoice.Mode mode, String... names) {
        var builder = new GbnfGrammars().begin();
        var choice = new ToolChoice(mode, List.of(names), names.length == 0, true);
        return new GrammarAcceptor(
                builder.text(format.calls(builder, start(prompt), choice).orElseThrow()));
    }

    private static GrammarAcceptor grammarWithoutThoughts() {
        var builder = new GbnfGrammars().begin();
        var choice = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true, true);
        var start = new AnswerStart(start("").signs(), "", TOOLS, false);
        return new GrammarAcceptor(
                builder.text(new QwenCoderFormat().calls(builder, start, choice).orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatMustBeACallIsReadAsCalls(ChatFormat format) {
        var texts = new RandomTexts(grammar(format, "", ToolChoice.Mode.REQUIRED), new Random(5));
        for (int i = 0; i < TEXTS; i++) {
            String text = texts.next(20 + 2 * i);
            var pieces = Answers.feed(format.parser(start("")), List.of(text));
            assertThat(pieces).as(text).noneMatch(OutputPiece.CallBroken.class::isInstance);
            assertThat(pieces).as(text).noneMatch(OutputPiece.Content.class::isInstance);
            assertThat(pieces).as(text).anyMatch(OutputPiece.Call.class::isInstance);
            if (LOOSE.contains(format.name())) continue;
            for (var piece : pieces) if (piece instanceof OutputPiece.Call call) check(text, call);
        }
    }

    private static void check(String text, OutputPiece.Call call) {
        var arguments = call.call().arguments();
        if (call.call().name().equals("now")) return;
        arguments.forEach((name, value) -> assertThat(isRight(name, value))
                .as("%s=%s in %s", name, value, text)
                .isTrue());
        if (call.call().name().equals("file")) assertThat(arguments).as(text).containsKeys("path", "size");
    }

    private static boolean isRight(String name, Object value) {
        return switch (name) {
            case "path" -> value instanceof String;
            case "size" -> value == null || value instanceof Number;
            case "mode" -> Set.of("fast", "slow").contains(value);
            case "tags" -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case "note" -> value == null || value instanceof String;
            case "a" -> value instanceof Boolean;
            case "b" -> value instanceof Number;
            case "c" -> value instanceof Map;
            default -> false;
        };
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whereACallMayBeNothingBreaks(ChatFormat format) {
        var texts = new RandomTexts(grammar(format, "", ToolChoice.Mode.AUTO), new Random(6));
        for (int i = 0; i < TEXTS; i++) {
            String text = texts.next(20 + 2 * i);
            assertThat(Answers.feed(format.parser(start("")), List.of(text)))
                    .as(text)
                    .noneMatch(OutputPiece.CallBroken.class::isInstance);
        }
    }

    @Test
    void callsAreHeldToTheirSyntaxAndTheirSchemas() {
        String call = "<tool_call>\n<function=file>\n<parameter=path>\na b\n</parameter>\n<parameter=size>\n12\n"
                + "</parameter>\n<parameter=mode>\nfast\n</parameter>\n</function>\n</tool_call>";
        var grammar = grammar(new QwenCoderFormat(), "", ToolChoice.Mode.REQUIRED);
        assertThat(grammar.accepts(call)).isTrue();
        assertThat(grammar.accepts(call + "\n" + call)).isTrue();
        assertThat(grammar.accepts("<think>\nHm.\n</think>\n\n" + call)).isTrue();
        assertThat(grammar.accepts("Hm. " + call)).isFalse();
        assertThat(grammar.accepts(call.replace("fast", "faster"))).isFalse();
        assertThat(grammar.accepts(call.replace("12", "many"))).isFalse();
        assertThat(grammar.accepts(call.replace("=size", "=other"))).isFalse();
        assertThat(grammar.accepts(call.replace("=file", "=nobody"))).isFalse();
        var one = grammar(new QwenCoderFormat(), "<think>\n", ToolChoice.Mode.REQUIRED, "file");
        assertThat(one.accepts("Hm.\n</think>\n\n" + call)).isTrue();
        assertThat(one.accepts("Hm.\n</think>\n\n" + call + "\n" + call)).isFalse();
        assertThat(grammarWithoutThoughts().accepts(call)).isTrue();
        assertThat(grammarWithoutThoughts().accepts("<think>Hm.</think>" + call))
                .isFalse();
        assertThat(one.accepts("</think>\n\n<tool_call>\n<function=now>\n</function>\n</tool_call>"))
                .isFalse();
    }

    @Test
    void eachFamilyIsHeldToWhatItsTemplatesWrite() {
        assertThat(grammar(new GlmFormat(), "", ToolChoice.Mode.REQUIRED))
                .matches(g ->
                        g.accepts("<tool_call>any\n<arg_key>a</arg_key>\n<arg_value>true</arg_value>\n</tool_call>"))
                .matches(g -> g.accepts("<tool_call>any<arg_key>b</arg_key><arg_value>1.5</arg_value></tool_call>"));
        assertThat(grammar(new DsmlFormat(), "", ToolChoice.Mode.REQUIRED))
                .matches(
                        g -> g.accepts(
                                "<｜DSML｜function_calls>\n<｜DSML｜invoke name=\"any\">\n<｜DSML｜parameter name=\"a\""
                                        + " string=\"false\">true</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>"));
        assertThat(grammar(new Lfm2Format(), "", ToolChoice.Mode.REQUIRED))
                .matches(g -> g.accepts("<|tool_call_start|>[any(a=true, c={\"x\": 1}), now()]<|tool_call_end|>"))
                .matches(g -> !g.accepts("<|tool_call_start|>[any(a=true c={})]<|tool_call_end|>"));
        assertThat(grammar(new Olmo3Format(), "", ToolChoice.Mode.REQUIRED))
                .matches(g -> g.accepts("<function_calls>any(b=1)\nnow()</function_calls>"));
        assertThat(grammar(new MiniCpmFormat(), "", ToolChoice.Mode.REQUIRED))
                .matches(g -> g.accepts("<|tool_call_start|>\n```python\nnow()\n```\n<|tool_call_end|>"));
        assertThat(grammar(new GlimmerFormat(), "", ToolChoice.Mode.REQUIRED))
                .matches(g -> g.accepts(" to=self<|message|>Hm.<|eom|><|start|>assistant to=now<|message|>"
                        + "<atem:function_calls>\n<atem:invoke name=\"now\">\n</atem:invoke>\n</atem:function_calls>"));
    }
}
