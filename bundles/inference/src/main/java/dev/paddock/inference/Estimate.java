package dev.paddock.inference;

import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import java.util.List;

/** About how many tokens a request will take, before a model is there that could count them. */
final class Estimate {
    private static final int CHARACTERS_A_TOKEN = 4;
    /** Of an answer that names no limit. */
    private static final long USUAL_ANSWER = 256;
    /** A limit above it is a precaution and no plan. */
    private static final long LONG_ANSWER = 4096;

    private Estimate() {}

    /** A conversation and its answer. */
    static long of(List<Message> messages, Options options) {
        long characters = messages.stream()
                .mapToLong(message ->
                        (long) message.content().length() + message.thinking().length())
                .sum();
        return tokens(characters) + answer(options);
    }

    /** A prompt, what goes before it, and its answer. */
    static long of(CompletionRequest request, Options options) {
        long characters = request.prompt().length()
                + (long) request.suffix().length()
                + request.system().map(String::length).orElse(0);
        return tokens(characters) + request.context().size() + answer(options);
    }

    /** Texts and tokens to be turned into vectors. */
    static long ofInputs(List<EmbedInput> inputs) {
        return inputs.stream()
                .mapToLong(input -> switch (input) {
                    case EmbedInput.Text(String text) -> tokens(text.length());
                    case EmbedInput.Tokens(int[] tokens) -> tokens.length;
                })
                .sum();
    }

    /** Documents, each beside the question. */
    static long ofPairs(String query, List<String> documents) {
        return documents.stream()
                .mapToLong(document -> tokens((long) query.length() + document.length()))
                .sum();
    }

    private static long answer(Options options) {
        int limit = options.integer(Option.NUM_PREDICT, -1);
        return limit < 0 ? USUAL_ANSWER : Math.min(limit, LONG_ANSWER);
    }

    private static long tokens(long characters) {
        return Math.ceilDiv(characters, CHARACTERS_A_TOKEN);
    }
}
