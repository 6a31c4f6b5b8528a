package dev.paddock.runner.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** A KV cache without a model: knows which cell each position of each sequence lies in, and which token was computed. */
final class FakeMemory implements KvMemory {
    private record Cell(long id, int token) {}

    private final int cells;
    private final Rewind rewind;
    private final Cell[][] content;
    private long ids;
    private final boolean onHost;
    /** How many states were copied out of it. */
    int saves;

    FakeMemory(int cells, int sequences, Rewind rewind) {
        this(cells, sequences, rewind, false);
    }

    FakeMemory(int cells, int sequences, Rewind rewind, boolean onHost) {
        this.onHost = onHost;
        this.cells = cells;
        this.rewind = rewind;
        content = new Cell[sequences][0];
    }

    /** Computes tokens after what the sequence holds. */
    void compute(int sequence, int... tokens) {
        int at = content[sequence].length;
        content[sequence] = Arrays.copyOf(content[sequence], at + tokens.length);
        for (int token : tokens) content[sequence][at++] = new Cell(ids++, token);
        if (used() > cells) throw new AssertionError("no room in the cache");
    }

    int[] tokens(int sequence) {
        return Arrays.stream(content[sequence]).mapToInt(Cell::token).toArray();
    }

    @Override
    public boolean onHost() {
        return onHost;
    }

    int used() {
        return used(content);
    }

    int used(int... sequences) {
        return used(Arrays.stream(sequences).mapToObj(s -> content[s]).toArray(Cell[][]::new));
    }

    private static int used(Cell[][] of) {
        Set<Cell> all = new HashSet<>();
        for (Cell[] sequence : of) all.addAll(Arrays.asList(sequence));
        return all.size();
    }

    @Override
    public int cells() {
        return cells;
    }

    @Override
    public int sequences() {
        return content.length;
    }

    @Override
    public void copy(int from, int to, int length) {
        if (content[to].length > 0) throw new AssertionError("sequence " + to + " is not empty");
        if (length > content[from].length) throw new AssertionError("sequence " + from + " is shorter");
        if (!rewind.allows(content[from].length, firstPosition(from), length)) throw new AssertionError("no cut");
        content[to] = Arrays.copyOf(content[from], length);
    }

    @Override
    public boolean forget(int sequence, int from) {
        int held = content[sequence].length;
        if (from >= held) return true;
        if (from > 0 && rewind.kind() == Rewind.Kind.CHECKPOINTS) return false;
        content[sequence] = Arrays.copyOf(content[sequence], from);
        return true;
    }

    @Override
    public int firstPosition(int sequence) {
        return rewind.kind() == Rewind.Kind.WINDOW ? Math.max(0, content[sequence].length - rewind.window()) : 0;
    }

    @Override
    public long stateBytes(int sequence) {
        return 4L * content[sequence].length;
    }

    @Override
    public boolean save(int sequence, MemorySegment into) {
        saves++;
        for (int i = 0; i < content[sequence].length; i++) {
            into.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, content[sequence][i].token());
        }
        return true;
    }

    @Override
    public boolean restore(int sequence, MemorySegment state) {
        if (content[sequence].length > 0) throw new AssertionError("sequence " + sequence + " is not empty");
        compute(sequence, state.toArray(ValueLayout.JAVA_INT_UNALIGNED));
        return true;
    }
}
