package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one answer: its content by the form that was asked for, its calls by the choice of tools.
 *
 * @param grammar takes the rules
 * @param reading by which the answer will be read
 * @param notes what was asked for and has no rule
 */
record AnswerRules(GrammarBuilder grammar, Job job, Reading reading, List<String> notes) {
    AnswerRules(GrammarBuilder grammar, Job job, Reading reading) {
        this(grammar, job, reading, new ArrayList<>());
    }

    /** Name of the rule of the whole answer; empty when it is free. */
    Optional<String> root() {
        var offer = job.offer();
        var format = job.form().format();
        if (offer.required()) return Optional.of(required(format));
        if (format.isPresent()) return Optional.of(withCalls(whole(format.get())));
        return offer.held() ? calls(offer.choice(), what(offer.choice()) + " has no effect") : Optional.empty();
    }

    private String required(Optional<AnswerFormat> format) {
        if (format.isPresent()) notes.add("the form of the content has no effect, since a call is required");
        return reading.format()
                .calls(grammar, reading.start(), job.offer().choice())
                .orElseThrow(() -> new PaddockException(
                        Fault.UNSUPPORTED,
                        "a call cannot be required of " + job.name() + ": calls of its format, "
                                + reading.format().name()
                                + ", cannot be written as a grammar; use \"tool_choice\": \"auto\""));
    }

    private String whole(AnswerFormat format) {
        String content =
                switch (format) {
                    case AnswerFormat.JsonObject any -> grammar.jsonObject();
                    case AnswerFormat.Schema s -> grammar.schema(s.schema(), s.strict(), s.where());
                    case AnswerFormat.Grammar own ->
                        throw new IllegalArgumentException("a grammar of the request's own has no rules here");
                };
        return reading.format().answer(grammar, reading.start(), content);
    }

    /** Where there are tools, the answer may be a call instead. */
    private String withCalls(String whole) {
        if (job.offer().tools().isEmpty()) return whole;
        var choice = job.offer().choice();
        var must = new ToolChoice(ToolChoice.Mode.REQUIRED, choice.names(), choice.several(), choice.strict());
        return calls(must, "no tool can be called, since the content has a form")
                .map(calls -> grammar.rule("answer", whole + " | " + calls))
                .orElse(whole);
    }

    private Optional<String> calls(ToolChoice choice, String otherwise) {
        var rule = reading.format().calls(grammar, reading.start(), choice);
        if (rule.isEmpty()) {
            notes.add(otherwise + ": calls of the model's format, "
                    + reading.format().name() + ", cannot be written as a grammar");
        }
        return rule;
    }

    private static String what(ToolChoice choice) {
        if (choice.strict() && !choice.several()) return "\"strict\" of tools, like \"parallel_tool_calls\": false,";
        return choice.strict() ? "\"strict\" of tools" : "\"parallel_tool_calls\": false";
    }
}
