package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads the core libraries, once in a process, and makes sure they are those the bindings were written for. */
public final class Natives {
    private Natives() {}

    /** Makes on a thread of its own what linking takes and no library is needed for: while the process connects. */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("linking prepared").start(Linking::prepare);
    }

    /**
     * Loads the libraries of a directory and begins to link their functions. {@link #check} must follow.
     *
     * @throws LlamaException when they are not there or not usable
     */
    public static void open(Path directory) {
        open(directory, Map.of());
    }

    /**
     * The same, with variables of the C environment that are set before.
     *
     * @throws LlamaException when the libraries are not there or not usable, or a variable is none
     */
    public static void open(Path directory, Map<String, String> environment) {
        Variables.check(environment);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            Libc.set(variable.getKey(), variable.getValue());
        }
        LibraryFiles.choose(LibraryFiles.in(directory));
        // Without it an abort starts a debugger on this JVM, which takes seconds.
        Libc.setDefault("GGML_NO_BACKTRACE", "1");
        try {
            GgmlBase.load();
            Ggml.load();
        } catch (IllegalArgumentException | ExceptionInInitializerError | NoClassDefFoundError e) {
            throw unusable(e);
        }
        linkAhead();
    }

    /**
     * Waits until libllama is linked, checks its version and layouts, and has it write to the log.
     *
     * @throws LlamaException when it is not usable
     */
    public static void check(NativeLog log) {
        try {
            checkVersion();
            Llama.setLog(log.callback());
        } catch (IllegalArgumentException | ExceptionInInitializerError | NoClassDefFoundError e) {
            throw unusable(e);
        }
        checkLayouts();
    }

    private static LlamaException unusable(Throwable e) {
        // What failed on the linking thread is told by its cause.
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof LlamaException ours) return ours;
        return new LlamaException(
                Fault.UNAVAILABLE,
                "cannot load the llama.cpp libraries in "
                        + LibraryFiles.chosen().base().getParent() + ": " + cause.getMessage());
    }

    /**
     * Links on a thread of its own what is needed later, in the order of need. A failure shows again, at the first use.
     *
     * @return the thread, which ends when all is linked
     */
    public static Thread linkAhead() {
        return Thread.ofPlatform().daemon().name("linking").start(() -> {
            try {
                for (Class<?> bindings : List.of(
                        Llama.class,
                        LlamaShape.class,
                        LlamaVocab.class,
                        LlamaMemory.class,
                        LlamaEmbeddings.class,
                        LlamaSamplers.class,
                        LlamaSamplers.Random.class)) {
                    MethodHandles.lookup().ensureInitialized(bindings);
                }
            } catch (IllegalAccessException | LinkageError e) {
                System.err.println("runner: linking ahead failed: " + e.getCause());
            }
        });
    }

    /** The version llama.cpp says it is. */
    public static String version() {
        return Llama.version();
    }

    private static void checkVersion() {
        String version = Llama.version();
        if (!version.startsWith("0.5.0") && !version.startsWith("0.4.")) {
            throw new LlamaException(
                    Fault.UNAVAILABLE,
                    "llama.cpp " + version + " is not supported; this runner works with 0.4 and 0.5.0");
        }
    }

    /** Known defaults at the places where we think the fields are: another layout would show. */
    private static void checkLayouts() {
        try (Arena arena = Arena.ofConfined()) {
            StructLayout model = Layouts.MODEL_PARAMS;
            MemorySegment modelParams = Llama.modelDefaultParams(arena);
            expect(modelParams, model, "n_gpu_layers", -1);
            expect(modelParams, model, "split_mode", 1);
            expect(modelParams, model, "load_mode", -1);
            expect(modelParams, model, "lazy_mode", 1);
            expect(modelParams, model, "main_gpu", 0);
            expect(modelParams, model, "use_extra_bufts", true);
            expect(modelParams, model, "no_alloc", false);
            expect(modelParams, model, "load_mtp", false);
            StructLayout context = Layouts.CONTEXT_PARAMS;
            MemorySegment contextParams = Llama.contextDefaultParams(arena);
            expect(contextParams, context, "n_ctx", 512);
            expect(contextParams, context, "n_batch", 2048);
            expect(contextParams, context, "n_ubatch", 512);
            expect(contextParams, context, "n_seq_max", 1);
            expect(contextParams, context, "n_outputs_max", 0);
            expect(contextParams, context, "n_outputs_max_per_seq", 1);
            expect(contextParams, context, "flash_attn_type", -1);
            expect(contextParams, context, "type_k", 1);
            expect(contextParams, context, "type_v", 1);
            expect(contextParams, context, "embeddings", false);
            expect(contextParams, context, "offload_kqv", true);
            expect(contextParams, context, "swa_full", true);
            expect(contextParams, context, "kv_unified", false);
        }
    }

    private static void expect(MemorySegment params, StructLayout layout, String field, int expected) {
        check(field, expected, params.get(JAVA_INT, Layouts.offset(layout, field)));
    }

    private static void expect(MemorySegment params, StructLayout layout, String field, boolean expected) {
        check(field, expected, params.get(JAVA_BOOLEAN, Layouts.offset(layout, field)));
    }

    private static void check(String field, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new LlamaException(
                    Fault.UNAVAILABLE,
                    "this llama.cpp has other parameters than expected: default of " + field + " is " + found + ", not "
                            + expected);
        }
    }
}
