package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** llama.cpp's quantizer: packs the weights of a model file anew. It needs the libraries but no backend. */
public final class Quantizer {
    /** Names and numbers of {@code llama_ftype} that need no importance matrix. */
    private enum Type {
        F16(1),
        Q4_0(2),
        Q4_1(3),
        Q8_0(7),
        Q5_0(8),
        Q5_1(9),
        Q2_K(10),
        Q3_K_S(11),
        Q3_K_M(12),
        Q3_K_L(13),
        Q4_K_S(14),
        Q4_K_M(15),
        Q5_K_S(16),
        Q5_K_M(17),
        Q6_K(18),
        IQ4_NL(25),
        IQ4_XS(30),
        BF16(32);

        private final int id;

        Type(int id) {
            this.id = id;
        }
    }

    private static final int Q8_0 = 7;

    private final NativeLog log;
    private final MethodHandle defaultParams;
    private final MethodHandle quantize;

    /** Binds the functions; {@link Natives#open} was called before, with the same log. */
    public Quantizer(NativeLog log) {
        this.log = log;
        SymbolLookup library = Llama.LIBRARY;
        // struct llama_model_quantize_params llama_model_quantize_default_params(void)
        defaultParams = Linking.bind(
                library, "llama_model_quantize_default_params", FunctionDescriptor.of(Layouts.QUANTIZE_PARAMS));
        // uint32_t llama_model_quantize(const char * in, const char * out, const llama_model_quantize_params * params)
        quantize = Linking.bind(
                library, "llama_model_quantize", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    }

    /**
     * Writes a model file anew with packed weights.
     *
     * @param in a GGUF whose weights are of f32, f16 or bf16; quantized ones are refused
     * @param out replaced when it is there
     * @param type such as {@code q4_k_m}, in any case
     * @param threads 1 to 512; 0 = one for each processor
     * @throws LlamaException when the type is not known or llama.cpp cannot do it, with its words
     */
    public void quantize(Path in, Path out, String type, int threads) {
        int fileType = number(type);
        if (!Files.isReadable(in)) throw new LlamaException(Fault.INVALID_REQUEST, "cannot read the model file " + in);
        if (threads < 0 || threads > 512) {
            throw new LlamaException(Fault.INVALID_REQUEST, "threads must be 0 to 512, not " + threads);
        }
        log.takeErrors();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params =
                    (MemorySegment) defaultParams.invokeExact((java.lang.foreign.SegmentAllocator) arena);
            check(params);
            params.set(JAVA_INT, Layouts.offset(Layouts.QUANTIZE_PARAMS, "nthread"), threads);
            params.set(JAVA_INT, Layouts.offset(Layouts.QUANTIZE_PARAMS, "ftype"), fileType);
            MemorySegment from = arena.allocateFrom(in.toString());
            MemorySegment to = arena.allocateFrom(out.toString());
            int failed = (int) quantize.invokeExact(from, to, params);
            if (failed != 0) throw refused(in, type);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    private LlamaException refused(Path in, String type) {
        String errors = log.takeErrors();
        return new LlamaException(
                Fault.INVALID_REQUEST,
                "llama.cpp could not quantize " + in + " to " + type + ": "
                        + (errors.isEmpty() ? "no reason given" : errors));
    }

    private static int number(String type) {
        for (Type known : Type.values()) {
            if (known.name().equalsIgnoreCase(type)) return known.id;
        }
        throw new LlamaException(
                Fault.INVALID_REQUEST,
                "the quantization \"" + type + "\" is not known, choose one of: " + Arrays.toString(Type.values()));
    }

    /** A known default at its place: in another version of llama.cpp the fields may lie elsewhere. */
    private static void check(MemorySegment params) {
        int found = params.get(JAVA_INT, Layouts.offset(Layouts.QUANTIZE_PARAMS, "ftype"));
        if (found != Q8_0) {
            throw new LlamaException(
                    Fault.UNAVAILABLE, "this llama.cpp has another quantizer than expected: its default is " + found);
        }
    }
}
