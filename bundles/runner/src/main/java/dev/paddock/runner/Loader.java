package dev.paddock.runner;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.runner.cache.CacheSettings;
import dev.paddock.runner.cache.PrefixCache;
import dev.paddock.runner.cache.Rewind;
import dev.paddock.runner.decode.Engine;
import dev.paddock.runner.embed.EmbedLoop;
import dev.paddock.runner.llama.Adapters;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.MemoryFigures;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.Offload;
import dev.paddock.runner.llama.SequenceState;
import dev.paddock.runner.llama.VectorTraits;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.speculate.DraftModel;
import dev.paddock.runner.speculate.Drafters;
import java.nio.file.Path;

/** From a load order to a model and a context. */
final class Loader {
    private static final int DEFAULT_BATCH = 512;
    /** llama.cpp's own limit. */
    private static final int MOST_SEQUENCES = 256;

    private static final int LEAST_KEPT = 12;
    /** Tokens guessed ahead in one batch, of all sequences together. */
    private static final int GUESSES = 32;

    private final NativeLog log;
    private String draftRefusal = "";
    /** Its own, as its compute buffers would be taken for new ones of the model's context. */
    private final MemoryFigures draftFigures = new MemoryFigures();

    /**
     * What was loaded. Closing frees it, in the order native code wants.
     *
     * @param backends the ggml backends of this process
     * @param offload what of the model is on which of their devices
     * @param model weights and vocabulary
     * @param context working memory for generations; null when the model is made for vectors only
     * @param memory its KV cache, sequence by sequence; null without a context
     * @param size of that memory, or what it would be
     * @param weightsMillis how long loading the weights took
     */
    record Loaded(
            Backends backends,
            Offload offload,
            Model model,
            Context context,
            SequenceState memory,
            Context.Order size,
            long weightsMillis)
            implements AutoCloseable {
        boolean generates() {
            return context != null;
        }

        @Override
        public void close() {
            if (context != null) context.close();
            model.close();
        }
    }

    Loader(NativeLog log) {
        this.log = log;
    }

    /** @throws LlamaException when any part of it fails */
    Loaded load(Message.Load order, Model.LoadListener listener) {
        Path libraries = Path.of(order.libraries().directory());
        Natives.open(libraries, order.libraries().environment());
        Backends backends = Backends.load(libraries, order.libraries().backends(), log);
        Offload offload = backends.offload(order.devices(), order.sizes().gpuLayers());
        long start = System.nanoTime();
        Model model = Model.load(Path.of(order.model()), offload, log, listener);
        long weightsMillis = (System.nanoTime() - start) / 1_000_000;
        try {
            if (model.vectors().dedicated()) {
                if (!order.draft().isEmpty()) draftRefusal = "the model only gives vectors, nothing is to be guessed";
                return new Loaded(
                        backends, offload, model, null, null, vectorSize(order.sizes(), model), weightsMillis);
            }
            Context.Order size = size(order.sizes(), model, free(backends, offload, model));
            Context context = new Context(model, backends, size, log);
            var memory = new SequenceState(context, offload.layersOf(model.layers()) < model.layers());
            return new Loaded(backends, offload, model, context, memory, size, weightsMillis);
        } catch (LlamaException e) {
            model.close();
            throw e;
        }
    }

    /**
     * All that generating takes, around what was loaded. A draft model that cannot be used is left out: it would make the
     * model faster, and that is all.
     */
    Engine engine(Message.Load order, Loaded loaded, CacheSettings.Warnings warnings, Model.LoadListener listener) {
        Model model = loaded.model();
        Drafters drafters = drafters(order, loaded, listener);
        Rewind rewind = SequenceState.rewind(model);
        boolean disk = !order.cacheDirectory().isEmpty() && !order.digest().isEmpty();
        var settings = new CacheSettings(
                order.tuning().hostCacheBytes(),
                disk ? order.tuning().diskCacheBytes() : 0,
                disk ? Path.of(order.cacheDirectory()) : null,
                order.digest() + ' ' + Natives.version(),
                warnings);
        return new Engine(
                model,
                loaded.context(),
                loaded.memory(),
                new PrefixCache(loaded.memory(), rewind, settings),
                drafters,
                new Adapters(model, loaded.context(), log));
    }

