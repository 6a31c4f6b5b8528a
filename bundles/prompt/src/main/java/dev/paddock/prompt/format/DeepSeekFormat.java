package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * DeepSeek V3, R1 with its distillates and Cogito 2: {@code <｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>f},
 * a line break, the arguments in a code fence, {@code <｜tool▁call▁end｜><｜tool▁calls▁end｜>}; V3.1 without
 * {@code function} and fence: {@code <｜tool▁call▁begin｜>f<｜tool▁sep｜>{...}<｜tool▁call▁end｜>}. Thoughts between
 * {@code <think>}, which the prompt may hold, and {@code </think>}.
 */
@Component(service = ChatFormat.class)
public final class DeepSeekFormat extends MarkedFormat {
    private static final String SECTION = "<｜tool▁calls▁begin｜>";
    private static final String SECTION_END = "<｜tool▁calls▁end｜>";
    private static final String CALL = "<｜tool▁call▁begin｜>";
    private static final String CALL_END = "<｜tool▁call▁end｜>";
    private static final String SEPARATOR = "<｜tool▁sep｜>";
    /** What models write for the mark before a row of calls. */
    private static final List<String> SECTIONS = List.of(
            SECTION, "<｜tool▁calls｜>", "<｜tool_calls_begin｜>", "<｜tool calls begin｜>", "<｜tool\\_calls\\_begin｜>");

    private static final Pattern HEADER = Pattern.compile(
            "\\s*(function\\s*<｜tool▁sep｜>\\s*)?" + "(?<name>[^<>{}\"｜`\\s]+)\\s*(<｜tool▁sep｜>\\s*)?(```(json)?\\s*)?");
    private static final Layout FENCED =
            layout("\"function" + SEPARATOR + "\" NAME \"\\n```json\\n\"", "\n```" + CALL_END, "\n");
    private static final Layout PLAIN = layout("NAME \"" + SEPARATOR + "\"", CALL_END, "");
    private static final String FENCED_SAMPLE =
            "function" + SEPARATOR + "tool_name\n```json\n{\"argument\": \"value\"}\n```";
    private static final String PLAIN_SAMPLE = "tool_name" + SEPARATOR + "{\"argument\": \"value\"}";

    /** A format without state. */
    public DeepSeekFormat() {
        super("deepseek", FENCED);
    }

    private static Layout layout(String head, String tail, String between) {
        List<String> marks = List.of(SECTION, SECTION_END, SEPARATOR);
        var written = new NamedCalls.Written(SECTION, head, tail, between, SECTION_END, marks);
        var named = new NamedCalls(CALL, List.of(HEADER), List.of("```", CALL_END), written);
        var call = new EitherCalls(named, new JsonCalls(CALL, CALL_END, false, CallObject.Keys.USUAL), false);
        List<CallSyntax> calls = new ArrayList<>(List.of(call));
        for (String section : SECTIONS) calls.add(new RowOfCalls(section, call));
        calls.add(new JsonCalls("<tool_call>", "</tool_call>", false, CallObject.Keys.USUAL));
        return Layout.of(calls)
                .thinking(new ThoughtMarks("<think>", "</think>", "</think>"))
                .dropping(SECTION_END, "<｜tool_calls_end｜>", "<｜tool calls end｜>", "<｜tool\\_calls\\_end｜>");
    }

    @Override
    Layout layout(ModelSigns signs) {
        return fenced(signs) ? FENCED : PLAIN;
    }

    private static boolean fenced(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains("```json") || !text.contains(SEPARATOR);
    }

    /** V3.2 and later write tags of another kind. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return (text.contains(CALL) || text.contains("<｜Assistant｜>")) && !text.contains("DSML");
    }

    /** A template that takes thoughts out of the history is of a model that has them. */
    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return signs.template().text().contains("</think>") || super.asksForThoughts(signs);
    }

    /** Most templates have no place for tools; V3.1 has its own name for the switch of thoughts. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        String text = signs.template().text();
        PromptInput switched = text.contains("thinking") ? switching("thinking", input) : input;
        if (input.tools().isEmpty() || ToolPrompt.hasPlace(text)) return switched;
        String sample = SECTION + CALL + (fenced(signs) ? FENCED_SAMPLE : PLAIN_SAMPLE) + CALL_END + SECTION_END;
        return new ToolPrompt(sample).into(switched);
    }
}
