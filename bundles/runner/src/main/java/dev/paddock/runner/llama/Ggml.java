package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** libggml: the registry of backends and devices. */
final class Ggml {
    private static final SymbolLookup LIBRARY =
            SymbolLookup.libraryLookup(LibraryFiles.chosen().ggml(), Arena.global());

    // ggml_backend_reg_t ggml_backend_load(const char * path)
    private static final MethodHandle BACKEND_LOAD =
            Linking.bind(LIBRARY, "ggml_backend_load", Linking.POINTER_OF_POINTER);

    // size_t ggml_backend_dev_count(void)
    private static final MethodHandle DEV_COUNT =
            Linking.bind(LIBRARY, "ggml_backend_dev_count", FunctionDescriptor.of(JAVA_LONG));

    // ggml_backend_dev_t ggml_backend_dev_get(size_t index)
    private static final MethodHandle DEV_GET =
            Linking.bind(LIBRARY, "ggml_backend_dev_get", FunctionDescriptor.of(ADDRESS, JAVA_LONG));

    private Ggml() {}

    /** Loads the library: libllama needs it. */
    static void load() {
        // initialising the class did it
    }

    /** Loads and registers a backend; NULL when it cannot be, the log says why. */
    static MemorySegment loadBackend(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment) BACKEND_LOAD.invokeExact(arena.allocateFrom(file.toString()));
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static long deviceCount() {
        try {
            return (long) DEV_COUNT.invokeExact();
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment device(long index) {
        if (index < 0 || index >= deviceCount()) throw new IndexOutOfBoundsException("device " + index);
        try {
            return (MemorySegment) DEV_GET.invokeExact(index);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
