package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** llama.cpp's quantizer: packs the weights of a model file anew. It needs the libraries but no backend. */
public final class Quantizer {
    private static final int Q8_0 = 7;
    private static final int MOST_THREADS = 512;

    /** What it says when it begins with a tensor: number, count, name. */
    private static final Pattern TENSOR = Pattern.compile("\\[ *(\\d{1,9})/ *(\\d{1,9})\\] +(.+?) +- \\[.*");

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
     * What is to be done.
     *
     * @param in a GGUF whose weights are of f32, f16 or bf16
     * @param out replaced when it is there
     * @param type such as {@code q4_k_m}, in any case
     * @param requantize whether weights that are packed already may be packed again; else they are refused
     * @param threads 1 to 512; 0 = one for each processor
     */
    public record Order(Path in, Path out, String type, boolean requantize, int threads) {}

    /** Hears which tensor is begun; from a native thread, and must be quick. */
    @FunctionalInterface
    public interface Listener {
        /** @param number 1 = the first */
        void begins(int number, int count, String tensor);
    }

    /**
     * Writes a model file anew with packed weights.
     *
     * @throws LlamaException when the type is not known or llama.cpp cannot do it, with its words
     */
    public void quantize(Order order, Listener told) {
        int fileType = PackType.number(order.type());
        if (!Files.isReadable(order.in())) {
            throw new LlamaException(Fault.INVALID_REQUEST, "cannot read the model file " + order.in());
        }
        if (order.threads() < 0 || order.threads() > MOST_THREADS) {
            throw new LlamaException(
                    Fault.INVALID_REQUEST, "threads must be 0 to " + MOST_THREADS + ", not " + order.threads());
        }
        log.takeErrors();
        log.inform(line -> hear(line, told));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params =
                    (MemorySegment) defaultParams.invokeExact((java.lang.foreign.SegmentAllocator) arena);
            check(params);
            params.set(JAVA_INT, Layouts.offset(Layouts.QUANTIZE_PARAMS, "nthread"), order.threads());
            params.set(JAVA_INT, Layouts.offset(Layouts.QUANTIZE_PARAMS, "ftype"), fileType);
            params.set(JAVA_BOOLEAN, Layouts.offset(Layouts.QUANTIZE_PARAMS, "allow_requantize"), order.requantize());
            MemorySegment from = arena.allocateFrom(order.in().toString());
            MemorySegment to = arena.allocateFrom(order.out().toString());
            int failed = (int) quantize.invokeExact(from, to, params);
            if (failed != 0) throw refused(order);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        } finally {
            log.inform(_ -> {});
        }
    }

    private static void hear(String line, Listener told) {
        Matcher tensor = TENSOR.matcher(line);
        if (!tensor.matches()) return;
        told.begins(Integer.parseInt(tensor.group(1)), Integer.parseInt(tensor.group(2)), tensor.group(3));
    }

    private LlamaException refused(Order order) {
        String errors = log.takeErrors()
                .replaceAll("={9,}|\\R", " ")
                .replaceAll("[\\s;]*;[\\s;]*", "; ")
                .strip();
        return new LlamaException(
                Fault.INVALID_REQUEST,
                "llama.cpp could not quantize " + order.in().getFileName() + " to " + order.type() + ": "
                        + (errors.isEmpty() ? "no reason given" : errors));
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
