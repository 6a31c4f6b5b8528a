package dev.paddock.dialect.openai.completions;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Fields;
import java.util.ArrayList;
import java.util.List;

/** What is to be continued. */
sealed interface Prompt {
    /** A text, control tokens included. */
    record Text(String text) implements Prompt {}

    /** Token ids; at least one. */
    record Tokens(List<Integer> tokens) implements Prompt {}

    /**
     * Reads {@code prompt}: a text, texts, tokens, or lists of tokens; at least one.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the field
     */
    static List<Prompt> parse(Fields body) {
        Object given = body.value("prompt").orElseThrow(() -> wrong(body));
        if (given instanceof String text) return List.of(new Text(text));
        if (!(given instanceof List<?> elements) || elements.isEmpty()) throw wrong(body);
        if (elements.getFirst() instanceof Integer) return List.of(tokens(body, elements));
        List<Prompt> prompts = new ArrayList<>();
        for (Object element : elements) {
            prompts.add(
                    switch (element) {
                        case String text -> new Text(text);
                        case List<?> tokens -> tokens(body, tokens);
                        case null, default -> throw wrong(body);
                    });
        }
        return prompts;
    }

    private static Prompt tokens(Fields body, List<?> elements) {
        List<Integer> tokens = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof Integer token) || token < 0) throw wrong(body);
            tokens.add(token);
        }
        if (tokens.isEmpty()) throw wrong(body);
        return new Tokens(tokens);
    }

    private static PaddockException wrong(Fields body) {
        return body.wrong("prompt", "a string, a list of strings, a list of tokens or a list of lists of tokens");
    }
}
