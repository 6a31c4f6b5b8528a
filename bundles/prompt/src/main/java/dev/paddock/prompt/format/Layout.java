package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ThoughtMarks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands where in a family's answers: thoughts at the start, then content, calls in both. Immutable.
 *
 * @param thoughts how thoughts are marked
 * @param closings other marks that end thoughts, as some models write them
 * @param calls ways of writing calls
 * @param dropped marks around content, or around rows of calls, that are no text
 */
record Layout(Optional<ThoughtMarks> thoughts, List<String> closings, List<CallSyntax> calls, List<String> dropped) {
    /** {@code <think>...</think>}. */
    static final ThoughtMarks THINK = new ThoughtMarks("<think>", "</think>");

    Layout {
        closings = List.copyOf(closings);
        calls = List.copyOf(calls);
        dropped = List.copyOf(dropped);
    }

    static Layout of(CallSyntax... calls) {
        return new Layout(Optional.empty(), List.of(), List.of(calls), List.of());
    }

    Layout thinking(ThoughtMarks marks, String... otherClosings) {
        return new Layout(Optional.of(marks), List.of(otherClosings), calls, dropped);
    }

    Layout dropping(String... marks) {
        return new Layout(thoughts, closings, calls, List.of(marks));
    }

    /** All marks that may be control tokens. */
    Set<String> marks() {
        Set<String> all = new LinkedHashSet<>(dropped);
        thoughts.ifPresent(marks -> all.addAll(List.of(marks.open(), marks.close())));
        all.addAll(closings);
        calls.forEach(call -> all.addAll(call.marks()));
        return all;
    }

    /** What the prompt did about thoughts. */
    enum Prompted {
        /** Nothing: the model may open one. */
        FREE,
        /** It opened one, and the answer begins inside. */
        OPENED,
        /** It closed one: white space at the start of the answer is none of its text. */
        CLOSED
    }

    /** What reads an answer. */
    Stretch first(Prompted prompted, Tools tools) {
        List<Mark> marks = new ArrayList<>();
        for (String mark : dropped) marks.add(Mark.dropped(mark));
        if (!tools.isEmpty()) {
            for (CallSyntax call : calls) {
                marks.add(new Mark(call.opening(), (opening, from) -> call.begin(opening, tools, from)));
            }
        }
        TextStretch content = new TextStretch(Kind.CONTENT, marks);
        if (prompted == Prompted.CLOSED) content.afterGap();
        if (thoughts.isEmpty()) return content;
        Mark.Next closed = (opening, from) -> content.afterGap();
        List<Mark> inThoughts = new ArrayList<>(marks);
        inThoughts.add(new Mark(thoughts.get().close(), closed));
        for (String mark : closings) inThoughts.add(new Mark(mark, closed));
        TextStretch thought = new TextStretch(Kind.THINKING, inThoughts).afterGap();
        return new StartStretch(thoughts.get().open(), prompted == Prompted.OPENED, thought, content);
    }
}
