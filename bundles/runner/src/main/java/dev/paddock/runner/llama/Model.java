package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.OutOfMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model's weights and vocabulary. Free its contexts first. */
public final class Model implements AutoCloseable {
    /** Hears how far loading is; false stops it. Must not throw. */
    @FunctionalInterface
    public interface LoadListener {
        /** @param fraction 0 to 1 */
        boolean progress(float fraction);
    }

    /** {@code LLAMA_LOAD_MODE_NONE}: the only one that goes without allocating. */
    private static final int LOAD_MODE_NONE = 0;

    private MemorySegment model;
    private final Vocabulary vocabulary;
    private final VectorTraits vectors;

    private Model(MemorySegment model) {
        this.model = model;
        this.vocabulary = new Vocabulary(LlamaVocab.of(model));
        this.vectors = VectorTraits.of(this);
    }

    /**
     * Loads a GGUF file for the CPU; backends must be loaded.
     *
     * @throws LlamaException with the engine's own words when it is refused
     */
    public static Model load(Path file, NativeLog log, LoadListener listener) {
        return load(file, Offload.NONE, log, listener);
    }

    /**
     * Loads a GGUF file; backends must be loaded.
     *
     * @throws LlamaException with the engine's own words when it is refused
     */
    public static Model load(Path file, Offload offload, NativeLog log, LoadListener listener) {
        return load(file, offload, false, log, listener);
    }

    /**
     * Reads a GGUF file without allocating or reading its weights: for {@link DryRun} alone.
     *
     * @throws LlamaException with the engine's own words when it is refused
     */
    public static Model plan(Path file, Offload offload, NativeLog log) {
        return load(file, offload, true, log, fraction -> true);
    }

    private static Model load(Path file, Offload offload, boolean dry, NativeLog log, LoadListener listener) {
        if (!Files.isReadable(file)) {
            throw new LlamaException(Fault.LOAD_FAILED, "cannot read the model file " + file);
        }
        log.takeErrors();
        Progress progress = new Progress(listener);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = Llama.modelDefaultParams(arena);
            params.set(JAVA_INT, offset("n_gpu_layers"), offload.layers());
            place(params, offload, arena);
            if (dry) {
                params.set(JAVA_BOOLEAN, offset("no_alloc"), true);
                params.set(JAVA_INT, offset("load_mode"), LOAD_MODE_NONE);
            }
            params.set(ADDRESS, offset("progress_callback"), progress.callback());
            MemorySegment model = Llama.loadModel(arena.allocateFrom(file.toString()), params);
            if (Linking.isNull(model)) throw refused(progress, log.takeErrors());
            return checked(new Model(model));
        }
    }

    private static void place(MemorySegment params, Offload offload, Arena arena) {
        if (offload.layers() != 0 && offload.devices().isEmpty()) return; // llama.cpp chooses
        // With no layers an empty list: otherwise large batches would use a GPU all the same.
        int count = offload.layers() == 0 ? 0 : offload.devices().size();
        MemorySegment list = arena.allocate(ADDRESS, count + 1L);
        for (int i = 0; i < count; i++) {
            list.setAtIndex(ADDRESS, i, offload.devices().get(i));
        }
        params.set(ADDRESS, offset("devices"), list);
    }

    private static LlamaException refused(Progress progress, String errors) {
        if (progress.stopped) return new LlamaException(Fault.CANCELLED, "loading was cancelled");
        return new LlamaException(
                cause(errors), "llama.cpp refused the model: " + (errors.isEmpty() ? "no reason given" : errors));
    }

    /** There is nothing but the words to tell by. */
    private static Fault cause(String errors) {
        if (OutOfMemory.said(errors)) return Fault.OUT_OF_MEMORY;
        return errors.contains("gguf_init") || errors.contains("corrupted or incomplete")
                ? Fault.MODEL_DAMAGED
                : Fault.LOAD_FAILED;
    }

    private static Model checked(Model loaded) {
        if (Llama.hasEncoder(loaded.model) && LlamaEmbeddings.hasDecoder(loaded.model)) {
            loaded.close();
            throw new LlamaException(
                    Fault.LOAD_FAILED,
                    "this model has an encoder beside its decoder; only decoder models can generate, and only"
                            + " encoders alone give vectors");
        }
        return loaded;
    }

    private static long offset(String field) {
        return Layouts.offset(Layouts.MODEL_PARAMS, field);
    }

    /** Tokens and text. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** How it makes vectors. */
    public VectorTraits vectors() {
        return vectors;
    }

    /** Tokens of context the model was trained for. */
    public int trainedContext() {
        return Llama.trainedContext(model);
    }

    /** How many layers it has, the output layer counted. */
    public int layers() {
        return LlamaShape.layers(model) + 1;
    }

    /** Whether a sequence can be cut at any token; a recurrent state only moves forwards. */
    public boolean rewinds() {
        return !LlamaShape.recurrent(model) && !LlamaShape.hybrid(model);
    }

    /** Bytes of KV cache that a token takes, as far as the file tells: keys and values of 16 bit in all layers. */
    public long cacheBytesPerToken() {
        String architecture = LlamaShape.metadata(model, "general.architecture");
        int head = LlamaShape.width(model) / Math.max(1, LlamaShape.heads(model));
        long key = number(architecture + ".attention.key_length", head);
        long value = number(architecture + ".attention.value_length", head);
        return LlamaShape.layers(model) * Math.max(1L, LlamaShape.keyHeads(model)) * (key + value) * Short.BYTES;
    }

    /** Bytes of the table that tokens are looked up in, about: as if it were packed as the weights are on average. */
    public long tableBytes() {
        double bytes = LlamaShape.bytesPerWeight(model);
        return (long) (bytes * vocabulary.size() * LlamaShape.width(model));
    }

    /** Bytes of intermediate results that a token takes while it is computed, about; without its logits. */
    public long workBytesPerToken() {
        String architecture = LlamaShape.metadata(model, "general.architecture");
        int width = LlamaShape.width(model);
        long feedForward = number(architecture + ".feed_forward_length", 4 * width);
        return (4L * width + 3 * feedForward) * Float.BYTES;
    }

    /** Bytes that llama.cpp keeps of a token with output: a vector, and the logits of all tokens, asked for or not. */
    public long outputBytes() {
        return ((long) vocabulary.size() + LlamaEmbeddings.length(model)) * Float.BYTES;
    }

    private long number(String key, int otherwise) {
        String told = LlamaShape.metadata(model, key);
        try {
            return told.isEmpty() ? otherwise : Math.max(1, Integer.parseInt(told));
        } catch (NumberFormatException e) {
            return otherwise; // a figure of each layer; the plain one is near enough for a plan
        }
    }

    MemorySegment pointer() {
        return model;
    }

    @Override
    public void close() {
        if (!Linking.isNull(model)) {
            Llama.freeModel(model);
            model = MemorySegment.NULL;
        }
    }

    private static final class Progress {
        private final LoadListener listener;
        private boolean stopped;

        Progress(LoadListener listener) {
            this.listener = listener;
        }

        // bool (*llama_progress_callback)(float progress, void * user_data)
        MemorySegment callback() {
            return Linking.upcall(
                    MethodHandles.lookup(), this, "heard", FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_FLOAT, ADDRESS));
        }

        @SuppressWarnings("unused") // called from C
        private boolean heard(float fraction, MemorySegment userData) {
            stopped = !listener.progress(fraction);
            return !stopped;
        }
    }
}
