package dev.paddock.runner.sampling;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures what a grammar costs: the same decode with and without, in turns, medians. Usage: {@code GrammarCost MODEL
 * [TOKENS] [ROUNDS]}. A model of random weights never keeps to a grammar by itself, so this is the worst case: all
 * tokens are looked at each time.
 */
final class GrammarCost {
    private static final String SCHEMA = """
            root ::= "{" ws name "," ws age "," ws tags ws "}"
            name ::= "\\"name\\":" ws string
            age ::= "\\"age\\":" ws [0-9]{1,3}
            tags ::= "\\"tags\\":" ws "[" (string ("," ws string){0,500})? "]"
            string ::= "\\"" char{1,60} "\\""
            char ::= [^"\\\\\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4})
            ws ::= " "?
            """;

    private GrammarCost() {}

    public static void main(String[] arguments) throws Exception {
        int tokens = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        try (Answers answers = new Answers(Path.of(arguments[0]))) {
            for (Sampling sampling : List.of(Sampling.GREEDY, Sampling.DEFAULT))
                measure(answers, sampling, tokens, rounds);
        }
    }

    private static void measure(Answers answers, Sampling sampling, int tokens, int rounds) {
        GenerationOrder free = answers.order("Data, please.", sampling, null);
        GenerationOrder bound = answers.order("Data, please.", sampling, SCHEMA);
        answers.answer(bound, 8);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            without.add(milliseconds(answers, free, tokens));
            with.add(milliseconds(answers, bound, tokens));
        }
        double a = median(without);
        double b = median(with);
        System.out.printf(
                "%s: %.2f ms a token without, %.2f with a grammar: %.1f %% more%n",
                sampling.greedy() ? "greedy" : "default", a, b, 100 * (b / a - 1));
    }

    /** Of one token, the prompt's included: it is the same both times. */
    private static double milliseconds(Answers answers, GenerationOrder order, int tokens) {
        long start = System.nanoTime();
        int length = answers.answer(order, tokens).length;
        return (System.nanoTime() - start) / 1e6 / Math.max(1, length);
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
