package dev.paddock.inference;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.prompt.Grammars;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What holds an answer to its form: one grammar for its content and its calls, where one is needed.
 *
 * @param grammar GBNF; empty = the answer is free
 * @param notes what it is not held to although it was asked for
 */
record Constraint(Optional<String> grammar, List<String> notes) {
    private static final Constraint NONE = new Constraint(Optional.empty(), List.of());

    /**
     * Refuses a form that no model could keep to.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} or {@link Fault#TOO_LARGE}
     */
    static void check(Grammars grammars, Job job) {
        switch (job.form().format().orElse(null)) {
            case null -> {}
            case AnswerFormat.Grammar own -> check(own.gbnf(), job.offer());
            case AnswerFormat.JsonObject none -> {}
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
        if (job.form().format().orElse(null) instanceof AnswerFormat.Grammar own) {
            var note = "calls are held to nothing but the request's own grammar";
            return new Constraint(Optional.of(own.gbnf()), job.offer().held() ? List.of(note) : List.of());
        }
        if (job.form().format().isEmpty() && !job.offer().held()) return NONE;
        var rules = new AnswerRules(grammars.begin(), job, reading);
        var grammar = rules.root().map(rules.grammar()::text);
        return new Constraint(
                grammar,
                Stream.concat(rules.grammar().notes().stream(), rules.notes().stream())
                        .toList());
    }
}
