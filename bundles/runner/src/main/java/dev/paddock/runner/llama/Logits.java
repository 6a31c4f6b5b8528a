package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What a model gave for the tokens of a batch. */
public final class Logits {
    // float * llama_get_logits_ith(struct llama_context * ctx, int32_t i)
    private static final MethodHandle GET =
            Linking.bind(Llama.LIBRARY, "llama_get_logits_ith", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));

    private Logits() {}

    /**
     * One number for each token of the vocabulary, in the memory that samplers read; good until the next decode.
     *
     * @param index of a token of the last batch that was added with output
     */
    public static MemorySegment of(Context context, int index, Vocabulary vocabulary) {
        try {
            MemorySegment row = (MemorySegment) GET.invokeExact(context.pointer(), index);
            if (Linking.isNull(row)) throw new IllegalStateException("no logits for token " + index + " of the batch");
            return row.reinterpret((long) vocabulary.size() * Float.BYTES);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
