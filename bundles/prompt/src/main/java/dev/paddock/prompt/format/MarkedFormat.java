package dev.paddock.prompt.format;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A format that is told by its {@link Layout}: what most families need. */
abstract class MarkedFormat implements ChatFormat {
    private final String name;
    private final Layout layout;

    MarkedFormat(String name, Layout layout) {
        this.name = name;
        this.layout = layout;
    }

    @Override
    public final String name() {
        return name;
    }

    /** What stands where for models with these signs. */
    Layout layout(ModelSigns signs) {
        return layout;
    }

    /** Whether a template can ask for thoughts: by a switch, or by opening them in the assistant's turn. */
    boolean asksForThoughts(ModelSigns signs) {
        String text = signs.template().text();
        String open = layout(signs).thoughts().map(ThoughtMarks::open).orElse("");
        if (open.isEmpty() || !text.contains(open)) return false;
        if (text.contains("enable_thinking") || text.contains(".Think")) return true;
        int opening = text.lastIndexOf("add_generation_prompt");
        return opening >= 0 && text.indexOf(open, opening) >= 0;
    }

    /** The input with a template's own variable for whether thoughts are wanted, unless that is not said. */
    static PromptInput switching(String variable, PromptInput input) {
        if (input.think() == Think.UNSET || input.variables().containsKey(variable)) return input;
        return with(variable, input.think().wanted(), input);
    }

    /** The input with one variable more. */
    static PromptInput with(String variable, Object value, PromptInput input) {
        Map<String, Object> variables = new LinkedHashMap<>(input.variables());
        variables.putIfAbsent(variable, value);
        return new PromptInput(
                input.messages(),
                input.tools(),
                input.think(),
                input.bosToken(),
                input.eosToken(),
                input.suffix(),
                variables);
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        var found = EnumSet.noneOf(Capability.class);
        if (!layout(signs).calls().isEmpty()) found.add(Capability.TOOLS);
        if (asksForThoughts(signs)) found.add(Capability.THINKING);
        return found;
    }

    @Override
    public Optional<ThoughtMarks> thoughts(ModelSigns signs) {
        return layout(signs).thoughts();
    }

    @Override
    public Set<String> markers() {
        return layout.marks();
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        return new MarkedParser(layout(start.signs()).first(prompted(start), Tools.of(start.tools())));
    }

    /** What the end of the prompt did about thoughts. */
    Layout.Prompted prompted(AnswerStart start) {
        String prompt = start.prompt().stripTrailing();
        var marks = layout(start.signs()).thoughts();
        if (start.begun().isPresent()) {
            boolean thought = marks.isPresent() && thinks(start.begun().get(), marks.get());
            return thought ? Layout.Prompted.THINKING : Layout.Prompted.ANSWERING;
        }
        if (marks.isEmpty()) return Layout.Prompted.FREE;
        if (prompt.endsWith(marks.get().open().stripTrailing())) return Layout.Prompted.OPENED;
        return prompt.endsWith(marks.get().close().stripTrailing()) ? Layout.Prompted.CLOSED : Layout.Prompted.FREE;
    }

    /** Whether what is begun is a thought, perhaps in the content. */
    private static boolean thinks(Message begun, ThoughtMarks marks) {
        String content = begun.content();
        return content.isEmpty() || content.startsWith(marks.open()) && !content.contains(marks.close());
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        String thoughts = thoughtsBefore(grammar, start);
        return thoughts.isEmpty() ? content : grammar.rule("answer", thoughts + " " + content);
    }

    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        List<Tool> tools = chosen(start, choice);
        var syntaxes = layout(start.signs()).calls();
        if (syntaxes.isEmpty() || tools.isEmpty()) return Optional.empty();
        String calls = syntaxes.getFirst().rule(grammar, tools, choice.several());
        boolean required = choice.mode() == ToolChoice.Mode.REQUIRED;
        String body = required ? calls : textAndCalls(grammar, start, calls, choice.several());
        return Optional.of(grammar.rule("answer", (thoughtsBefore(grammar, start) + " " + body).strip()));
    }

    /** The tools that may be called. */
    static List<Tool> chosen(AnswerStart start, ToolChoice choice) {
        return start.tools().stream()
                .filter(tool -> choice.names().isEmpty() || choice.names().contains(tool.name()))
                .toList();
    }

    /** Free text in which, once a call is opened, only a call of a tool on offer can follow. */
    private String textAndCalls(GrammarBuilder grammar, AnswerStart start, String calls, boolean several) {
        List<String> openings =
                layout(start.signs()).calls().stream().map(CallSyntax::opening).toList();
        String text = grammar.textWithout(openings);
        return grammar.rule("text-and-calls", text + " (" + calls + " " + text + ")" + (several ? "*" : "?"));
    }

    /** Thoughts, as the prompt left them, and the white space behind them; empty when there can be none. */
    private String thoughtsBefore(GrammarBuilder grammar, AnswerStart start) {
        var layout = layout(start.signs());
        if (layout.thoughts().isEmpty()) return "";
        var marks = layout.thoughts().get();
        var prompted = prompted(start);
        boolean none = !start.thoughts() && prompted == Layout.Prompted.FREE;
        if (none || prompted == Layout.Prompted.CLOSED || prompted == Layout.Prompted.ANSWERING) return "";
        List<String> closings = new ArrayList<>(layout.closings());
        closings.addFirst(marks.close());
        String closing = grammar.rule(
                "thought-end",
                String.join(" | ", closings.stream().map(grammar::literal).toList()));
        String rest = grammar.textWithout(closings) + " " + closing + " " + grammar.rule("gap", "[ \\n]{0,4}");
        if (prompted != Layout.Prompted.FREE) return grammar.rule("thought", rest);
        return grammar.rule(
                "thought",
                "(" + grammar.rule("blanks", "[ \\n]{0,4}") + " " + grammar.literal(marks.open()) + " " + rest + ")?");
    }
}
