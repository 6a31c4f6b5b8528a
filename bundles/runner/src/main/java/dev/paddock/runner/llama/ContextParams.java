package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code struct llama_context_params} being filled in. All sequences share one cache. */
final class ContextParams {
    private final MemorySegment params;

    ContextParams(Arena arena, int threads, AbortFlag abort) {
        params = Llama.contextDefaultParams(arena);
        set("n_threads", threads);
        set("n_threads_batch", threads);
        set("kv_unified", true);
        params.set(ADDRESS, offset("abort_callback"), abort.function());
        params.set(ADDRESS, offset("abort_callback_data"), abort.data());
    }

    ContextParams set(String field, int value) {
        params.set(JAVA_INT, offset(field), value);
        return this;
    }

    ContextParams set(String field, boolean value) {
        params.set(JAVA_BOOLEAN, offset(field), value);
        return this;
    }

    private static long offset(String field) {
        return Layouts.offset(Layouts.CONTEXT_PARAMS, field);
    }

    MemorySegment struct() {
        return params;
    }
}
