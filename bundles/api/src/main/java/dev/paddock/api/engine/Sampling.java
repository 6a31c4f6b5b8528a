package dev.paddock.api.engine;

/**
 * How the next token is chosen. Defaults are Ollama's.
 *
 * @param seed unsigned 32 bit; negative = random
 * @param temperature 0 = greedy
 * @param topK 0 or less = off
 * @param topP 1 = off
 * @param minP 0 = off
 * @param typicalP 1 = off
 * @param repeatLastN tokens that penalties look at; 0 = off, -1 = the whole context
 * @param repeatPenalty 1 = off
 * @param presencePenalty 0 = off
 * @param frequencyPenalty 0 = off
 */
public record Sampling(
        long seed,
        float temperature,
        int topK,
        float topP,
        float minP,
        float typicalP,
        int repeatLastN,
        float repeatPenalty,
        float presencePenalty,
        float frequencyPenalty) {
    /** What holds for a request that says nothing. */
    public static final Sampling DEFAULT = new Sampling(-1, 0.8f, 40, 0.9f, 0f, 1f, 64, 1f, 0f, 0f);
    /** Always the most likely token. */
    public static final Sampling GREEDY = new Sampling(0, 0f, 0, 1f, 0f, 1f, 0, 1f, 0f, 0f);
}
