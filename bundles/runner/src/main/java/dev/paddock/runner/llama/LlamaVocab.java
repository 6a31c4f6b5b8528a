package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libllama: tokens and text. A token outside the vocabulary ends the process: callers check. */
final class LlamaVocab {
    // const struct llama_vocab * llama_model_get_vocab(const struct llama_model * model)
    private static final MethodHandle MODEL_GET_VOCAB =
            Linking.bind(Llama.LIBRARY, "llama_model_get_vocab", Linking.POINTER_OF_POINTER);

    // int32_t llama_vocab_n_tokens(const struct llama_vocab * vocab)
    private static final MethodHandle N_TOKENS =
            Linking.bind(Llama.LIBRARY, "llama_vocab_n_tokens", Linking.INT_OF_POINTER);

    // llama_token llama_vocab_bos(const struct llama_vocab * vocab)
    private static final MethodHandle BOS = Linking.bind(Llama.LIBRARY, "llama_vocab_bos", Linking.INT_OF_POINTER);

    // llama_token llama_vocab_eos(const struct llama_vocab * vocab)
    private static final MethodHandle EOS = Linking.bind(Llama.LIBRARY, "llama_vocab_eos", Linking.INT_OF_POINTER);

    // const char * llama_vocab_get_text(const struct llama_vocab * vocab, llama_token token)
    private static final MethodHandle GET_TEXT =
            Linking.bind(Llama.LIBRARY, "llama_vocab_get_text", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));

    // bool llama_vocab_is_eog(const struct llama_vocab * vocab, llama_token token)
    private static final MethodHandle IS_EOG =
            Linking.bind(Llama.LIBRARY, "llama_vocab_is_eog", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT));

    // int32_t llama_tokenize(const struct llama_vocab * vocab, const char * text, int32_t text_len,
    //                        llama_token * tokens, int32_t n_tokens_max, bool add_special, bool parse_special)
    private static final MethodHandle TOKENIZE = Linking.bind(
            Llama.LIBRARY,
            "llama_tokenize",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_BOOLEAN, JAVA_BOOLEAN));

    // int32_t llama_token_to_piece(const struct llama_vocab * vocab, llama_token token, char * buf, int32_t length,
    //                              int32_t lstrip, bool special)
    private static final MethodHandle TOKEN_TO_PIECE = Linking.bind(
            Llama.LIBRARY,
            "llama_token_to_piece",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BOOLEAN));

    private static final class Suppressed {
        // const llama_token * llama_vocab_get_suppress_tokens(const struct llama_vocab * vocab, int32_t * n)
        static final MethodHandle GET = Linking.bind(
                Llama.LIBRARY, "llama_vocab_get_suppress_tokens", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    }

    private LlamaVocab() {}

    static MemorySegment of(MemorySegment model) {
        try {
            return (MemorySegment) MODEL_GET_VOCAB.invokeExact(model);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static int size(MemorySegment vocab) {
        return Linking.number(N_TOKENS, vocab);
    }

    /** -1 when there is none. */
    static int bos(MemorySegment vocab) {
        return Linking.number(BOS, vocab);
    }

    /** -1 when there is none. */
    static int eos(MemorySegment vocab) {
        return Linking.number(EOS, vocab);
    }

    static String text(MemorySegment vocab, int token) {
        try {
            return Linking.string((MemorySegment) GET_TEXT.invokeExact(vocab, token));
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static boolean endsGeneration(MemorySegment vocab, int token) {
        try {
            return (boolean) IS_EOG.invokeExact(vocab, token);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static int[] suppressed(MemorySegment vocab) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            MemorySegment tokens = (MemorySegment) Suppressed.GET.invokeExact(vocab, count);
            if (Linking.isNull(tokens)) return new int[0];
            return tokens.reinterpret((long) count.get(JAVA_INT, 0) * Integer.BYTES)
                    .toArray(JAVA_INT);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** How many tokens; negative = that many would be needed. Thread-safe. */
    static int tokenize(
            MemorySegment vocab, MemorySegment text, MemorySegment tokens, boolean addSpecial, boolean parseSpecial) {
        try {
            return (int) TOKENIZE.invokeExact(
                    vocab,
                    text,
                    Math.toIntExact(text.byteSize()),
                    tokens,
                    Math.toIntExact(tokens.byteSize() / Integer.BYTES),
                    addSpecial,
                    parseSpecial);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** How many bytes; negative = that many would be needed. Control tokens have none unless special. Thread-safe. */
    static int piece(MemorySegment vocab, int token, MemorySegment buffer, boolean special) {
        try {
            return (int)
                    TOKEN_TO_PIECE.invokeExact(vocab, token, buffer, Math.toIntExact(buffer.byteSize()), 0, special);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
