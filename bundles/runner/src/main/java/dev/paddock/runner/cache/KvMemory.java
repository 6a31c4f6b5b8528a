package dev.paddock.runner.cache;

import java.lang.foreign.MemorySegment;

/**
 * The KV cache of a context as the prefix cache sees it: sequence ids that hold positions 0 to somewhere. Cells are
 * shared between the sequences they were copied to. Only the thread that decodes calls it.
 */
public interface KvMemory {
    /** Tokens that all sequences together hold at most. */
    int cells();

    /** How many sequence ids there are, from 0 on. */
    int sequences();

    /** Whether processors compute the attention over some of it, who take long for each cell, be it anybody's or nobody's. */
    boolean onHost();

    /** Makes {@code to}, which must be empty, hold the first tokens of {@code from} too, in the same cells. */
    void copy(int from, int to, int length);

    /** Forgets a sequence from this position on; false when the model cannot forget only a part. */
    boolean forget(int sequence, int from);

    /** The first position that is still there, more than 0 with a sliding window; -1 for an empty sequence. */
    int firstPosition(int sequence);

    /** Bytes that {@link #save} needs; 0 when it cannot be saved. */
    long stateBytes(int sequence);

    /** Writes a sequence's state, of {@link #stateBytes}; false when the engine refuses. */
    boolean save(int sequence, MemorySegment into);

    /** Fills an empty sequence with a saved state, without its logits; false leaves it empty. */
    boolean restore(int sequence, MemorySegment state);
}
