package dev.paddock.prompt.format;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Meta's Llama 3.1 and later: {@code {"name": "f", "parameters": {...}}} as the whole answer, several with {@code ;} between
 * them, or behind {@code <|python_tag|>}, where {@code f.call(a="x")} and plain code may stand too; some answer with
 * {@code <function=f>{...}</function>}. Llama 4 also writes {@code [f(a="x")]}, alone or between {@code <|python_start|>}
 * and {@code <|python_end|>}. Without a mark only what the answer begins with is a call.
 */
@Component(service = ChatFormat.class)
public final class LlamaFormat extends MarkedFormat {
    private static final String TAG = "<|python_tag|>";
    private static final String START = "<|python_start|>";
    private static final String END = "<|python_end|>";
    private static final String TURN_OF_4 = "<|header_start|>";
    private static final String PARAMETERS = "\"parameters\"";
    private static final CallObject.Keys KEYS =
            new CallObject.Keys(List.of("name", "function"), List.of("parameters", "arguments"));
    /** Marks of other families that build on the same template. */
    private static final List<String> OTHERS =
            List.of("<tool_call>", "<TOOLCALL>", "functools", "<function=", ">>>", "<｜", "<|recipient|>");

    /** A format without state. */
    public LlamaFormat() {
        super(
                "llama",
                Layout.of(new PythonTag(TAG, "", KEYS), new PythonTag(START, END, KEYS), Functionary31Format.CALLS)
                        .bare(new Alone())
                        .dropping(END));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        boolean turns = text.contains("<|start_header_id|>") || text.contains(TURN_OF_4);
        boolean tools = text.contains(PARAMETERS) || text.contains("ipython") || text.contains(TAG);
        return turns && tools && OTHERS.stream().noneMatch(text::contains);
    }

    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        List<Tool> tools = chosen(start, choice);
        if (tools.isEmpty()) return Optional.empty();
        String template = start.signs().template().text();
        boolean list = template.contains(TURN_OF_4) && !template.contains(PARAMETERS);
        CallSyntax syntax = list ? Alone.LIST : new Alone();
        String calls = syntax.rule(grammar, tools, choice.several());
        if (choice.mode() == ToolChoice.Mode.REQUIRED) return Optional.of(calls);
        // Text that began with a bracket would be read as a call that no schema holds.
        String text = "[ \\n]* ([^{\\[ \\n] " + grammar.textWithout(List.of(TAG, START, "<function=")) + ")?";
        return Optional.of(grammar.rule("answer", calls + " | " + text));
    }

    /** Calls without a mark. */
    private record Alone() implements CallSyntax {
        static final PythonCalls LIST = new PythonCalls("", "", PythonCalls.Style.LIST);
        private static final JsonCalls JSON = new JsonCalls("", "", false, KEYS);

        @Override
        public String opening() {
            return "";
        }

        @Override
        public List<String> marks() {
            return List.of();
        }

        @Override
        public Stretch begin(String opening, Tools tools, TextStretch from) {
            return new Stretch() {
                @Override
                public Stretch read(Input in, Pieces out) {
                    return (in.startsWith("[") ? LIST : JSON).begin(opening, tools, from);
                }
            };
        }

        @Override
        public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
            String one = JSON.rule(grammar, tools, false);
            return several ? grammar.rule("calls", one + " (\"; \" " + one + ")*") : one;
        }
    }
}
