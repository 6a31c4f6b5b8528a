package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** libggml-base: what is common to all backends. */
final class GgmlBase {
    private static final SymbolLookup LIBRARY =
            SymbolLookup.libraryLookup(LibraryFiles.chosen().base(), Arena.global());

    // const char * ggml_backend_reg_name(ggml_backend_reg_t reg)
    private static final MethodHandle REG_NAME =
            Linking.bind(LIBRARY, "ggml_backend_reg_name", Linking.POINTER_OF_POINTER);

    // void * ggml_backend_reg_get_proc_address(ggml_backend_reg_t reg, const char * name)
    private static final MethodHandle REG_GET_PROC_ADDRESS = Linking.bind(
            LIBRARY, "ggml_backend_reg_get_proc_address", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));

    // const char * ggml_backend_dev_description(ggml_backend_dev_t device)
    private static final MethodHandle DEV_DESCRIPTION =
            Linking.bind(LIBRARY, "ggml_backend_dev_description", Linking.POINTER_OF_POINTER);

    // enum ggml_backend_dev_type ggml_backend_dev_type(ggml_backend_dev_t device)
    private static final MethodHandle DEV_TYPE =
            Linking.bind(LIBRARY, "ggml_backend_dev_type", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    // ggml_backend_reg_t ggml_backend_dev_backend_reg(ggml_backend_dev_t device)
    private static final MethodHandle DEV_BACKEND_REG =
            Linking.bind(LIBRARY, "ggml_backend_dev_backend_reg", Linking.POINTER_OF_POINTER);

    // void ggml_threadpool_params_init(struct ggml_threadpool_params * p, int n_threads)
    private static final MethodHandle THREADPOOL_PARAMS_INIT =
            Linking.bind(LIBRARY, "ggml_threadpool_params_init", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));

    private GgmlBase() {}

    /** Loads the library: the others need it. */
    static void load() {
        // initialising the class did it
    }

    static String registryName(MemorySegment registry) {
        try {
            return Linking.string((MemorySegment) REG_NAME.invokeExact(registry));
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** A function that only the backend's own library has; NULL when it has not. */
    static MemorySegment function(MemorySegment registry, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment) REG_GET_PROC_ADDRESS.invokeExact(registry, arena.allocateFrom(name));
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static String description(MemorySegment device) {
        try {
            return Linking.string((MemorySegment) DEV_DESCRIPTION.invokeExact(device));
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** CPU 0, GPU 1, integrated GPU 2, accelerator 3. */
    static int type(MemorySegment device) {
        try {
            return (int) DEV_TYPE.invokeExact(device);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment registry(MemorySegment device) {
        try {
            return (MemorySegment) DEV_BACKEND_REG.invokeExact(device);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static void initThreadpoolParams(MemorySegment params, int threads) {
        try {
            THREADPOOL_PARAMS_INIT.invokeExact(params, threads);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
