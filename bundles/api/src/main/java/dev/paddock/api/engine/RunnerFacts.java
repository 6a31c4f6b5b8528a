package dev.paddock.api.engine;

import java.util.List;

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
 * @param placement what computes it: the backends' versions and the number of layers in effect
 * @param memory what it takes of each device, as it was allocated; what vectors take later is in {@link
 *     RunnerStatus#vectorBytes()}
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
        Placement placement,
        List<MemoryUse> memory,
        long weightsMillis,
        long loadMillis,
        LoadOrder.Draft draft) {
    public RunnerFacts {
        memory = List.copyOf(memory);
    }

    /** Weights, KV cache and compute buffers on all devices together. */
    public long memoryBytes() {
        return memory.stream().mapToLong(MemoryUse::bytes).sum();
    }

    /** The part of it that is not in the machine's own memory. */
    public long gpuBytes() {
        return memory.stream()
                .filter(use -> !use.device().equals(Device.HOST))
                .mapToLong(MemoryUse::bytes)
                .sum();
    }

    /** The same, with what only the server knows: where it was placed, how long loading took, the draft model's fate. */
    public RunnerFacts loadedIn(Placement where, long millis, LoadOrder.Draft outcome) {
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
                where,
                memory,
                weightsMillis,
                millis,
                outcome);
    }
}
