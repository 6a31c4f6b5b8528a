package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Working memory for vectors, beside the one for generations. One thread uses it, except {@link #abort}. */
public final class EmbeddingContext implements AutoCloseable {
    /** Most tokens of a context; more would be a mistake in counting. */
    private static final int MOST_CELLS = 1 << 22;

    /**
     * How large it shall be.
     *
     * @param cells tokens of all inputs that are computed together
     * @param batch most tokens in one call; of a model that is not causal all of them
     * @param sequences most inputs that are computed together
     * @param threads compute threads
     */
    public record Order(int cells, int batch, int sequences, int threads) {
        public Order {
            boolean sound = sequences >= 1 && sequences <= 256 && batch >= sequences && batch <= cells;
            if (!sound || cells > MOST_CELLS || threads < 1 || threads > 512) {
                throw new LlamaException(
                        Fault.INVALID_REQUEST,
                        "an embedding context of " + cells + " tokens, " + batch + " at once, " + sequences
                                + " sequences and " + threads + " threads cannot be made");
            }
        }
    }

    private final Arena arena = Arena.ofShared();
    private final VectorTraits traits;
    private final Order order;
    private final int outputs;
    private final MemorySegment abortFlag;
    private final Threadpool threadpool;
    private final MemorySegment memory;
    private final TokenBatch batch;
    private MemorySegment context;

    /**
     * Allocates everything.
     *
     * @throws LlamaException when the engine refuses
     */
    public EmbeddingContext(Model model, VectorTraits traits, Backends backends, Order order, NativeLog log) {
        this.traits = traits;
        this.order = order;
        outputs = traits.pooling() == VectorTraits.Pooling.RANK
                ? Math.max(1, LlamaEmbeddings.classes(model.pointer()))
                : traits.length();
        abortFlag = arena.allocate(2);
        log.takeErrors();
        log.means("model default pooling_type is ["); // which it then does not name, and we chose
        context = Llama.newContext(model.pointer(), params());
        if (Linking.isNull(context)) {
            arena.close();
            throw new LlamaException(
                    Fault.OUT_OF_MEMORY, "llama.cpp made no context for embeddings: " + log.takeErrors());
        }
        threadpool = new Threadpool(backends.cpu(), order.threads());
        Llama.attachThreadpool(context, threadpool.pointer());
        memory = Llama.memory(context);
        batch = new TokenBatch(arena, order.batch(), order.sequences(), order.batch());
    }

    private MemorySegment params() {
        MemorySegment params = Llama.contextDefaultParams(arena);
        set(params, "n_ctx", order.cells());
        set(params, "n_batch", order.batch());
        set(params, "n_ubatch", order.batch());
        set(params, "n_seq_max", order.sequences());
        set(params, "n_outputs_max", order.batch()); // every token is an output
        set(params, "n_threads", order.threads());
        set(params, "n_threads_batch", order.threads());
        set(params, "pooling_type", traits.pooling().id());
        params.set(JAVA_BOOLEAN, offset("embeddings"), true);
        params.set(JAVA_BOOLEAN, offset("kv_unified"), true);
        // bool abort_callback(void * data): see Context
        params.set(ADDRESS, offset("abort_callback"), Libc.strlen());
        params.set(ADDRESS, offset("abort_callback_data"), abortFlag);
        return params;
    }

    private static void set(MemorySegment params, String field, int value) {
        params.set(JAVA_INT, offset(field), value);
    }

    private static long offset(String field) {
        return Layouts.offset(Layouts.CONTEXT_PARAMS, field);
    }

    /** What it was made for. */
    public Order order() {
        return order;
    }

    /** The batch that {@link #compute} computes; every token is an output. */
    public TokenBatch batch() {
        return batch;
    }

    /** Computes the batch: 0 = done, 2 = aborted, otherwise what must not happen. */
    public int compute() {
        if (batch.size() == 0) throw new IllegalStateException("an empty batch");
        return traits.encoder()
                ? LlamaEmbeddings.encode(context, batch.struct())
                : Llama.decode(context, batch.struct());
    }

    /**
     * What the last batch gave for a sequence in it, not normalised.
     *
     * @throws LlamaException when it gave nothing
     */
    public float[] vector(int sequence) {
        if (sequence < 0 || sequence >= order.sequences()) throw new IndexOutOfBoundsException("sequence " + sequence);
        float[] vector = LlamaEmbeddings.vector(context, sequence, outputs);
        if (vector == null) throw new LlamaException(Fault.INTERNAL, "llama.cpp gave no vector");
        return vector;
    }

    /** Forgets all sequences. */
    public void forget() {
        if (!Linking.isNull(memory)) LlamaEmbeddings.clearMemory(memory);
    }

    /** Stops a running {@link #compute} at the next node, on the CPU; stays until {@link #resetAbort}. Any thread. */
    public void abort() {
        abortFlag.set(JAVA_BYTE, 0, (byte) 1);
    }

    /** Before the next batch. */
    public void resetAbort() {
        abortFlag.set(JAVA_BYTE, 0, (byte) 0);
    }

    @Override
    public void close() {
        if (!Linking.isNull(context)) {
            Llama.freeContext(context);
            context = MemorySegment.NULL;
            threadpool.close();
            arena.close();
        }
    }
}
