package dev.paddock.inference;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import java.util.Optional;

/**
 * How the answer to a prompt is read.
 *
 * @param format of the answer
 * @param start what is known of it
 * @param undecided whether it is the model's own choice to think first or not
 */
record Reading(ChatFormat format, AnswerStart start, boolean undecided) {
    private static final ModelSigns NO_SIGNS = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));

    /** All of the answer is content. */
    static Reading raw(String prompt) {
        return new Reading(new RawFormat(), new AnswerStart(NO_SIGNS, prompt, List.of()), false);
    }

    OutputParser parser() {
        return format.parser(start);
    }

    Optional<ThoughtMarks> thoughts() {
        return format.thoughts(start.signs());
    }

    /** No thoughts come any more, or none come at all. */
    Reading withoutThoughts() {
        return behind("");
    }

    /** How an answer goes on behind this text, in which its thoughts ended. */
    Reading behind(String text) {
        String prompt = start.prompt() + text;
        Optional<Message> begun = text.isEmpty() ? start.begun() : Optional.empty();
        return new Reading(format, new AnswerStart(start.signs(), prompt, start.tools(), false, begun), false);
    }
}
