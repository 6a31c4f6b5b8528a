package dev.paddock.prompt.format;

import static dev.paddock.prompt.format.HarmonyAnswer.ASSISTANT;
import static dev.paddock.prompt.format.HarmonyAnswer.CHANNEL;
import static dev.paddock.prompt.format.HarmonyAnswer.MESSAGE;
import static dev.paddock.prompt.format.HarmonyAnswer.START;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules of answers in harmony. What ends the last message is a token that ends generation, so it stands in no rule; one
 * answer holds one call at most.
 */
final class HarmonyGrammar {
    private enum Begun {
        /** The prompt ends before a header. */
        NOTHING,
        /** It ends in a thought. */
        THOUGHT,
        /** It ends in another text, or in a header. */
        OTHER
    }

    private final GrammarBuilder grammar;
    private final Begun begun;

    HarmonyGrammar(GrammarBuilder grammar, String prompt) {
        this.grammar = grammar;
        this.begun = begun(prompt);
    }

    private static Begun begun(String prompt) {
        int start = prompt.lastIndexOf(ASSISTANT);
        String header = start < 0 ? "" : prompt.substring(start + ASSISTANT.length());
        if (header.isBlank()) return Begun.NOTHING;
        int text = header.indexOf(MESSAGE);
        boolean thought =
                text >= 0 && HarmonyHeader.of(header.substring(0, text)).kind() == Kind.THINKING;
        return thought ? Begun.THOUGHT : Begun.OTHER;
    }

    /** An answer whose content, on the final channel, follows a rule. */
    String answer(String content) {
        if (begun == Begun.OTHER) return content;
        return grammar.rule("answer", thoughts() + " " + channel("final") + " " + content);
    }

    /** An answer that calls one of the tools, or may do so; empty when the prompt has begun another text. */
    Optional<String> calls(List<Tool> tools, boolean required) {
        if (begun == Begun.OTHER) return Optional.empty();
        List<String> each = new ArrayList<>();
        for (Tool tool : tools) each.add(call(tool));
        String call = grammar.rule("any-call", String.join(" | ", each));
        if (!required) {
            String preamble = grammar.rule("preamble", message("commentary"));
            String last = grammar.rule("last", channel("final") + " " + text());
            call = grammar.rule("last-or-call", last + " | " + preamble + "? " + call);
        }
        return Optional.of(grammar.rule("answer", thoughts() + " " + call));
    }

    private String thoughts() {
        String more = grammar.rule("thought", message("analysis")) + "*";
        return begun == Begun.THOUGHT ? text() + " " + next() + " " + more : more;
    }

    /** A whole message, and what begins the next. */
    private String message(String channel) {
        return channel(channel) + " " + text() + " " + next();
    }

    private String channel(String name) {
        return grammar.literal(CHANNEL + name + MESSAGE);
    }

    private String next() {
        return grammar.literal(HarmonyFormat.THOUGHTS.close() + ASSISTANT);
    }

    private String text() {
        List<String> marks = new ArrayList<>(HarmonyAnswer.ENDS);
        marks.addAll(List.of(START, CHANNEL, MESSAGE));
        return grammar.textWithout(marks);
    }

    /** The recipient stands before the channel or behind it. */
    private String call(Tool tool) {
        String to = " to=functions." + tool.name();
        String commentary = CHANNEL + "commentary";
        String head =
                grammar.rule("call-head", grammar.literal(to + commentary) + " | " + grammar.literal(commentary + to));
        String type = grammar.rule("call-type", "(\" \"? " + grammar.literal("<|constrain|>") + "? \"json\")?");
        String arguments = grammar.schema(Tools.object(tool), false, "tools." + tool.name());
        return grammar.rule("call", head + " " + type + " " + grammar.literal(MESSAGE) + " " + arguments);
    }
}
