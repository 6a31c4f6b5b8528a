package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libllama: what the KV cache holds, and the state of a sequence. Every sequence below n_seq_max! */
final class LlamaMemory {
    // void llama_memory_seq_cp(mem, seq src, seq dst, pos p0, pos p1)
    private static final MethodHandle SEQ_CP = Linking.bind(
            Llama.LIBRARY,
            "llama_memory_seq_cp",
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    // void llama_memory_seq_add(mem, seq, pos p0, pos p1, pos delta)
    private static final MethodHandle SEQ_ADD = Linking.bind(
            Llama.LIBRARY,
            "llama_memory_seq_add",
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private static final FunctionDescriptor POSITION = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);

    // pos llama_memory_seq_pos_min(mem, seq)
    private static final MethodHandle SEQ_POS_MIN = Linking.bind(Llama.LIBRARY, "llama_memory_seq_pos_min", POSITION);

    // pos llama_memory_seq_pos_max(mem, seq)
    private static final MethodHandle SEQ_POS_MAX = Linking.bind(Llama.LIBRARY, "llama_memory_seq_pos_max", POSITION);

    // bool llama_memory_can_shift(mem)
    private static final MethodHandle CAN_SHIFT =
            Linking.bind(Llama.LIBRARY, "llama_memory_can_shift", Linking.BOOL_OF_POINTER);

    // uint32_t llama_n_seq_max(const struct llama_context * ctx)
    private static final MethodHandle N_SEQ_MAX =
            Linking.bind(Llama.LIBRARY, "llama_n_seq_max", Linking.INT_OF_POINTER);

    // int32_t llama_model_n_swa(const struct llama_model * model)
    private static final MethodHandle N_SWA = Linking.bind(Llama.LIBRARY, "llama_model_n_swa", Linking.INT_OF_POINTER);

    // size_t llama_state_seq_get_size(ctx, seq)
    private static final MethodHandle STATE_SIZE = Linking.bind(
            Llama.LIBRARY, "llama_state_seq_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));

    private static final FunctionDescriptor STATE =
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);

    // size_t llama_state_seq_get_data(ctx, uint8_t* dst, size_t, seq)
    private static final MethodHandle STATE_GET = Linking.bind(Llama.LIBRARY, "llama_state_seq_get_data", STATE);

    // size_t llama_state_seq_set_data(ctx, const uint8_t* src, size_t, seq dst)
    private static final MethodHandle STATE_SET = Linking.bind(Llama.LIBRARY, "llama_state_seq_set_data", STATE);

    private LlamaMemory() {}

    /** Only between different sequences of a unified cache. */
    static void copy(MemorySegment memory, int from, int to, int start, int end) {
        try {
            SEQ_CP.invokeExact(memory, from, to, start, end);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Moves positions, also those of other sequences in the same cells. Only where {@link #canShift}! */
    static void shift(MemorySegment memory, int sequence, int start, int end, int by) {
        try {
            SEQ_ADD.invokeExact(memory, sequence, start, end, by);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static boolean canShift(MemorySegment memory) {
        return Linking.truth(CAN_SHIFT, memory);
    }

    /** -1 when it is empty. */
    static int firstPosition(MemorySegment memory, int sequence) {
        try {
            return (int) SEQ_POS_MIN.invokeExact(memory, sequence);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** -1 when it is empty. */
    static int lastPosition(MemorySegment memory, int sequence) {
        try {
            return (int) SEQ_POS_MAX.invokeExact(memory, sequence);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static int sequences(MemorySegment context) {
        return Linking.number(N_SEQ_MAX, context);
    }

    /** Tokens that some layers see at most; 0 when all see everything. */
    static int slidingWindow(MemorySegment model) {
        return Linking.number(N_SWA, model);
    }

    static long stateSize(MemorySegment context, int sequence) {
        try {
            return (long) STATE_SIZE.invokeExact(context, sequence);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Bytes written; 0 = failure. */
    static long readState(MemorySegment context, MemorySegment into, int sequence) {
        try {
            return (long) STATE_GET.invokeExact(context, into, into.byteSize(), sequence);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Bytes read; 0 = failure, and the sequence is empty. */
    static long writeState(MemorySegment context, MemorySegment from, int sequence) {
        try {
            return (long) STATE_SET.invokeExact(context, from, from.byteSize(), sequence);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
