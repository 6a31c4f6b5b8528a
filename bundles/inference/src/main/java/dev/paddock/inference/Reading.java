package dev.paddock.inference;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
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
 */
record Reading(ChatFormat format, AnswerStart start) {
    private static final ModelSigns NO_SIGNS = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));

    /** All of the answer is content. */
    static Reading raw(String prompt) {
        return new Reading(new RawFormat(), new AnswerStart(NO_SIGNS, prompt, List.of()));
    }

    OutputParser parser() {
        return format.parser(start);
    }

    Optional<ThoughtMarks> thoughts() {
        return format.thoughts(start.signs());
    }

    /** How an answer that has begun so goes on. */
    Reading behind(String text) {
        return new Reading(format, new AnswerStart(start.signs(), start.prompt() + text, start.tools()));
    }
}
