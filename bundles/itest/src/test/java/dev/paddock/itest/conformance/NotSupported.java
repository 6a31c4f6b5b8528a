package dev.paddock.itest.conformance;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an API does not do, with the reason: the dashes of {@code docs/conformance.md}.
 *
 * @param reason a sentence without its full stop
 */
record NotSupported(Set<Api> apis, Set<Trait> traits, String reason) {
    private static final Set<Api> VECTORS = EnumSet.of(Api.OLLAMA_EMBED, Api.OPENAI_EMBEDDINGS, Api.GEMINI_EMBED);
    private static final Set<Trait> OF_VECTORS = EnumSet.of(Trait.USAGE, Trait.EMBEDDINGS, Trait.ERROR, Trait.ABORT);

    private static final List<NotSupported> ALL = List.of(
            new NotSupported(
                    EnumSet.of(Api.OPENAI_COMPLETIONS),
                    EnumSet.of(Trait.SYSTEM, Trait.TURNS, Trait.TOOLS, Trait.THINKING),
                    "one text goes on: OpenAI's API has no messages there"),
            new NotSupported(
                    EnumSet.of(Api.OPENAI_COMPLETIONS), EnumSet.of(Trait.SCHEMA), "OpenAI's API has no formats there"),
            new NotSupported(
                    EnumSet.of(Api.OLLAMA_GENERATE), EnumSet.of(Trait.TOOLS), "Ollama's API has no tools there"),
            new NotSupported(
                    EnumSet.of(Api.OPENAI_RESPONSES), EnumSet.of(Trait.STOP), "OpenAI's API has no stop texts there"),
            new NotSupported(
                    EnumSet.of(Api.ANTHROPIC_MESSAGES),
                    EnumSet.of(Trait.LOGPROBS),
                    "Anthropic's API has no probabilities of tokens"),
            new NotSupported(
                    EnumSet.of(Api.GEMINI_EMBED), EnumSet.of(Trait.USAGE), "Google's answer has no place for it"),
            new NotSupported(
                    EnumSet.of(Api.GEMINI_EMBED), EnumSet.of(Trait.ABORT), "it is one text, computed in one go"),
            new NotSupported(
                    VECTORS,
                    EnumSet.complementOf(EnumSet.copyOf(OF_VECTORS)),
                    "a vector is one whole result, not a text that is written"),
            new NotSupported(
                    EnumSet.complementOf(EnumSet.copyOf(VECTORS)),
                    EnumSet.of(Trait.EMBEDDINGS),
                    "vectors have a path of their own"));

    /** Why there is nothing in a cell, if nothing is expected there. */
    static Optional<String> reason(Api api, Trait trait) {
        return ALL.stream()
                .filter(entry -> entry.apis.contains(api) && entry.traits.contains(trait))
                .map(NotSupported::reason)
                .findFirst();
    }
}
