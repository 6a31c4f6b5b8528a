package dev.paddock.runner.llama;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What of a model goes to devices beside the CPU.
 *
 * @param devices to use; empty = as llama.cpp chooses: all GPUs, integrated ones when there is no other
 * @param layers on them, the output layer counted; -1 = all, 0 = none
 */
public record Offload(List<MemorySegment> devices, int layers) {
    /** All on the CPU. */
    public static final Offload NONE = new Offload(List.of(), 0);

    public Offload {
        devices = List.copyOf(devices);
    }

    /** The same with another number of layers. */
    public Offload with(int other) {
        return new Offload(devices, other);
    }

    /** How many layers of a model with so many, the output layer counted, that are. */
    public int layersOf(int all) {
        return layers < 0 ? all : Math.min(layers, all);
    }
}
