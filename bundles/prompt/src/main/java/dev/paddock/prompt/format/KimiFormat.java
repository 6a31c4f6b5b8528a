package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Moonshot AI's Kimi K2: {@code <|tool_calls_section_begin|><|tool_call_begin|>functions.f:0<|tool_call_argument_begin|>
 * {...}<|tool_call_end|><|tool_calls_section_end|>}, where {@code functions.f:0} is the id of the call and the number
 * counts on through the conversation; thoughts between {@code <think>} and {@code </think>}, also with calls in them.
 */
@Component(service = ChatFormat.class)
public final class KimiFormat extends MarkedFormat {
    private static final String SECTION = "<|tool_calls_section_begin|>";
    private static final String SECTION_END = "<|tool_calls_section_end|>";
    private static final String CALL = "<|tool_call_begin|>";
    private static final String CALL_END = "<|tool_call_end|>";
    private static final String ARGUMENTS = "<|tool_call_argument_begin|>";
    private static final String NAME = "(?<name>[^<>{}\"\\s:]+)";
    private static final String BEHIND_NAME = "\\s*(<\\|tool_call_argument_begin\\|>\\s*)?";
    /** As taught, as clients garble it in the history that models learn from, and without prefix or number. */
    private static final List<Pattern> HEADERS = List.of(
            Pattern.compile("\\s*(?<id>functions\\." + NAME + ":\\d+)" + BEHIND_NAME),
            Pattern.compile("\\s*functions[._]" + NAME + "[_:-]\\d+" + BEHIND_NAME),
            Pattern.compile("\\s*(functions[._])?" + NAME + "(:\\d+)?" + BEHIND_NAME));

    /** A format without state. */
    public KimiFormat() {
        super(
                "kimi",
                Layout.of(calls())
                        .thinking(new ThoughtMarks("<think>", "</think>", "</think>"))
                        .dropping(SECTION_END, "<|tool_call_section_end|>"));
    }

    private static List<CallSyntax> calls() {
        String head = "\"functions.\" NAME \":\" [0-9]{1,4} \"" + ARGUMENTS + "\"";
        List<String> marks = List.of(SECTION, SECTION_END, ARGUMENTS);
        var written = new NamedCalls.Written(SECTION, head, CALL_END, "", SECTION_END, marks);
        var named = new NamedCalls(CALL, HEADERS, List.of(CALL_END), written);
        var call = new EitherCalls(named, new JsonCalls(CALL, CALL_END, false, CallObject.Keys.USUAL), false);
        List<CallSyntax> calls = new ArrayList<>(List.of(call));
        for (String row : List.of(SECTION, "<|tool_call_section_begin|>")) calls.add(new RowOfCalls(row, call));
        return calls;
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }

    /** The templates of models that think write thoughts into the history; none has a switch. */
    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return signs.template().text().contains("<think>");
    }

    /** Many templates print an id as it is and the tool's name nowhere else: it must have the form that models write. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        return input.with(CallIds.renamed(input.messages(), KimiFormat::id), input.tools());
    }

    private static String id(ToolCall call, int index) {
        String taught = "functions." + call.name() + ":";
        boolean kept = call.id().startsWith(taught)
                && call.id().substring(taught.length()).matches("\\d{1,9}");
        return kept ? call.id() : taught + index;
    }
}
