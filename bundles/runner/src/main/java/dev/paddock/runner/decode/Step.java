package dev.paddock.runner.decode;

import dev.paddock.api.engine.Adapter;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.TokenBatch;
import dev.paddock.runner.speculate.Drafters;
import java.util.ArrayList;
import java.util.List;

/**
 * One batch: who puts what into it, and computing it. Decode thread only.
 *
 * <p>Filled by {@link #prepare}, computed by {@link #compute}; then each of {@link #members} has had its share.
 */
final class Step {
    private final Engine engine;
    private final BatchPlan plan;
    private final PromptSlice slice;
    private final Turns turns = new Turns();
    private final List<Sequence> members = new ArrayList<>();
    private final List<List<Adapter>> sets = new ArrayList<>();
    private final int[] pending;
    private final boolean[] generating;
    private final int[] shares;
    private int prompted;
    private long started;

    Step(Engine engine) {
        Context.Order order = engine.context().order();
        this.engine = engine;
        plan = new BatchPlan(order.batch(), order.microBatch());
        slice = new PromptSlice(order.microBatch());
        pending = new int[order.parallel()];
        generating = new boolean[order.parallel()];
        shares = new int[order.parallel()];
    }

    /** Those that may be in the batch; what each put in is its share. */
    List<Sequence> members() {
        return members;
    }

    /** Prompt tokens in the batch. */
    int prompted() {
        return prompted;
    }

    /** Chooses what goes in and fills the batch. */
    void prepare(List<Sequence> running) {
        choose(running);
        int count = members.size();
        int streams = 0;
        for (int i = 0; i < count; i++) {
            generating[i] = members.get(i).generating();
            streams += generating[i] ? 1 : 0;
        }
        guess(count, streams);
        started = System.nanoTime(); // drafters count for themselves what guessing costs
        for (int i = 0; i < count; i++) pending[i] = members.get(i).wanted();
        prompted = plan.share(pending, generating, count, streams > 0 ? slice.tokens() : slice.alone(), shares);
        stopAtCheckpoints(count);
        fill(count);
    }

    /** Those that have a place and the adapters whose turn it is. */
    private void choose(List<Sequence> running) {
        members.clear();
        sets.clear();
        boolean same = true;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            if (sequence.place() == Sequence.NOWHERE) continue;
            members.add(sequence);
            sets.add(sequence.adapters());
            same &= sets.getFirst().equals(sequence.adapters());
        }
        if (members.isEmpty()) throw new IllegalStateException("all sequences wait for each other");
        List<Adapter> set = same ? sets.getFirst() : turns.next(sets);
        if (!same) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (!members.get(i).adapters().equals(set)) members.remove(i);
            }
        }
        engine.adapters().use(set);
    }

    /** Guesses take outputs that nobody else needs, and leave each prompt a place. */
    private void guess(int count, int streams) {
        if (streams == 0) return;
        Context.Order order = engine.context().order();
        Drafters drafters = engine.drafters();
        drafters.busy(streams);
        int each = (Math.min(order.outputs(), order.batch()) - count) / streams;
        for (int i = 0; i < count; i++) {
            if (generating[i]) members.get(i).guess(each);
        }
    }

    /** A prompt pauses where its model's state is to be kept: some models can go on from nowhere else. */
    private void stopAtCheckpoints(int count) {
        for (int i = 0; i < count; i++) {
            if (generating[i] || shares[i] == 0) continue;
            Sequence sequence = members.get(i);
            int from = sequence.track().computed();
            int share = engine.cache().stop(sequence.place(), from, from + shares[i]) - from;
            prompted -= shares[i] - share;
            shares[i] = share;
        }
    }

    private void fill(int count) {
        TokenBatch batch = engine.context().batch();
        batch.clear();
        for (int i = 0; i < count; i++) {
            if (generating[i]) members.get(i).fill(batch, shares[i]);
        }
        for (int i = 0; i < count; i++) {
            if (!generating[i]) members.get(i).fill(batch, shares[i]);
        }
    }

    /**
     * A prompt's share is long, and so may be one token of a huge model that runs alone: worth breaking off. Not where
     * others would have to start over, because their model cannot forget what was computed of this batch.
     */
    void markAbortable() {
        int count = members.size();
        boolean rewinds = engine.model().rewinds();
        for (int i = 0; i < count; i++) {
            members.get(i).request().abortable(count == 1 || (rewinds && shares[i] > 1));
        }
    }

    void unmarkAbortable() {
        for (int i = 0; i < members.size(); i++) members.get(i).request().abortable(false);
    }

    /** Computes the batch; as {@link Context#decode}. */
    int compute() {
        return engine.context().decode();
    }

    /** All its tokens are read: what the step took is a measure for the next ones. */
    void finished() {
        long nanos = System.nanoTime() - started;
        if (prompted > 0) {
            slice.measured(prompted, nanos);
        } else {
            engine.drafters().took(engine.context().batch().size(), nanos);
        }
    }
}
