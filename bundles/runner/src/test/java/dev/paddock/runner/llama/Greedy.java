package dev.paddock.runner.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.runner.RealThings;
import dev.paddock.runner.cache.CacheSettings;
import dev.paddock.runner.cache.PrefixCache;
import dev.paddock.runner.cache.Rewind;
import dev.paddock.runner.cache.Serving;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Greedy answers of a real model, one after the other, through a prefix cache. */
final class Greedy implements AutoCloseable {
    private static final NativeLog LOG = new NativeLog((level, line) -> {});
    private static final int CHUNK = 64;

    private static Backends backends;
    private final Model model;
    final Context context;
    final SequenceState memory;
    final PrefixCache cache;
    /** Tokens of the last prompt that were not computed. */
    int cached;

    /** @param cells tokens in the KV cache */
    Greedy(Path file, int cells, Rewind rewind, CacheSettings settings) throws IOException {
        model = Model.load(file, LOG, fraction -> true);
        var order = new Context.Order(cells, 256, CHUNK, 1, 6, 6, 1);
        boolean whole = rewind.kind() != Rewind.Kind.WINDOW;
        context = new Context(model, backends(), null, order, LOG, whole);
        memory = new SequenceState(context, true);
        cache = new PrefixCache(memory, rewind, settings);
    }

    private static synchronized Backends backends() throws IOException {
        if (backends == null) {
            Natives.open(RealThings.NATIVES);
            var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
            backends = Backends.load(RealThings.NATIVES, List.of(cpu), LOG);
        }
        return backends;
    }

    /** How sequences of a model can be cut. */
    static Rewind rule(Path file) throws IOException {
        backends();
        try (Model model = Model.load(file, LOG, fraction -> true)) {
            return SequenceState.rewind(model);
        }
    }

    /** Loads the backends, which come before any model. */
    static void prepare() throws IOException {
        if (RealThings.there()) backends();
    }

    /** The prompt and what comes after it. */
    int[] answer(String scope, int[] prompt, int count) {
        PrefixCache.Place place = Serving.enter(cache, scope, prompt);
        cached = place.cached();
        int[] tokens = Arrays.copyOf(prompt, prompt.length + count);
        int done = cached;
        for (int known = prompt.length; known <= tokens.length; ) {
            int to = cache.stop(place.sequence(), done, Math.min(known, done + CHUNK));
            int next = compute(place.sequence(), tokens, done, to);
            cache.grown(place.sequence(), tokens, to);
            done = to;
            if (done < known) continue;
            if (known < tokens.length) tokens[known] = next;
            known++;
        }
        cache.leave(place.sequence(), tokens, tokens.length);
        return tokens;
    }

    private int compute(int sequence, int[] tokens, int from, int to) {
        assertThat(cache.makeRoom(to - from)).isTrue();
        TokenBatch batch = context.batch();
        batch.clear();
        for (int i = from; i < to; i++) batch.add(tokens[i], i, sequence, i == to - 1);
        assertThat(context.decode()).isEqualTo(Context.DONE);
        return highest(Logits.of(context, to - from - 1, model.vocabulary()));
    }

    private static int highest(MemorySegment logits) {
        int best = 0;
        for (int i = 1; i < logits.byteSize() / Float.BYTES; i++) {
            float logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            if (logit > logits.getAtIndex(ValueLayout.JAVA_FLOAT, best)) best = i;
        }
        return best;
    }

    @Override
    public void close() {
        cache.close();
        context.close();
        model.close();
    }
}
