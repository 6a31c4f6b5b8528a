package dev.paddock.prompt.format;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Muse Glimmer: messages with a recipient each, {@code  to=self<|message|>} for thoughts, {@code  to=user<|message|>} for
 * content and {@code  to=NAME<|message|>} for a call: {@code <atem:function_calls>\n<atem:invoke
 * name="NAME">\n<atem:parameter name="KEY">VALUE</atem:parameter>\n</atem:invoke>\n</atem:function_calls>}. {@code
 * <|eom|><|start|>assistant} stands between two messages.
 */
@Component(service = ChatFormat.class)
public final class GlimmerFormat extends MarkedFormat {
    private static final String ROW = "<atem:function_calls>";
    private static final String END = "<|eom|>";
    private static final String TURN = "<|start|>assistant";
    private static final String THOUGHT = " to=self" + GlimmerHeader.MESSAGE;
    private static final String CONTENT = " to=user" + GlimmerHeader.MESSAGE;
    private static final Map<Think, String> STRENGTHS = Map.of(Think.LOW, "low", Think.MEDIUM, "medium");
    private static final TaggedCalls CALLS = TaggedCalls.rows(
            ROW,
            "</atem:function_calls>",
            NamedTag.attributed("atem:invoke"),
            NamedTag.attributed("atem:parameter"),
            TaggedCalls.Lines.TAGS);
    private static final Layout LAYOUT = Layout.of(CALLS, CALLS.withoutRow())
            .thinking(new ThoughtMarks(THOUGHT, END, END + TURN + CONTENT))
            .dropping(TURN.substring(0, TURN.indexOf("assistant")), GlimmerHeader.MESSAGE);

    /** A format without state. */
    public GlimmerFormat() {
        super("glimmer", LAYOUT);
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(ROW);
    }

    /** How hard it thinks is a word in the prompt. */
    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return signs.template().text().contains("to=self");
    }

    /** Says how hard to think in the template's own way; its default is the highest. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        String strength = STRENGTHS.get(input.think());
        return strength == null ? input : with("reasoning_strength", strength, input);
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        var header = new GlimmerHeader(LAYOUT, TURN, END, Tools.of(start.tools()));
        if (start.begun().isEmpty()) return new MarkedParser(header);
        return new MarkedParser(header.within(prompted(start) == Layout.Prompted.THINKING));
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        if (prompted(start) == Layout.Prompted.ANSWERING) return content;
        return grammar.rule("answer", thoughts(grammar, start) + " " + grammar.literal(CONTENT) + " " + content);
    }

    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        var tools = chosen(start, choice);
        if (tools.isEmpty() || prompted(start) == Layout.Prompted.ANSWERING) return Optional.empty();
        var messages = tools.stream()
                .map(tool -> grammar.literal(" to=" + tool.name() + GlimmerHeader.MESSAGE) + " "
                        + CALLS.rule(grammar, List.of(tool), false))
                .toList();
        String call = grammar.rule("any-message", String.join(" | ", messages));
        String more = choice.several() ? " (" + grammar.literal(END + TURN) + " " + call + ")*" : "";
        String body = grammar.rule("messages", call + more);
        if (choice.mode() != ToolChoice.Mode.REQUIRED) {
            String text = grammar.literal(CONTENT) + " " + grammar.textWithout(List.of(ROW));
            body = grammar.rule("messages", body + " | " + text);
        }
        return Optional.of(grammar.rule("answer", thoughts(grammar, start) + " " + body));
    }

    private String thoughts(GrammarBuilder grammar, AnswerStart start) {
        if (!start.thoughts()) return "";
        String text = grammar.textWithout(List.of(END));
        if (prompted(start) == Layout.Prompted.THINKING) {
            return grammar.rule("thought", text + " " + grammar.literal(END + TURN));
        }
        return grammar.rule(
                "thought", "(" + grammar.literal(THOUGHT) + " " + text + " " + grammar.literal(END + TURN) + ")?");
    }
}
