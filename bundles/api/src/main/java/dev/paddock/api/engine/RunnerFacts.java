package dev.paddock.api.engine;

/**
 * What a runner reported when its model was ready.
 *
 * @param pid process id
 * @param backend the backend that computes, for example {@code CPU (zen4)}
 * @param engineVersion version of llama.cpp
 * @param contextLength tokens of context in effect
 * @param trainedContext tokens the model was trained for
 * @param batch most tokens in one decode call
 * @param microBatch most tokens computed at a time
 * @param parallel sequences that may run at once
 * @param threads compute threads
 * @param vocabulary number of tokens
 * @param embeddingLength numbers in one of its vectors
 * @param abilities what it can do
 * @param bosToken text of the begin-of-sequence token, or empty
 * @param eosToken text of the end-of-sequence token, or empty
 * @param memoryBytes weights, KV cache and compute buffers, as the runner's log gave them; what vectors take later is in
 *     {@link RunnerStatus#vectorBytes()}
 * @param gpuBytes the part of it on GPUs
 * @param weightsMillis how long llama.cpp took to load the weights: what no server can do faster
 * @param loadMillis from process start to ready, by the server's clock
 * @param draft the draft model, and why it is not used if it is not; by the server
 */
public record RunnerFacts(
        long pid,
        String backend,
        String engineVersion,
        int contextLength,
        int trainedContext,
        int batch,
        int microBatch,
        int parallel,
        int threads,
        int vocabulary,
        int embeddingLength,
        Abilities abilities,
        String bosToken,
        String eosToken,
        long memoryBytes,
        long gpuBytes,
        long weightsMillis,
        long loadMillis,
        LoadOrder.Draft draft) {
    /** The same, with the time that loading took and what became of the draft model. */
    public RunnerFacts loadedIn(long millis, LoadOrder.Draft outcome) {
        return new RunnerFacts(
                pid,
                backend,
                engineVersion,
                contextLength,
                trainedContext,
                batch,
                microBatch,
                parallel,
                threads,
                vocabulary,
                embeddingLength,
                abilities,
                bosToken,
                eosToken,
                memoryBytes,
                gpuBytes,
                weightsMillis,
                millis,
                outcome);
    }
}
