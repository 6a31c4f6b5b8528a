package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The tokens of one decode call, in native memory that is allocated once. */
public final class TokenBatch {
    private final int capacity;
    private final int sequences;
    private final int maxOutputs;
    private final MemorySegment struct;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment sequenceLists;
    private final MemorySegment outputs;
    private final MemorySegment[] sequenceIds;
    private int size;
    private int outputCount;

    /**
     * @param capacity most tokens, the context's n_batch
     * @param sequences sequence ids are 0 to this, exclusive
     * @param maxOutputs most tokens with output, the context's n_outputs_max
     */
    TokenBatch(Arena arena, int capacity, int sequences, int maxOutputs) {
        this.capacity = capacity;
        this.sequences = sequences;
        this.maxOutputs = maxOutputs;
        struct = arena.allocate(Layouts.BATCH);
        tokens = arena.allocate(JAVA_INT, capacity);
        positions = arena.allocate(JAVA_INT, capacity);
        sequenceLists = arena.allocate(ADDRESS, capacity);
        outputs = arena.allocate(JAVA_BYTE, capacity);
        MemorySegment counts = arena.allocate(JAVA_INT, capacity);
        for (int i = 0; i < capacity; i++) counts.setAtIndex(JAVA_INT, i, 1);
        sequenceIds = new MemorySegment[sequences];
        for (int i = 0; i < sequences; i++) sequenceIds[i] = arena.allocateFrom(JAVA_INT, i);
        set("token", tokens);
        set("pos", positions);
        set("n_seq_id", counts);
        set("seq_id", sequenceLists);
        set("logits", outputs);
    }

    private void set(String field, MemorySegment array) {
        struct.set(ADDRESS, Layouts.offset(Layouts.BATCH, field), array);
    }

    /** Empties it. */
    public void clear() {
        size = 0;
        outputCount = 0;
    }

    /** How many tokens are in it. */
    public int size() {
        return size;
    }

    /** How many of them have output. */
    int outputs() {
        return outputCount;
    }

    /**
     * Appends a token, which the caller has checked against the vocabulary.
     *
     * @param output whether the next token is to be sampled after this one
     * @return its index, for sampling
     */
    public int add(int token, int position, int sequence, boolean output) {
        if (size == capacity || sequence < 0 || sequence >= sequences || (output && outputCount == maxOutputs)) {
            throw new IllegalStateException("batch of " + capacity + " tokens, " + sequences + " sequences, "
                    + maxOutputs + " outputs cannot take token " + size + " of sequence " + sequence);
        }
        tokens.setAtIndex(JAVA_INT, size, token);
        positions.setAtIndex(JAVA_INT, size, position);
        sequenceLists.setAtIndex(ADDRESS, size, sequenceIds[sequence]);
        outputs.setAtIndex(JAVA_BYTE, size, (byte) (output ? 1 : 0));
        outputCount += output ? 1 : 0;
        return size++;
    }

    MemorySegment struct() {
        struct.set(JAVA_INT, 0, size);
        return struct;
    }
}
