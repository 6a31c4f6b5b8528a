package dev.paddock.runner.cache;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A copy of a sequence's state in native host memory. */
final class SavedState implements AutoCloseable {
    private final Arena arena;
    private final MemorySegment bytes;

    private SavedState(Arena arena, MemorySegment bytes) {
        this.arena = arena;
        this.bytes = bytes;
    }

    /** Null when the engine cannot save it, or the memory for it is not there. */
    static SavedState of(KvMemory memory, int sequence) {
        long size = memory.stateBytes(sequence);
        if (size <= 0) return null;
        Arena arena = Arena.ofShared();
        try {
            MemorySegment bytes = arena.allocate(size, 16);
            if (memory.save(sequence, bytes)) return new SavedState(arena, bytes);
        } catch (OutOfMemoryError e) {
            // the content is lost, not the answer: it would be computed again
        }
        arena.close();
        return null;
    }

    /**
     * Gives a sequence cells that it shares with nobody; there must be room for them.
     *
     * @return false when it cannot be saved; nothing changed
     */
    static boolean copyOut(KvMemory memory, int sequence) {
        try (SavedState state = of(memory, sequence)) {
            if (state == null) return false;
            memory.forget(sequence, 0);
            if (!memory.restore(sequence, state.bytes)) {
                throw new IllegalStateException("the state of sequence " + sequence + " could not be restored");
            }
            return true;
        }
    }

    /** Room for a state that is read from elsewhere. */
    static SavedState room(long size) {
        Arena arena = Arena.ofShared();
        return new SavedState(arena, arena.allocate(size, 16));
    }

    MemorySegment bytes() {
        return bytes;
    }

    @Override
    public void close() {
        arena.close();
    }
}
