package dev.paddock.runner.speculate;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeChain;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Offload;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * A small model that guesses for a large one, with a context of its own for as many sequences as the large one runs. It
 * computes with the threads of the large one's context, so only the thread that decodes may use it. Closed before that
 * context.
 */
public final class DraftModel implements AutoCloseable {
    /** Tokens of a prompt computed at a time; between them the large model goes on. */
    static final int CHUNK = 256;

    private static final int NOT_YET = -1;
    private static final int[] NONE = {};

    private final Model model;
    private final Context context;
    private final NativeChain greedy;
    private final ArrayDeque<Integer> freeSlots = new ArrayDeque<>();
    /** What each slot has computed, in its first {@code computed} places. */
    private final int[][] tokens;

    private final int[] computed;

    private DraftModel(Model model, Context context) {
        this.model = model;
        this.context = context;
        greedy = new NativeChain(model.vocabulary());
        greedy.greedy();
        int slots = context.order().sequences();
        tokens = new int[slots][0];
        computed = new int[slots];
        for (int slot = 0; slot < slots; slot++) freeSlots.add(slot);
    }

    /**
     * Loads it.
     *
     * @param offload what of it goes to devices beside the CPU
     * @throws LlamaException when it cannot be loaded or does not guess for this model, with words that go on after its
     *     name
     */
    public static DraftModel load(
            Path file, Offload offload, Model large, Context largeContext, NativeLog log, Model.LoadListener listener) {
        if (!large.rewinds()) throw refused("the model itself cannot take wrong guesses back");
        Model model;
        try {
            model = Model.load(file, offload, log, listener);
        } catch (LlamaException e) {
            throw new LlamaException(e.code(), "it cannot be loaded: " + e.getMessage());
        }
        try {
            check(model, large);
            return new DraftModel(model, new Context(model, largeContext, size(model, largeContext.order()), log));
        } catch (LlamaException e) {
            model.close();
            throw e;
        }
    }

    /** @throws LlamaException when it does not guess for this model, with words that go on after its name */
    public static void check(Model model, Model large) {
        if (!large.rewinds()) throw refused("the model itself cannot take wrong guesses back");
        String difference = large.vocabulary().difference(model.vocabulary());
        if (!difference.isEmpty()) {
            throw refused("it must have the same tokens as the model, but " + difference);
        }
        if (!model.rewinds()) throw refused("its context cannot take wrong guesses back");
    }

    private static LlamaException refused(String why) {
        return new LlamaException(Fault.LOAD_FAILED, why);
    }

    /** How large its context is beside one of that size. */
    public static Context.Order size(Model model, Context.Order large) {
        int length = Math.min(large.length(), model.trainedContext());
        int batch = Math.max(CHUNK, large.parallel());
        return new Context.Order(length, batch, batch, large.parallel(), large.threads());
    }

    /** A place for a sequence; -1 when all are taken. */
    int take() {
        return freeSlots.isEmpty() ? NOT_YET : freeSlots.pop();
    }

    /** Gives a place back. */
    void give(int slot) {
        forget(slot, 0);
        tokens[slot] = NONE;
        freeSlots.push(slot);
    }

    /** How many tokens can be guessed after so many. */
    int room(int length) {
        return Math.max(0, context.order().length() - length);
    }

    /**
     * Computes what is new of a sequence, at most {@link #CHUNK} tokens of it.
     *
     * @return whether only a few tokens are left, so that guessing can begin
     */
    boolean catchUp(int slot, int[] sequence, int length) {
        keepCommon(slot, sequence, length);
        int missing = length - computed[slot];
        if (missing <= CHUNK) return true;
        compute(slot, sequence, computed[slot] + CHUNK, false);
        return false;
    }

    /** The likeliest continuation; {@link #catchUp} said yes and there is {@link #room}. */
    int[] guess(int slot, int[] sequence, int length, int count) {
        int[] guess = new int[count];
        int index = compute(slot, sequence, length, true);
        for (int i = 0; i < count; i++) {
            if (index == NOT_YET) return Arrays.copyOf(guess, i);
            guess[i] = greedy.sample(context, index);
            if (i + 1 < count) index = computeOne(slot, guess[i]);
        }
        return guess;
    }

    /** Forgets what came otherwise than guessed; the last token is computed again when it is all there. */
    private void keepCommon(int slot, int[] sequence, int length) {
        int known = Math.min(computed[slot], length - 1);
        int mismatch = Arrays.mismatch(tokens[slot], 0, known, sequence, 0, known);
        int common = mismatch < 0 ? known : mismatch;
        if (common < computed[slot]) forget(slot, common);
    }

    private void forget(int slot, int from) {
        computed[slot] = context.forget(slot, from) ? from : 0;
        if (computed[slot] < from) context.forget(slot, 0);
    }

    /** Computes the sequence up to a place; the index to sample from, or -1 when that failed or is not asked. */
    private int compute(int slot, int[] sequence, int to, boolean output) {
        context.batch().clear();
        int index = NOT_YET;
        for (int i = computed[slot]; i < to; i++) index = add(slot, sequence[i], i, output && i == to - 1);
        return decoded(slot, to) && output ? index : NOT_YET;
    }

    private int computeOne(int slot, int token) {
        context.batch().clear();
        int index = add(slot, token, computed[slot], true);
        return decoded(slot, computed[slot] + 1) ? index : NOT_YET;
    }

    private int add(int slot, int token, int position, boolean output) {
        if (position == tokens[slot].length) {
            tokens[slot] = Arrays.copyOf(tokens[slot], position + position / 2 + CHUNK);
        }
        tokens[slot][position] = token;
        return context.batch().add(token, position, slot, output);
    }

    private boolean decoded(int slot, int end) {
        boolean done = context.decode() == Context.DONE;
        if (done) computed[slot] = end;
        else forget(slot, 0); // guesses are not worth finding out what is left
        return done;
    }

    @Override
    public void close() {
        greedy.close();
        context.close();
        model.close();
    }
}
