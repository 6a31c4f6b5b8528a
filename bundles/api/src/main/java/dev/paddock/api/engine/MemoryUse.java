package dev.paddock.api.engine;

/**
 * What a model takes of one device's memory, as llama.cpp counts its buffers.
 *
 * @param device its name, {@link Device#HOST} for the machine's memory
 * @param weightBytes weights, mapped files included
 * @param contextBytes KV cache and recurrent state
 * @param computeBytes intermediate results and outputs
 */
public record MemoryUse(String device, long weightBytes, long contextBytes, long computeBytes) {
    /** All of it. */
    public long bytes() {
        return weightBytes + contextBytes + computeBytes;
    }
}
