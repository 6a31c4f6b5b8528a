package dev.paddock.inference;

import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.prompt.Grammars;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long the thoughts of one answer may be.
 *
 * @param tokens most of them
 * @param marks how they are written
 * @param watch over that answer
 * @param grammarBehind the grammar of an answer that goes on behind this text of it
 */
record ThoughtLimit(
        int tokens, ThoughtMarks marks, ThoughtWatch watch, Function<String, Optional<String>> grammarBehind) {
    /**
     * The limit that a request asks for.
     *
     * @param notes is told when it cannot be kept
     * @return empty when there is none
     */
    static Optional<ThoughtLimit> of(Grammars grammars, Job job, Reading reading, List<String> notes) {
        if (job.form().thoughtTokens().isEmpty()) return Optional.empty();
        var marks = reading.thoughts();
        var obstacle = obstacle(grammars, job, reading, marks);
        if (obstacle.isPresent()) {
            notes.add("the limit of thoughts has no effect: " + obstacle.get());
            return Optional.empty();
        }
        var watch = new ThoughtWatch(marks.get(), reading.start().prompt(), reading.parser());
        return Optional.of(
                new ThoughtLimit(job.form().thoughtTokens().getAsInt(), marks.get(), watch, text -> Constraint.of(
                                grammars, job, reading.behind(text))
                        .grammar()));
    }

    private static Optional<String> obstacle(
            Grammars grammars, Job job, Reading reading, Optional<ThoughtMarks> marks) {
        String format = "the format of the answer, " + reading.format().name() + ",";
        if (job.form().format().orElse(null) instanceof AnswerFormat.Grammar) {
            return Optional.of("the request's own grammar holds for them too");
        }
        if (marks.isEmpty()) return Optional.of(format + " knows no thoughts");
        if (!job.offer().required()) return Optional.empty();
        var behind = reading.behind(marks.get().open() + marks.get().cut());
        boolean callable = reading.format()
                .calls(grammars.begin(), behind.start(), job.offer().choice())
                .isPresent();
        return callable ? Optional.empty() : Optional.of(format + " has no call behind thoughts that were ended");
    }
}
