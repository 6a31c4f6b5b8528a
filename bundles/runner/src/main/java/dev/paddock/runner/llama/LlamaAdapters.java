package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libllama: LoRA adapters. Linked at the first use, because most models run without any. */
final class LlamaAdapters {
    // struct llama_adapter_lora * llama_adapter_lora_init(struct llama_model * model, const char * path_lora)
    private static final MethodHandle INIT =
            Linking.bind(Llama.LIBRARY, "llama_adapter_lora_init", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));

    // void llama_adapter_lora_free(struct llama_adapter_lora * adapter)
    private static final MethodHandle FREE =
            Linking.bind(Llama.LIBRARY, "llama_adapter_lora_free", Linking.VOID_OF_POINTER);

    // uint64_t llama_adapter_get_alora_n_invocation_tokens(const struct llama_adapter_lora * adapter)
    private static final MethodHandle INVOCATION_TOKENS = Linking.bind(
            Llama.LIBRARY, "llama_adapter_get_alora_n_invocation_tokens", FunctionDescriptor.of(JAVA_LONG, ADDRESS));

    // int32_t llama_set_adapters_lora(struct llama_context * ctx, struct llama_adapter_lora ** adapters,
    //     size_t n_adapters, float * scales)
    private static final MethodHandle SET = Linking.bind(
            Llama.LIBRARY,
            "llama_set_adapters_lora",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));

    private LlamaAdapters() {}

    /** NULL when the file is none or does not fit the model. */
    static MemorySegment load(MemorySegment model, MemorySegment path) {
        try {
            return (MemorySegment) INIT.invokeExact(model, path);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Before its model, and not while a context uses it. */
    static void free(MemorySegment adapter) {
        try {
            FREE.invokeExact(adapter);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** How many tokens of a prompt call this adapter; 0 for an ordinary one, which always counts. */
    static long invocationTokens(MemorySegment adapter) {
        try {
            return (long) INVOCATION_TOKENS.invokeExact(adapter);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** All adapters of a context, instead of those before; 0 when done. Makes its graphs anew. */
    static int set(MemorySegment context, MemorySegment adapters, int count, MemorySegment scales) {
        try {
            return (int) SET.invokeExact(context, adapters, (long) count, scales);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
