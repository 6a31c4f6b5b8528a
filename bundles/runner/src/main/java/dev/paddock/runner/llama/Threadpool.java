package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The compute threads of one context. Without it every decode would start and join threads of its own. Freed after the
 * context.
 */
final class Threadpool implements AutoCloseable {
    /**
     * How long idle threads spin before they sleep. The default of 50 is up to a tenth of a second, which other threads
     * of this machine miss; 1 covers the pause between two tokens, and an idle runner burns nothing.
     */
    private static final int POLL = 1;

    private final MethodHandle free;
    private MemorySegment pool;

    Threadpool(MemorySegment cpuRegistry, int threads) {
        // struct ggml_threadpool * ggml_threadpool_new(struct ggml_threadpool_params * params)
        MethodHandle create = function(cpuRegistry, "ggml_threadpool_new", true);
        // void ggml_threadpool_free(struct ggml_threadpool * threadpool)
        free = function(cpuRegistry, "ggml_threadpool_free", false);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = arena.allocate(Layouts.THREADPOOL_PARAMS);
            GgmlBase.initThreadpoolParams(params, threads);
            params.set(JAVA_INT, Layouts.offset(Layouts.THREADPOOL_PARAMS, "poll"), POLL);
            pool = (MemorySegment) create.invokeExact(params);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
        if (Linking.isNull(pool)) {
            throw new LlamaException(Fault.LOAD_FAILED, "no thread pool of " + threads + " threads could be made");
        }
    }

    private static MethodHandle function(MemorySegment registry, String name, boolean returnsPointer) {
        MemorySegment address = GgmlBase.function(registry, name);
        if (Linking.isNull(address)) {
            throw new LlamaException(Fault.UNAVAILABLE, "the CPU backend has no function " + name);
        }
        return Linking.LINKER.downcallHandle(
                address, returnsPointer ? Linking.POINTER_OF_POINTER : Linking.VOID_OF_POINTER);
    }

    MemorySegment pointer() {
        return pool;
    }

    @Override
    public void close() {
        try {
            free.invokeExact(pool);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
