package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libllama: how a model is built. */
final class LlamaShape {
    private static final int LONGEST_VALUE = 128;

    // int32_t llama_model_n_layer(const struct llama_model * model), and so on
    private static final MethodHandle N_LAYER =
            Linking.bind(Llama.LIBRARY, "llama_model_n_layer", Linking.INT_OF_POINTER);
    private static final MethodHandle N_EMBD =
            Linking.bind(Llama.LIBRARY, "llama_model_n_embd", Linking.INT_OF_POINTER);
    private static final MethodHandle N_HEAD =
            Linking.bind(Llama.LIBRARY, "llama_model_n_head", Linking.INT_OF_POINTER);
    private static final MethodHandle N_HEAD_KV =
            Linking.bind(Llama.LIBRARY, "llama_model_n_head_kv", Linking.INT_OF_POINTER);

    // uint64_t llama_model_size(const struct llama_model * model), and so on
    private static final MethodHandle SIZE =
            Linking.bind(Llama.LIBRARY, "llama_model_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    private static final MethodHandle N_PARAMS =
            Linking.bind(Llama.LIBRARY, "llama_model_n_params", FunctionDescriptor.of(JAVA_LONG, ADDRESS));

    // bool llama_model_is_recurrent(const struct llama_model * model)
    private static final MethodHandle IS_RECURRENT =
            Linking.bind(Llama.LIBRARY, "llama_model_is_recurrent", Linking.BOOL_OF_POINTER);

    // bool llama_model_is_hybrid(const struct llama_model * model)
    private static final MethodHandle IS_HYBRID =
            Linking.bind(Llama.LIBRARY, "llama_model_is_hybrid", Linking.BOOL_OF_POINTER);

    // int32_t llama_model_meta_val_str(const struct llama_model * model, const char * key, char * buf, size_t buf_size)
    private static final MethodHandle META_VAL_STR = Linking.bind(
            Llama.LIBRARY,
            "llama_model_meta_val_str",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));

    private LlamaShape() {}

    static int layers(MemorySegment model) {
        return Linking.number(N_LAYER, model);
    }

    static int width(MemorySegment model) {
        return Linking.number(N_EMBD, model);
    }

    /** Of the first layer. */
    static int heads(MemorySegment model) {
        return Linking.number(N_HEAD, model);
    }

    /** Of the first layer. */
    static int keyHeads(MemorySegment model) {
        return Linking.number(N_HEAD_KV, model);
    }

    /** Bytes of all weights over their number. */
    static double bytesPerWeight(MemorySegment model) {
        try {
            long bytes = (long) SIZE.invokeExact(model);
            long weights = (long) N_PARAMS.invokeExact(model);
            return weights > 0 ? (double) bytes / weights : 0;
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static boolean recurrent(MemorySegment model) {
        return Linking.truth(IS_RECURRENT, model);
    }

    static boolean hybrid(MemorySegment model) {
        return Linking.truth(IS_HYBRID, model);
    }

    /** A short value of the file's metadata as text; empty when it has none. */
    static String metadata(MemorySegment model, String key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(LONGEST_VALUE);
            int length = (int) META_VAL_STR.invokeExact(model, arena.allocateFrom(key), value, (long) LONGEST_VALUE);
            return length < 0 ? "" : Linking.string(value);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
