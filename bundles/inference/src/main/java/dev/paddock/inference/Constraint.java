package dev.paddock.inference;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Grammars;
import dev.paddock.api.prompt.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What holds an answer to its form: one grammar for its content and its calls, where one is needed.
 *
 * @param grammar GBNF; empty = the answer is free
 * @param notes what could not be held to and was allowed not to be
 */
record Constraint(Optional<String> grammar, List<String> notes) {
    private static final String SEVERAL = "parallel_tool_calls";

    /**
     * Refuses a form that no model could keep to.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} or {@link Fault#TOO_LARGE}
     */
    static void check(Grammars grammars, Job job) {
        switch (job.form().format().orElse(null)) {
            case null -> {}
            case AnswerFormat.Grammar(String gbnf) -> check(gbnf, job.offer());
            case AnswerFormat.JsonObject _ -> {}
            case AnswerFormat.Schema schema -> {
                var grammar = grammars.begin();
                grammar.text(grammar.schema(schema.schema(), schema.strict(), schema.where()));
            }
        }
    }

    private static void check(String gbnf, ToolOffer offer) {
        int most = GenerationOrder.LONGEST_GRAMMAR;
        if (gbnf.length() > most) {
            throw new PaddockException(
                    Fault.TOO_LARGE,
                    "the grammar has " + gbnf.length() + " characters; at most " + most + " are allowed");
        }
        if (offer.required()) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    "\"grammar\" and a \"tool_choice\" that requires a call exclude each other; leave one of them out");
        }
    }

    /**
     * The constraint of an answer.
     *
     * @throws PaddockException with {@link Fault#UNSUPPORTED} when calls are required that this model's format cannot
     *     write as a grammar, {@link Fault#INVALID_REQUEST} for a schema, {@link Fault#TOO_LARGE}
     */
    static Constraint of(Grammars grammars, Job job, Reading reading) {
        var format = job.form().format();
        if (format.isPresent() && format.get() instanceof AnswerFormat.Grammar(String gbnf)) {
            return new Constraint(
                    Optional.of(gbnf),
                    job.offer().held() ? List.of("calls are held to nothing but the request's own grammar") : List.of());
        }
        var making = new Making(grammars.begin(), job, reading, new ArrayList<>());
        var root = making.root(format);
        var text = root.map(making.grammar::text);
        making.notes.addAll(0, making.grammar.notes());
        return new Constraint(text, List.copyOf(making.notes));
    }

    /** One grammar in the making. */
    private record Making(GrammarBuilder grammar, Job job, Reading reading, List<String> notes) {
        Optional<String> root(Optional<AnswerFormat> format) {
            var offer = job.offer();
            if (offer.required()) return Optional.of(required(format));
            if (format.isPresent()) return Optional.of(content(format.get()));
            return offer.held() ? calls(offer.choice(), unheld(offer.choice())) : Optional.empty();
        }

        private String required(Optional<AnswerFormat> format) {
            if (format.isPresent()) notes.add("the form of the content has no effect: a call is required");
            return reading.format()
                    .calls(grammar, reading.start(), job.offer().choice())
                    .orElseThrow(() -> new PaddockException(
                            Fault.UNSUPPORTED,
                            "calls cannot be required of " + job.name() + ": those of its format, "
                                    + reading.format().name() + ", cannot be written as a grammar; ask with"
                                    + " \"tool_choice\": \"auto\""));
        }

        /** Where there are tools, the answer may be a call instead. */
        private String content(AnswerFormat format) {
            String rule =
                    switch (format) {
                        case AnswerFormat.JsonObject _ -> grammar.jsonObject();
                        case AnswerFormat.Schema s -> grammar.schema(s.schema(), s.strict(), s.where());
                        case AnswerFormat.Grammar g -> throw new IllegalArgumentException(g.gbnf());
                    };
            String whole = reading.format().answer(grammar, reading.start(), rule);
            if (job.offer().tools().isEmpty()) return whole;
            var choice = job.offer().choice();
            var must = new ToolChoice(ToolChoice.Mode.REQUIRED, choice.names(), choice.several(), choice.strict());
            return calls(must, "the tools cannot be called: the content has a form, and the calls of this model's format"
                            + " cannot be written as a grammar beside it")
                    .map(calls -> grammar.rule("answer", whole + " | " + calls))
                    .orElse(whole);
        }

        private Optional<String> calls(ToolChoice choice, String otherwise) {
            var rule = reading.format().calls(grammar, reading.start(), choice);
            if (rule.isEmpty()) notes.add(otherwise);
            return rule;
        }

        private String unheld(ToolChoice choice) {
            String what = choice.strict() ? "\"strict\" of tools" : "\"" + SEVERAL + "\": false";
            return what + " has no effect: the calls of this model's format cannot be written as a grammar";
        }
    }
}
