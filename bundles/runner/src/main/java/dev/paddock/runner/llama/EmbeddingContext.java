package dev.paddock.runner.llama;

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
     * @param outputs most tokens with output in one call
     * @param sequences most inputs that are computed together
     * @param threads compute threads
     */
    public record Order(int cells, int batch, int outputs, int sequences, int threads) {
        public Order {
            boolean sound = sequences >= 1 && sequences <= 256 && batch >= sequences && batch <= cells;
            boolean outputsSound = outputs >= sequences && outputs <= batch;
            if (!sound || !outputsSound || cells > MOST_CELLS || threads < 1 || threads > 512) {
                throw new LlamaException(
                        Fault.INVALID_REQUEST,
                        "an embedding context of " + cells + " tokens, " + batch + " at once, " + outputs + " outputs, "
                                + sequences + " sequences and " + threads + " threads cannot be made");
            }
        }
    }

    private final Arena arena = Arena.ofShared();
    private final VectorTraits traits;
    private final Order order;
    private final NativeLog log;
    private final MemoryFigures figures = new MemoryFigures();
    private final AbortFlag abort = new AbortFlag();
    private final int numbers;
    private final long outputBytes;
    private final Threadpool threadpool;
    private final MemorySegment memory;
    private final TokenBatch batch;
    private MemorySegment context;
    private int outputs;

    /**
     * Allocates everything.
     *
     * @throws LlamaException when the engine refuses
     */
    public EmbeddingContext(Model model, VectorTraits traits, Backends backends, Order order, NativeLog log) {
        this.traits = traits;
        this.order = order;
        this.log = log;
        numbers = traits.pooling() == VectorTraits.Pooling.RANK
                ? Math.max(1, LlamaEmbeddings.classes(model.pointer()))
                : traits.length();
        outputBytes = model.outputBytes();
        outputs = order.sequences(); // llama.cpp begins with so many
        log.takeErrors();
        log.means("model default pooling_type is ["); // which it then does not name, and we chose
        log.measure(figures);
        context = Llama.newContext(model.pointer(), params(arena, traits, order, abort));
        log.measure(null);
        if (Linking.isNull(context)) {
            arena.close();
            throw new LlamaException(
                    Fault.OUT_OF_MEMORY, "llama.cpp made no context for embeddings: " + log.takeErrors());
        }
        threadpool = new Threadpool(backends.cpu(), order.threads());
        Llama.attachThreadpool(context, threadpool.pointer());
        memory = Llama.memory(context);
        batch = new TokenBatch(arena, order.batch(), order.sequences(), order.outputs());
    }

    static MemorySegment params(Arena arena, VectorTraits traits, Order order, AbortFlag abort) {
        return new ContextParams(arena, order.threads(), abort)
                .set("n_ctx", order.cells())
                .set("n_batch", order.batch())
                .set("n_ubatch", order.batch())
                .set("n_seq_max", order.sequences())
                .set("n_outputs_max", order.outputs())
                .set("pooling_type", traits.pooling().id())
                .set("embeddings", true)
                .struct();
    }

    /** What it was made for. */
    public Order order() {
        return order;
    }

    /** The batch that {@link #compute} computes: all its tokens are outputs, or none. */
    public TokenBatch batch() {
        return batch;
    }

    /** What llama.cpp said of the memory when it made this. */
    public MemoryFigures figures() {
        return figures;
    }

    /** Memory that it takes now, in bytes. */
    public long bytes() {
        return figures.total() + outputBytes * (outputs - order.sequences());
    }

    /** Bytes by which {@link #bytes} grows with a batch of so many outputs: llama.cpp keeps a row for each. */
    public long growth(int more) {
        return outputBytes * Math.max(0, more - outputs);
    }

    /** Computes the batch: 0 = done, 2 = aborted, otherwise what must not happen. */
    public int compute() {
        if (batch.size() == 0) throw new IllegalStateException("an empty batch");
        outputs = Math.max(outputs, batch.outputs());
        log.measure(figures);
        try {
            if (traits.encoder()) return LlamaEmbeddings.encode(context, batch.struct());
            LlamaEmbeddings.give(context, batch.outputs() > 0);
            return Llama.decode(context, batch.struct());
        } finally {
            log.measure(null);
        }
    }

    /**
     * What the last batch gave for a sequence in it, not normalised.
     *
     * @throws LlamaException when it gave nothing
     */
    public float[] vector(int sequence) {
        if (sequence < 0 || sequence >= order.sequences()) throw new IndexOutOfBoundsException("sequence " + sequence);
        float[] vector = LlamaEmbeddings.vector(context, sequence, numbers);
        if (vector == null) throw new LlamaException(Fault.INTERNAL, "llama.cpp gave no vector");
        return vector;
    }

    /** Forgets all sequences. */
    public void forget() {
        if (!Linking.isNull(memory)) LlamaEmbeddings.clearMemory(memory);
    }

    /** Stops a running {@link #compute} at the next node, on the CPU; stays until {@link #resetAbort}. Any thread. */
    public void abort() {
        abort.raise();
    }

    /** Before the next batch. */
    public void resetAbort() {
        abort.lower();
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
