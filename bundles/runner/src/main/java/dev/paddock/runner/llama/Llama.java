package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** libllama: models, contexts, decoding. Vocabulary and samplers have classes of their own. */
final class Llama {
    static final SymbolLookup LIBRARY =
            SymbolLookup.libraryLookup(LibraryFiles.chosen().llama(), Arena.global());

    // const char * llama_version(void)
    private static final MethodHandle VERSION = Linking.bind(LIBRARY, "llama_version", FunctionDescriptor.of(ADDRESS));

    // void llama_log_set(ggml_log_callback log_callback, void * user_data)
    private static final MethodHandle LOG_SET =
            Linking.bind(LIBRARY, "llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));

    // void llama_backend_init(void)
    private static final MethodHandle BACKEND_INIT =
            Linking.bind(LIBRARY, "llama_backend_init", FunctionDescriptor.ofVoid());

    // struct llama_model_params llama_model_default_params(void)
    private static final MethodHandle MODEL_DEFAULT_PARAMS =
            Linking.bind(LIBRARY, "llama_model_default_params", FunctionDescriptor.of(Layouts.MODEL_PARAMS));

    // struct llama_context_params llama_context_default_params(void)
    private static final MethodHandle CONTEXT_DEFAULT_PARAMS =
            Linking.bind(LIBRARY, "llama_context_default_params", FunctionDescriptor.of(Layouts.CONTEXT_PARAMS));

    // struct llama_model * llama_model_load_from_file(const char * path_model, struct llama_model_params params)
    private static final MethodHandle MODEL_LOAD = Linking.bind(
            LIBRARY, "llama_model_load_from_file", FunctionDescriptor.of(ADDRESS, ADDRESS, Layouts.MODEL_PARAMS));

    // void llama_model_free(struct llama_model * model)
    private static final MethodHandle MODEL_FREE = Linking.bind(LIBRARY, "llama_model_free", Linking.VOID_OF_POINTER);

    // int32_t llama_model_n_ctx_train(const struct llama_model * model)
    private static final MethodHandle MODEL_N_CTX_TRAIN =
            Linking.bind(LIBRARY, "llama_model_n_ctx_train", Linking.INT_OF_POINTER);

    // bool llama_model_has_encoder(const struct llama_model * model)
    private static final MethodHandle MODEL_HAS_ENCODER =
            Linking.bind(LIBRARY, "llama_model_has_encoder", Linking.BOOL_OF_POINTER);

    // struct llama_context * llama_init_from_model(struct llama_model * model, struct llama_context_params params)
    private static final MethodHandle INIT_FROM_MODEL = Linking.bind(
            LIBRARY, "llama_init_from_model", FunctionDescriptor.of(ADDRESS, ADDRESS, Layouts.CONTEXT_PARAMS));

    // void llama_free(struct llama_context * ctx)
    private static final MethodHandle FREE = Linking.bind(LIBRARY, "llama_free", Linking.VOID_OF_POINTER);

    // uint32_t llama_n_ctx(const struct llama_context * ctx)
    private static final MethodHandle N_CTX = Linking.bind(LIBRARY, "llama_n_ctx", Linking.INT_OF_POINTER);

    // uint32_t llama_n_batch(const struct llama_context * ctx)
    private static final MethodHandle N_BATCH = Linking.bind(LIBRARY, "llama_n_batch", Linking.INT_OF_POINTER);

    // uint32_t llama_n_ubatch(const struct llama_context * ctx)
    private static final MethodHandle N_UBATCH = Linking.bind(LIBRARY, "llama_n_ubatch", Linking.INT_OF_POINTER);

    // void llama_attach_threadpool(struct llama_context * ctx, ggml_threadpool_t pool, ggml_threadpool_t pool_batch)
    private static final MethodHandle ATTACH_THREADPOOL =
            Linking.bind(LIBRARY, "llama_attach_threadpool", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));

    // llama_memory_t llama_get_memory(const struct llama_context * ctx)
    private static final MethodHandle GET_MEMORY =
            Linking.bind(LIBRARY, "llama_get_memory", Linking.POINTER_OF_POINTER);

    // bool llama_memory_seq_rm(llama_memory_t mem, llama_seq_id seq_id, llama_pos p0, llama_pos p1)
    private static final MethodHandle MEMORY_SEQ_RM = Linking.bind(
            LIBRARY, "llama_memory_seq_rm", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));

    // int32_t llama_decode(struct llama_context * ctx, struct llama_batch batch)
    private static final MethodHandle DECODE =
            Linking.bind(LIBRARY, "llama_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, Layouts.BATCH));

    private Llama() {}

    static String version() {
        try {
            return Linking.string((MemorySegment) VERSION.invokeExact());
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static void setLog(MemorySegment callback) {
        try {
            LOG_SET.invokeExact(callback, MemorySegment.NULL);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** After the backends were loaded: without any it would look for some by itself. */
    static void initBackend() {
        try {
            BACKEND_INIT.invokeExact();
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment modelDefaultParams(SegmentAllocator allocator) {
        try {
            return (MemorySegment) MODEL_DEFAULT_PARAMS.invokeExact(allocator);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment contextDefaultParams(SegmentAllocator allocator) {
        try {
            return (MemorySegment) CONTEXT_DEFAULT_PARAMS.invokeExact(allocator);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** NULL when it fails or the progress callback said stop. */
    static MemorySegment loadModel(MemorySegment path, MemorySegment params) {
        try {
            return (MemorySegment) MODEL_LOAD.invokeExact(path, params);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static void freeModel(MemorySegment model) {
        try {
            MODEL_FREE.invokeExact(model);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static int trainedContext(MemorySegment model) {
        return Linking.number(MODEL_N_CTX_TRAIN, model);
    }

    static boolean hasEncoder(MemorySegment model) {
        return Linking.truth(MODEL_HAS_ENCODER, model);
    }

    /** NULL when it fails. Ends the process when n_batch or n_outputs_max is below n_seq_max. */
    static MemorySegment newContext(MemorySegment model, MemorySegment params) {
        try {
            return (MemorySegment) INIT_FROM_MODEL.invokeExact(model, params);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static void freeContext(MemorySegment context) {
        try {
            FREE.invokeExact(context);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static int contextLength(MemorySegment context) {
        return Linking.number(N_CTX, context);
    }

    static int batch(MemorySegment context) {
        return Linking.number(N_BATCH, context);
    }

    static int microBatch(MemorySegment context) {
        return Linking.number(N_UBATCH, context);
    }

    static void attachThreadpool(MemorySegment context, MemorySegment pool) {
        try {
            ATTACH_THREADPOOL.invokeExact(context, pool, pool);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment memory(MemorySegment context) {
        try {
            return (MemorySegment) GET_MEMORY.invokeExact(context);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /**
     * Positions from..to of a sequence, -1 = open; false when the model cannot forget a part. Sequence below n_seq_max!
     */
    static boolean removeFromMemory(MemorySegment memory, int sequence, int from, int to) {
        try {
            return (boolean) MEMORY_SEQ_RM.invokeExact(memory, sequence, from, to);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /**
     * 0 done, 1 no room, 2 aborted, -1 invalid batch, below -1 fatal. At most n_batch tokens and n_outputs_max outputs!
     */
    static int decode(MemorySegment context, MemorySegment batch) {
        try {
            return (int) DECODE.invokeExact(context, batch);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
