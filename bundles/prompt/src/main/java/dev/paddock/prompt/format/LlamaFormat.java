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
 * {@code <function=f>{...}</function>}. Without a mark only what the answer begins with is a call.
 */
@Component(service = ChatFormat.class)
public final class LlamaFormat extends MarkedFormat {
    private static final String TAG = "<|python_tag|>";
    private static final CallObject.Keys KEYS =
            new CallObject.Keys(List.of("name", "function"), List.of("parameters", "arguments"));
    private static final JsonCalls BARE = new JsonCalls("", "", false, KEYS);
    /** Marks of other families that build on the same template. */
    private static final List<String> OTHERS =
            List.of("<tool_call>", "<TOOLCALL>", "functools", "<function=", ">>>", "<｜", "<|recipient|>");

    /** A format without state. */
    public LlamaFormat() {
        super("llama", Layout.of(new Tagged(), Functionary31Format.CALLS).bare(BARE));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        boolean turns = text.contains("<|start_header_id|>") || text.contains("<|header_start|>");
        boolean tools = text.contains("\"parameters\"") || text.contains("ipython") || text.contains(TAG);
        return turns && tools && OTHERS.stream().noneMatch(text::contains);
    }

    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        List<Tool> tools = chosen(start, choice);
        if (tools.isEmpty()) return Optional.empty();
        String one = BARE.rule(grammar, tools, false);
        String calls = choice.several() ? grammar.rule("calls", one + " (\"; \" " + one + ")*") : one;
        if (choice.mode() == ToolChoice.Mode.REQUIRED) return Optional.of(calls);
        // Text that began with a brace would be read as a call that no schema holds.
        String text = "[ \\n]* ([^{\\[ \\n] " + grammar.textWithout(List.of(TAG, "<function=")) + ")?";
        return Optional.of(grammar.rule("answer", calls + " | " + text));
    }

    /** What stands behind the tag: JSON, or code. */
    private record Tagged() implements CallSyntax {
        private static final JsonCalls JSON = new JsonCalls(TAG, "", false, KEYS);
        private static final CodeCalls CODE = new CodeCalls(TAG, "");

        @Override
        public String opening() {
            return TAG;
        }

        @Override
        public List<String> marks() {
            return List.of(TAG);
        }

        @Override
        public Stretch begin(String opening, Tools tools, TextStretch from) {
            return new Stretch() {
                @Override
                public Stretch read(Input in, Pieces out) {
                    int blanks = in.blanks();
                    if (blanks == in.length() && !in.ended()) return this;
                    boolean json = in.startsWith("{", blanks) || in.startsWith("[", blanks);
                    return (json ? JSON : CODE).begin(opening, tools, from);
                }
            };
        }

        @Override
        public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
            return JSON.rule(grammar, tools, several);
        }
    }
}
