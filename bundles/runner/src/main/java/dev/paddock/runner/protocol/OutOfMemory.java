package dev.paddock.runner.protocol;

import java.util.List;
import java.util.Locale;

/** The words by which llama.cpp, ggml and drivers say that memory ran out; there is nothing else to tell by. */
public final class OutOfMemory {
    private static final List<String> WORDS = List.of(
            // host, and buffers of any device
            "failed to allocate",
            "unable to allocate",
            "insufficient memory",
            "cannot allocate memory",
            "bad_alloc",
            // CUDA
            "out of memory",
            "cuda_error_out_of_memory",
            "cublas_status_alloc_failed",
            // Vulkan
            "erroroutofdevicememory",
            "erroroutofhostmemory",
            "device memory allocation of size",
            "exceeds device memory allocation limit",
            "exceeds device buffer size limit",
            // Metal
            "erroroutofmemory",
            // ggml's status of a graph that could not be given its buffers
            "failed to compute graph, compute status: -2");

    private OutOfMemory() {}

    /** Whether a log's or a dying process's words say so. */
    public static boolean said(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        for (String known : WORDS) {
            if (lower.contains(known)) return true;
        }
        return false;
    }
}
