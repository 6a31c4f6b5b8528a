package dev.paddock.runner.llama;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.OutOfMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A model's working memory: KV cache, compute buffers, threads. One thread uses it, except {@link #abort}. All
 * sequences share one cache, of which each may fill its part.
 */
public final class Context implements AutoCloseable {
    /** Decoding went well. */
    public static final int DONE = 0;
    /** No room in the cache; nothing changed. */
    public static final int NO_ROOM = 1;
    /** {@link #abort} was heard; an unknown part of the batch was computed. */
    public static final int ABORTED = 2;
    /** No memory for the batch's intermediate results: ggml's status of a failed allocation. */
    public static final int NO_MEMORY = -2;

    /** What that means, for people. */
    public static final String NO_MEMORY_WORDS =
            "llama.cpp failed to allocate memory for the batch (llama_decode returned -2)";

    /** llama.cpp rounds the length of a context up to a multiple of this. */
    private static final int CELL_STEP = 256;

    private static final long MAX_CELLS = Integer.MAX_VALUE - 256;

    /**
     * How large it shall be.
     *
     * @param length tokens of each sequence that runs
     * @param batch most tokens in one decode call
     * @param microBatch most tokens computed at a time
     * @param parallel how many sequences may run at once; the cache has cells for so many of full length
     * @param sequences ids of sequences: those that run, and those whose content is kept for later
     * @param outputs most tokens with output in one decode call
     * @param threads compute threads
     */
    public record Order(int length, int batch, int microBatch, int parallel, int sequences, int outputs, int threads) {
        public Order {
            range("context length", length, 1, Integer.MAX_VALUE);
            range("sequences", sequences, 1, 256);
            range("parallel", parallel, 1, sequences);
            range("batch", batch, sequences, 1 << 20);
            range("outputs", outputs, sequences, 1 << 20);
            range("micro-batch", microBatch, 1, batch);
            range("threads", threads, 1, 512);
            range("context length of all sequences", (long) length * parallel, 1, MAX_CELLS);
        }

        /** Nothing is kept, and each sequence has one output. */
        public Order(int length, int batch, int microBatch, int sequences, int threads) {
            this(length, batch, microBatch, sequences, sequences, sequences, threads);
        }

        /** Tokens that the cache holds. */
        public int cells() {
            return length * parallel;
        }

        private static void range(String what, long value, long low, long high) {
            if (value < low || value > high) {
                throw new LlamaException(
                        Fault.INVALID_REQUEST, what + " is " + value + ", allowed are " + low + " to " + high);
            }
        }
    }

    private final Arena arena = Arena.ofShared();
    private final AbortFlag abort = new AbortFlag();
    private final Order order;
    private final Threadpool threadpool;
    private final boolean ownsThreads;
    private final TokenBatch batch;
    private final MemorySegment memory;
    private MemorySegment context;

    /**
     * Allocates everything; touches all of the KV cache.
     *
     * @throws LlamaException when the engine refuses
     */
    public Context(Model model, Backends backends, Order order, NativeLog log) {
        this(model, backends, null, order, log, true);
    }

    /**
     * A context of another model that computes with the threads of its neighbour: only ever one after the other, by the
     * same thread. Closed before it.
     *
     * @throws LlamaException when the engine refuses
     */
    public Context(Model model, Context neighbour, Order order, NativeLog log) {
        this(model, null, neighbour, order, log, true);
    }

    /** @param wholeWindows whether layers with a sliding window keep all positions, so that any can be cut */
    Context(Model model, Backends backends, Context neighbour, Order order, NativeLog log, boolean wholeWindows) {
        this.order = order;
        log.takeErrors();
        log.means(sharedCache(order, model.trainedContext()));
        context = Llama.newContext(model.pointer(), params(arena, order, abort, wholeWindows));
        if (Linking.isNull(context)) {
            String errors = log.takeErrors();
            throw new LlamaException(
                    OutOfMemory.said(errors) ? Fault.OUT_OF_MEMORY : Fault.LOAD_FAILED,
                    "llama.cpp made no context: " + errors);
        }
        if (Llama.batch(context) < order.batch() || Llama.contextLength(context) < order.cells()) {
            throw new LlamaException(Fault.LOAD_FAILED, "llama.cpp made a smaller context than asked for");
        }
        ownsThreads = neighbour == null;
        threadpool = ownsThreads ? new Threadpool(backends.cpu(), order.threads()) : neighbour.threadpool;
        Llama.attachThreadpool(context, threadpool.pointer());
        memory = Llama.memory(context);
        batch = new TokenBatch(arena, order.batch(), order.sequences(), order.outputs());
    }

    /**
     * llama.cpp takes the cache of all sequences for the length of one, and warns when it is longer than what the model
     * was trained for. Gives the text of that warning when no sequence is: then it is wrong.
     */
    static String sharedCache(Order order, int trained) {
        if (order.length() > trained) return null;
        long padded = ((long) order.cells() + CELL_STEP - 1) / CELL_STEP * CELL_STEP;
        return "n_ctx_seq (" + padded + ") > n_ctx_train (" + trained + ")";
    }

    static MemorySegment params(Arena arena, Order order, AbortFlag abort, boolean wholeWindows) {
        return new ContextParams(arena, order.threads(), abort)
                .set("n_ctx", order.cells())
                .set("n_batch", order.batch())
                .set("n_ubatch", order.microBatch())
                .set("n_seq_max", order.sequences())
                // Each takes a row of the vocabulary's size.
                .set("n_outputs_max", order.outputs())
                .set("swa_full", wholeWindows)
                .struct();
    }

    /** What it was made for. */
    public Order order() {
        return order;
    }

    /** The batch that {@link #decode} computes. */
    public TokenBatch batch() {
        return batch;
    }

    /** Computes the batch: {@link #DONE}, {@link #NO_ROOM}, {@link #ABORTED}, or negative for what must not happen. */
    public int decode() {
        if (batch.size() == 0) throw new IllegalStateException("an empty batch");
        return Llama.decode(context, batch.struct());
    }

    /** Stops a running {@link #decode} at the next node, on the CPU; stays until {@link #resetAbort}. Any thread. */
    public void abort() {
        abort.raise();
    }

    /** Before the next decode. */
    public void resetAbort() {
        abort.lower();
    }

    /** Forgets a sequence from this position on; false when the model cannot forget only a part. */
    public boolean forget(int sequence, int from) {
        if (sequence < 0 || sequence >= order.sequences() || from < 0) {
            throw new IllegalArgumentException("sequence " + sequence + " from " + from);
        }
        return Llama.removeFromMemory(memory, sequence, from, -1);
    }

    MemorySegment pointer() {
        return context;
    }

    @Override
    public void close() {
        if (!Linking.isNull(context)) {
            Llama.freeContext(context);
            context = MemorySegment.NULL;
            if (ownsThreads) threadpool.close();
            arena.close();
        }
    }
}
