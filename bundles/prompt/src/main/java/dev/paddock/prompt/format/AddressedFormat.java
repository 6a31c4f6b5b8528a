package dev.paddock.prompt.format;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers made of messages, each with an address: a tool, whose arguments follow, or {@code all}, which is text for the
 * user. The prompt may hold the mark before the first address.
 */
abstract class AddressedFormat extends MarkedFormat {
    private final NamedCalls calls;
    /** What stands between that mark and the text of a message for all. */
    private final String all;
    /** What stands between that mark and code; empty where there is none. */
    private final String code;
    /** Marks that are no text. */
    private final List<String> dropped;

    AddressedFormat(String name, NamedCalls calls, String all, String code, String... dropped) {
        super(name, Layout.of(calls).dropping(dropped));
        this.calls = calls;
        this.all = all;
        this.code = code;
        this.dropped = List.of(dropped);
    }

    private boolean prompted(String prompt) {
        return prompt.stripTrailing().endsWith(calls.opening());
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        var tools = Tools.of(start.tools());
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(calls.opening(), (opening, from) -> new AddressStretch(opening, tools, from)));
        for (String mark : dropped) marks.add(Mark.dropped(mark));
        var content = new TextStretch(Kind.CONTENT, marks);
        return new MarkedParser(prompted(start.prompt()) ? new AddressStretch("", tools, content) : content);
    }

    /** Reads what stands behind the mark. */
    private final class AddressStretch implements Stretch {
        private final String opening;
        private final Tools tools;
        private final TextStretch from;

        AddressStretch(String opening, Tools tools, TextStretch from) {
            this.opening = opening;
            this.tools = tools;
            this.from = from;
        }

        @Override
        public Stretch read(Input in, Pieces out) {
            if (in.startsWith(all)) {
                in.drop(all.length());
                return from.afterGap();
            }
            if (in.mayStartWith(all, 0)) return this;
            var runner = CodeCalls.runner(tools);
            if (runner.isEmpty()) return calls.begin(opening, tools, from);
            String head = runner.get().name() + code;
            if (in.mayStartWith(head, 0) || in.startsWith(head) && in.length() == head.length() && !in.ended())
                return this;
            if (!in.startsWith(head) || in.at(head.length()) == '{') return calls.begin(opening, tools, from);
            var syntax = new CodeCalls(opening + in.take(head.length()), calls.opening());
            return syntax.begin(syntax.opening(), tools, from);
        }
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        if (start.begun().isPresent()) return content;
        String head = prompted(start.prompt()) ? all : calls.opening() + all;
        return grammar.rule("answer", grammar.literal(head) + " " + content);
    }

    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        List<Tool> tools = chosen(start, choice);
        if (tools.isEmpty()) return Optional.empty();
        boolean prompted = prompted(start.prompt());
        String next = calls.rule(grammar, tools, false);
        String first = prompted ? unmarked().rule(grammar, tools, false) : next;
        String more = choice.several() ? " (" + between(grammar) + next + ")*" : "";
        String rows = grammar.rule("rows", first + more);
        if (choice.mode() == ToolChoice.Mode.REQUIRED) return Optional.of(rows);
        String text = answer(grammar, start, grammar.textWithout(List.of(calls.opening())));
        String behind = choice.several() ? "*" : "?";
        return Optional.of(grammar.rule("addressed", text + " (" + next + ")" + behind + " | " + rows));
    }

    private NamedCalls unmarked() {
        return new NamedCalls("", calls.headers(), calls.endings(), calls.written());
    }

    private String between(GrammarBuilder grammar) {
        String between = calls.written().between();
        return between.isEmpty() ? "" : grammar.literal(between) + " ";
    }
}
