package dev.paddock.runner.llama;

import dev.paddock.runner.cache.KvMemory;
import dev.paddock.runner.cache.Rewind;
import java.lang.foreign.MemorySegment;

/** The KV cache of a context: sequences copied, cut, shifted, saved and restored. Only the thread that decodes. */
public final class SequenceState implements KvMemory {
    private final Context context;
    private final MemorySegment memory;
    private final int cells;
    private final int sequences;
    private final boolean onHost;

    /**
     * @param context open as long as this is used, with a cache that all sequences share
     * @param onHost whether some layers are not on a device
     */
    public SequenceState(Context context, boolean onHost) {
        this.onHost = onHost;
        this.context = context;
        memory = Llama.memory(context.pointer());
        cells = Llama.contextLength(context.pointer());
        sequences = LlamaMemory.sequences(context.pointer());
    }

    /** Where sequences of a model can be cut, whatever its context keeps of sliding windows: saved states never do. */
    public static Rewind rewind(Model model) {
        if (!model.rewinds()) return Rewind.CHECKPOINTS;
        int window = LlamaMemory.slidingWindow(model.pointer());
        return window > 0 ? Rewind.window(window) : Rewind.ANYWHERE;
    }

    @Override
    public int cells() {
        return cells;
    }

    @Override
    public int sequences() {
        return sequences;
    }

    @Override
    public boolean onHost() {
        return onHost;
    }

    @Override
    public void copy(int from, int to, int length) {
        check(from);
        check(to);
        if (from == to || length < 1) throw new IllegalArgumentException(length + " from " + from + " to " + to);
        LlamaMemory.copy(memory, from, to, 0, length);
    }

    @Override
    public boolean forget(int sequence, int from) {
        check(sequence);
        if (from < 0) throw new IllegalArgumentException("position " + from);
        return Llama.removeFromMemory(memory, sequence, from, -1);
    }

    @Override
    public int firstPosition(int sequence) {
        check(sequence);
        return LlamaMemory.firstPosition(memory, sequence);
    }

    /** The position of the last token; -1 for an empty sequence. */
    public int lastPosition(int sequence) {
        check(sequence);
        return LlamaMemory.lastPosition(memory, sequence);
    }

    /** Whether {@link #shift} is possible with this model. */
    public boolean canShift() {
        return LlamaMemory.canShift(memory);
    }

    /**
     * Forgets positions in the middle of a sequence and moves what follows up to them. No other sequence may share its
     * cells: their positions would move too.
     *
     * @param from first position to forget
     * @param to position after the last one to forget
     * @return false when the model cannot; nothing changed
     */
    public boolean shift(int sequence, int from, int to) {
        check(sequence);
        if (from < 0 || to <= from) throw new IllegalArgumentException("positions " + from + " to " + to);
        if (!canShift() || !Llama.removeFromMemory(memory, sequence, from, to)) return false;
        LlamaMemory.shift(memory, sequence, to, -1, from - to);
        return true;
    }

    @Override
    public long stateBytes(int sequence) {
        check(sequence);
        return LlamaMemory.stateSize(context.pointer(), sequence);
    }

    @Override
    public boolean save(int sequence, MemorySegment into) {
        check(sequence);
        return LlamaMemory.readState(context.pointer(), into, sequence) == into.byteSize();
    }

    @Override
    public boolean restore(int sequence, MemorySegment state) {
        check(sequence);
        if (LlamaMemory.writeState(context.pointer(), state, sequence) == state.byteSize()) return true;
        Llama.removeFromMemory(memory, sequence, 0, -1);
        return false;
    }

    private void check(int sequence) {
        if (sequence < 0 || sequence >= sequences) {
            throw new IllegalArgumentException("sequence " + sequence + " of " + sequences);
        }
    }
}
