package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libllama: vectors, and what tells whether a model is made for them. */
final class LlamaEmbeddings {
    // int32_t llama_model_n_embd_out(const struct llama_model * model)
    private static final MethodHandle N_EMBD_OUT =
            Linking.bind(Llama.LIBRARY, "llama_model_n_embd_out", Linking.INT_OF_POINTER);

    // uint32_t llama_model_n_cls_out(const struct llama_model * model)
    private static final MethodHandle N_CLS_OUT =
            Linking.bind(Llama.LIBRARY, "llama_model_n_cls_out", Linking.INT_OF_POINTER);

    // bool llama_model_has_decoder(const struct llama_model * model)
    private static final MethodHandle HAS_DECODER =
            Linking.bind(Llama.LIBRARY, "llama_model_has_decoder", Linking.BOOL_OF_POINTER);

    private LlamaEmbeddings() {}

    /** What only computing vectors needs: linked at the first one. */
    private static final class Computing {
        // int32_t llama_encode(struct llama_context * ctx, struct llama_batch batch)
        static final MethodHandle ENCODE =
                Linking.bind(Llama.LIBRARY, "llama_encode", FunctionDescriptor.of(JAVA_INT, ADDRESS, Layouts.BATCH));

        // float * llama_get_embeddings_seq(struct llama_context * ctx, llama_seq_id seq_id)
        static final MethodHandle GET_EMBEDDINGS_SEQ = Linking.bind(
                Llama.LIBRARY, "llama_get_embeddings_seq", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));

        // void llama_set_embeddings(struct llama_context * ctx, bool embeddings)
        static final MethodHandle SET_EMBEDDINGS =
                Linking.bind(Llama.LIBRARY, "llama_set_embeddings", FunctionDescriptor.ofVoid(ADDRESS, JAVA_BOOLEAN));

        // void llama_memory_clear(llama_memory_t mem, bool data)
        static final MethodHandle MEMORY_CLEAR =
                Linking.bind(Llama.LIBRARY, "llama_memory_clear", FunctionDescriptor.ofVoid(ADDRESS, JAVA_BOOLEAN));

        private Computing() {}
    }

    static int length(MemorySegment model) {
        return Linking.number(N_EMBD_OUT, model);
    }

    static int classes(MemorySegment model) {
        return Linking.number(N_CLS_OUT, model);
    }

    static boolean hasDecoder(MemorySegment model) {
        return Linking.truth(HAS_DECODER, model);
    }

    /** As decode. At most n_ubatch tokens, or the process ends! */
    static int encode(MemorySegment context, MemorySegment batch) {
        try {
            return (int) Computing.ENCODE.invokeExact(context, batch);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Whether the next batches give vectors: then all their tokens are outputs, with logits. */
    static void give(MemorySegment context, boolean vectors) {
        try {
            Computing.SET_EMBEDDINGS.invokeExact(context, vectors);
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
