package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libllama: vectors, and what tells whether a model is made for them. */
final class LlamaEmbeddings {
    private static final int LONGEST_VALUE = 128;

    private static final FunctionDescriptor INT_OF_POINTER = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    private static final FunctionDescriptor BOOLEAN_OF_POINTER = FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS);

    // int32_t llama_model_meta_val_str(const struct llama_model * model, const char * key, char * buf, size_t buf_size)
    private static final MethodHandle META_VAL_STR = Linking.bind(
            Llama.LIBRARY,
            "llama_model_meta_val_str",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));

    // int32_t llama_model_n_embd_out(const struct llama_model * model)
    private static final MethodHandle N_EMBD_OUT =
            Linking.bind(Llama.LIBRARY, "llama_model_n_embd_out", INT_OF_POINTER);

    // uint32_t llama_model_n_cls_out(const struct llama_model * model)
    private static final MethodHandle N_CLS_OUT = Linking.bind(Llama.LIBRARY, "llama_model_n_cls_out", INT_OF_POINTER);

    // bool llama_model_has_decoder(const struct llama_model * model)
    private static final MethodHandle HAS_DECODER =
            Linking.bind(Llama.LIBRARY, "llama_model_has_decoder", BOOLEAN_OF_POINTER);

    // bool llama_model_is_recurrent(const struct llama_model * model)
    private static final MethodHandle IS_RECURRENT =
            Linking.bind(Llama.LIBRARY, "llama_model_is_recurrent", BOOLEAN_OF_POINTER);

    // bool llama_model_is_hybrid(const struct llama_model * model)
    private static final MethodHandle IS_HYBRID =
            Linking.bind(Llama.LIBRARY, "llama_model_is_hybrid", BOOLEAN_OF_POINTER);

    private LlamaEmbeddings() {}

    /** What only computing vectors needs: linked at the first one. */
    private static final class Computing {
        // int32_t llama_encode(struct llama_context * ctx, struct llama_batch batch)
        static final MethodHandle ENCODE = Linking.bind(
                Llama.LIBRARY, "llama_encode", FunctionDescriptor.of(JAVA_INT, ADDRESS, Layouts.BATCH));

        // float * llama_get_embeddings_seq(struct llama_context * ctx, llama_seq_id seq_id)
        static final MethodHandle GET_EMBEDDINGS_SEQ = Linking.bind(
                Llama.LIBRARY, "llama_get_embeddings_seq", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));

        // void llama_memory_clear(llama_memory_t mem, bool data)
        static final MethodHandle MEMORY_CLEAR = Linking.bind(
                Llama.LIBRARY, "llama_memory_clear", FunctionDescriptor.ofVoid(ADDRESS, JAVA_BOOLEAN));

        private Computing() {}
    }

    /** A metadata value as text; empty when there is none. */
    static String metadata(MemorySegment model, String key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(LONGEST_VALUE);
            int length = (int) META_VAL_STR.invokeExact(model, arena.allocateFrom(key), value, (long) LONGEST_VALUE);
            return length < 0 ? "" : Linking.string(value);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static int length(MemorySegment model) {
        return number(N_EMBD_OUT, model);
    }

    static int classes(MemorySegment model) {
        return number(N_CLS_OUT, model);
    }

    static boolean hasDecoder(MemorySegment model) {
        return is(HAS_DECODER, model);
    }

    /** Whether its state is one per sequence, at least in part. */
    static boolean recurrent(MemorySegment model) {
        return is(IS_RECURRENT, model) || is(IS_HYBRID, model);
    }

    private static int number(MethodHandle getter, MemorySegment model) {
        try {
            return (int) getter.invokeExact(model);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    private static boolean is(MethodHandle getter, MemorySegment model) {
        try {
            return (boolean) getter.invokeExact(model);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** As decode. At most n_ubatch tokens, or the process ends! */
    static int encode(MemorySegment context, MemorySegment batch) {
        try {
            return (int) Computing.ENCODE.invokeExact(context, batch);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** A copy of the pooled vector of a sequence of the last batch; null when there is none. */
    static float[] vector(MemorySegment context, int sequence, int length) {
        try {
            MemorySegment numbers = (MemorySegment) Computing.GET_EMBEDDINGS_SEQ.invokeExact(context, sequence);
            if (Linking.isNull(numbers)) return null;
            return numbers.reinterpret((long) length * Float.BYTES).toArray(JAVA_FLOAT);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Forgets everything; not for NULL. */
    static void clearMemory(MemorySegment memory) {
        try {
            Computing.MEMORY_CLEAR.invokeExact(memory, false);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
