package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Stops computing at the next node of the graph, on the CPU, while it is raised. llama.cpp asks {@code bool
 * abort_callback(void * data)} at every node; strlen does as well as a function of ours and costs no call into Java: it
 * is 0 (false) while the first byte is 0, and 1 when that byte is set. Any thread, also one that comes too late: these
 * two bytes stay when the context is gone.
 */
final class AbortFlag {
    private final MemorySegment text = Arena.global().allocate(2);

    MemorySegment function() {
        return Libc.strlen();
    }

    MemorySegment data() {
        return text;
    }

    void raise() {
        text.set(JAVA_BYTE, 0, (byte) 1);
    }

    void lower() {
        text.set(JAVA_BYTE, 0, (byte) 0);
    }
}