    private Drafters drafters(Message.Load order, Loaded loaded, Model.LoadListener listener) {
        if (order.draft().isEmpty()) return new Drafters(order.tuning().speculate());
        Path file = Path.of(order.draft());
        log.measure(draftFigures);
        try {
            DraftModel draft = DraftModel.load(file, loaded.offload(), loaded.model(), loaded.context(), log, listener);
            return new Drafters(order.tuning().speculate(), draft);
        } catch (LlamaException e) {
            draftRefusal = e.getMessage();
            return new Drafters(order.tuning().speculate());
        } finally {
            log.measure(null);
        }
    }

    /** Where all of a context's cache would have so much room, were it in proportion on host and devices. */
    private static long free(Backends backends, Offload offload, Model model) {
        int layers = model.layers();
        return Parallel.room(FreeMemory.here().bytes(), backends.free(offload), offload.layersOf(layers), layers);
    }

    /** @param free bytes of memory for its cache */
    static Context.Order size(Message.Sizes order, Model model, long free) {
        int length = length(order, model);
        int parallel =
                order.parallel() == 0 ? Parallel.choose(model.cacheBytesPerToken(), length, free) : order.parallel();
        int sequences = model.rewinds() ? withKept(parallel) : parallel;
        // A batch cannot be larger than all of the context, nor smaller than one token of each sequence.
        long wanted = Math.min(order.batch() == 0 ? DEFAULT_BATCH : order.batch(), (long) length * parallel);
        int batch = (int) Math.max(wanted, sequences);
        int microBatch = Math.min(batch, order.microBatch() == 0 ? DEFAULT_BATCH : order.microBatch());
        int outputs = Math.min(batch, Math.max(sequences, parallel + GUESSES));
        return new Context.Order(length, batch, microBatch, parallel, sequences, outputs, threads(order));
    }

    private static int length(Message.Sizes order, Model model) {
        if (order.contextLength() != 0) return order.contextLength();
        int limit = order.contextLimit() > 0 ? order.contextLimit() : Integer.MAX_VALUE;
        return Math.min(model.trainedContext(), limit);
    }

    private static int threads(Message.Sizes order) {
        return order.threads() == 0 ? Cores.count() : order.threads();
    }

    /** Ids for what runs and for what is kept after it ended. */
    private static int withKept(int parallel) {
        return Math.max(parallel, Math.min(MOST_SEQUENCES, parallel + Math.max(LEAST_KEPT, 3 * parallel)));
    }

    /** An input cannot be longer than what was trained: positions beyond it may not exist. */
    static Context.Order vectorSize(Message.Sizes order, Model model) {
        int length = Math.min(length(order, model), model.trainedContext());
        int batch = EmbedLoop.GROUP_TOKENS;
        int inputs = EmbedLoop.GROUP_INPUTS;
        return new Context.Order(length, batch, batch, inputs, inputs, inputs, threads(order));
    }

    /** What computes vectors; beside generations with half the threads, as two busy contexts disturb each other. */
    EmbedLoop.Means vectors(Loaded loaded) {
        Context.Order size = loaded.size();
        int threads = loaded.generates() ? Math.max(1, size.threads() / 2) : size.threads();
        return new EmbedLoop.Means(loaded.model(), loaded.backends(), log, size.length(), threads, FreeMemory.here());
    }

    private static Abilities abilities(Loaded loaded) {
        boolean rank = loaded.model().vectors().pooling() == VectorTraits.Pooling.RANK;
        boolean shift = loaded.generates() && loaded.memory().canShift();
        boolean rewind = loaded.generates() && loaded.model().rewinds();
        return new Abilities(loaded.generates(), true, rank, shift, rewind);
    }

    /**
     * What the server is told of it.
     *
     * @param vectors memory that is there to compute vectors
     */
    Message.Ready facts(Message.Load order, Loaded loaded, MemoryFigures vectors) {
        Context.Order size = loaded.size();
        Vocabulary vocabulary = loaded.model().vocabulary();
        log.memory().table(loaded.model().tableBytes());
        RunnerFacts facts = new RunnerFacts(
                ProcessHandle.current().pid(),
                loaded.backends().describe(loaded.offload(), loaded.model().layers()),
                Natives.version(),
                size.length(),
                loaded.model().trainedContext(),
                size.batch(),
                size.microBatch(),
                size.parallel(),
                size.threads(),
                vocabulary.size(),
                loaded.model().vectors().length(),
                abilities(loaded),
                vocabulary.bosText(),
                vocabulary.eosText(),
                Placement.CPU, // the server knows where it was placed
                MemoryFigures.together(log.memory(), draftFigures, vectors),
                loaded.weightsMillis(),
                0,
                LoadOrder.Draft.NONE);
        return new Message.Ready(
                facts, draftRefusal, loaded.offload().layersOf(loaded.model().layers()));
    }
}
