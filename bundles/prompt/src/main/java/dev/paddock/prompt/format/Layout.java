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
 * @param openings other marks that begin thoughts, as some models write them
 * @param closings other marks that end thoughts
 * @param calls ways of writing calls
 * @param bare calls that content may begin with, without any mark
 * @param dropped marks around content, or around rows of calls, that are no text
 * @param traits what else is special
 */
record Layout(
        Optional<ThoughtMarks> thoughts,
        List<String> openings,
        List<String> closings,
        List<CallSyntax> calls,
        Optional<CallSyntax> bare,
        List<String> dropped,
        Set<Trait> traits) {
    /** {@code <think>...</think>}. */
    static final ThoughtMarks THINK = new ThoughtMarks("<think>", "</think>");

    /** What is special about some families. */
    enum Trait {
        /** In thoughts the marks of calls are text. */
        NO_CALLS_IN_THOUGHTS,
        /** Thoughts may begin anywhere, not only at the start. */
        THOUGHTS_ANYWHERE,
        /** Calls without a mark may stand in a code fence. */
        BARE_IN_FENCES
    }

    Layout {
        openings = List.copyOf(openings);
        closings = List.copyOf(closings);
        calls = List.copyOf(calls);
        dropped = List.copyOf(dropped);
        traits = Set.copyOf(traits);
    }

    static Layout of(CallSyntax... calls) {
        return of(List.of(calls));
    }

    static Layout of(List<? extends CallSyntax> calls) {
        List<CallSyntax> all = List.copyOf(calls);
        return new Layout(Optional.empty(), List.of(), List.of(), all, Optional.empty(), List.of(), Set.of());
    }

    Layout thinking(ThoughtMarks marks, String... otherClosings) {
        return new Layout(Optional.of(marks), openings, List.of(otherClosings), calls, bare, dropped, traits);
    }

    /** The same with other marks that begin thoughts. */
    Layout opening(String... otherOpenings) {
        return new Layout(thoughts, List.of(otherOpenings), closings, calls, bare, dropped, traits);
    }

    /** The same with calls that content may begin with, without any mark. */
    Layout bare(CallSyntax calls) {
        return new Layout(thoughts, openings, closings, this.calls, Optional.of(calls), dropped, traits);
    }

    Layout dropping(String... marks) {
        return new Layout(thoughts, openings, closings, calls, bare, List.of(marks), traits);
    }

    Layout with(Trait... others) {
        return new Layout(thoughts, openings, closings, calls, bare, dropped, Set.of(others));
    }

    /** All marks that may be control tokens. */
    Set<String> marks() {
        Set<String> all = new LinkedHashSet<>(dropped);
        thoughts.ifPresent(marks -> all.addAll(List.of(marks.open(), marks.close())));
        all.addAll(openings);
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
        CLOSED,
        /** It ends in a thought that is begun. */
        THINKING,
        /** It ends in content that is begun. */
        ANSWERING
    }

    /** What reads an answer. */
    Stretch first(Prompted prompted, Tools tools) {
        var texts = new Texts(tools);
        if (prompted == Prompted.THINKING) return texts.thought;
        if (prompted == Prompted.ANSWERING) return texts.content;
        if (prompted == Prompted.CLOSED) texts.content.afterGap();
        if (thoughts.isEmpty()) return texts.start;
        boolean opened = prompted == Prompted.OPENED;
        return new StartStretch(opens(), thoughts.get().close(), opened, texts.thought.afterGap(), texts.start);
    }

    private List<String> opens() {
        List<String> opens = new ArrayList<>(openings);
        opens.addFirst(thoughts.get().open());
        return opens;
    }

    /** Content and thoughts of one answer: each ends where the other begins. */
    private final class Texts {
        final TextStretch content;
        /** What content begins with. */
        final Stretch start;

        final TextStretch thought;

        Texts(Tools tools) {
            content = new TextStretch(Kind.CONTENT, inContent(tools));
            boolean fenced = traits.contains(Trait.BARE_IN_FENCES);
            start = bare.isEmpty() || tools.isEmpty() ? content : new BareStretch(bare.get(), tools, content, fenced);
            thought = new TextStretch(Kind.THINKING, thoughts.isEmpty() ? List.of() : inThoughts(tools));
        }

        private List<Mark> inContent(Tools tools) {
            List<Mark> marks = new ArrayList<>();
            if (thoughts.isPresent() && traits.contains(Trait.THOUGHTS_ANYWHERE)) {
                for (String open : opens()) marks.add(new Mark(open, (opening, from) -> this.thought.afterGap()));
            }
            marks.addAll(everywhere(tools));
            return marks;
        }

        private List<Mark> inThoughts(Tools tools) {
            List<Mark> marks = new ArrayList<>();
            marks.add(new Mark(thoughts.get().close(), this::closed));
            for (String mark : closings) marks.add(new Mark(mark, this::closed));
            if (!traits.contains(Trait.NO_CALLS_IN_THOUGHTS)) marks.addAll(everywhere(tools));
            return marks;
        }

        private Stretch closed(String closing, TextStretch from) {
            content.afterGap();
            return start;
        }

        private List<Mark> everywhere(Tools tools) {
            List<Mark> marks = new ArrayList<>();
            for (String mark : dropped) marks.add(Mark.dropped(mark));
            if (tools.isEmpty()) return marks;
            for (CallSyntax call : calls) {
                marks.add(new Mark(call.opening(), (opening, from) -> call.begin(opening, tools, from)));
            }
            return marks;
        }
    }
}
