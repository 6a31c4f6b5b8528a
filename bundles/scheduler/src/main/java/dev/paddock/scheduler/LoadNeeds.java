package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a request wants its model to be loaded. What it leaves open is satisfied by any runner.
 *
 * @param context tokens of context, at most what the model was trained for
 * @param batch most tokens in one decode call
 * @param gpuLayers layers on the GPU; -1 = as many as fit, whatever the setting says
 * @param threads compute threads
 */
record LoadNeeds(OptionalInt context, OptionalInt batch, OptionalInt gpuLayers, OptionalInt threads) {
    private static final int ALL_LAYERS = -1;
    /** A context that holds less cannot hold a question and an answer. */
    private static final int LEAST_CONTEXT = 8;
    /** What a window is at least, where the memory is there. */
    private static final int LEAST_WINDOW = 4096;

    private static final int SMALLEST_RUNG = 2048;
    private static final int LARGEST_RUNG = 262_144;

    /** The runner takes no more. */
    private static final int MOST_THREADS = 512;

    /**
     * What the options ask for. Zero leaves a size open. What no runner can give is refused here, before a model is
     * unloaded for it.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for a size that makes no sense
     */
    static LoadNeeds of(StoredModel model, Options options) {
        var context = size(options, Option.NUM_CTX);
        var threads = size(options, Option.NUM_THREAD);
        if (context.orElse(LEAST_CONTEXT) < LEAST_CONTEXT) {
            throw out(Option.NUM_CTX, context.getAsInt(), LEAST_CONTEXT + " or more, or 0 for the default");
        }
        if (threads.orElse(1) > MOST_THREADS) {
            throw out(Option.NUM_THREAD, threads.getAsInt(), MOST_THREADS + " or less");
        }
        int trained = trained(model);
        if (trained > 0 && context.isPresent()) context = OptionalInt.of(Math.min(context.getAsInt(), trained));
        return new LoadNeeds(context, size(options, Option.NUM_BATCH), gpuLayers(options), threads);
    }

    /** What made a runner what it is: nothing is left open but what was. */
    static LoadNeeds asLoaded(LoadOrder order, OptionalInt askedLayers) {
        return new LoadNeeds(
                OptionalInt.of(order.contextLength()), OptionalInt.empty(), askedLayers, OptionalInt.empty());
    }

    private static OptionalInt size(Options options, Option option) {
        int value = options.integer(option, 0);
        if (value < 0) throw out(option, value, "0 or more");
        return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static OptionalInt gpuLayers(Options options) {
        if (!options.values().containsKey(Option.NUM_GPU)) return OptionalInt.empty();
        int value = options.integer(Option.NUM_GPU, ALL_LAYERS);
        if (value < ALL_LAYERS) throw out(Option.NUM_GPU, value, ALL_LAYERS + " or more");
        return OptionalInt.of(value);
    }

    private static PaddockException out(Option option, int value, String allowed) {
        return new PaddockException(
                Fault.INVALID_REQUEST, "option \"" + option.key() + "\" is " + value + "; it must be " + allowed);
    }

    private static int trained(StoredModel model) {
        return (int) Math.min(model.details().contextLength(), Integer.MAX_VALUE);
    }

    /** The order that loads the model so, on the CPU; the rules decide what is left open. */
    LoadOrder order(StoredModel model, Rules rules, int window) {
        boolean named = context.isPresent() || rules.sizes().contextLength() > 0;
        return new LoadOrder(
                model.name().display(),
                model.weights(),
                model.weightsDigest().toString(),
                window,
                batch.orElse(0),
                rules.sizes().parallel(),
                threads.orElse(rules.sizes().threads()),
                named ? window : Math.min(LEAST_WINDOW, window),
                Long.MAX_VALUE,
                Placement.CPU,
                draft(model, rules));
    }

    private static LoadOrder.Draft draft(StoredModel model, Rules rules) {
        var name = rules.sizes().drafts().of(model.name());
        return name.map(draft -> LoadOrder.Draft.of(draft.display())).orElse(LoadOrder.Draft.NONE);
    }

    /** The windows to choose from, the largest first; a single one when the request or the rules name it. */
    List<Integer> windows(StoredModel model, Rules rules) {
        int trained = trained(model);
        int most = trained > 0 ? trained : Integer.MAX_VALUE;
        var named = wantedWindow(rules);
        if (named > 0) return List.of(Math.min(named, most));
        int limit = rules.sizes().contextLimit();
        int top = Math.min(most, limit > 0 ? limit : Integer.MAX_VALUE);
        if (top == Integer.MAX_VALUE) top = LEAST_WINDOW;
        List<Integer> windows = new ArrayList<>(List.of(top));
        for (int rung = LARGEST_RUNG; rung >= SMALLEST_RUNG; rung /= 2) if (rung < top) windows.add(rung);
        return windows;
    }

    /** The window that the request or else the rules name; 0 = neither does. */
    int wantedWindow(Rules rules) {
        return context.orElse(rules.sizes().contextLength());
    }

    /** The layers for a GPU: what the request says, else what the rules say. */
    Offload offload(Rules rules) {
        var setting = rules.placing().offload();
        if (gpuLayers.isEmpty()) return setting;
        int layers = gpuLayers.getAsInt();
        var mode = layers == 0 ? Mode.NONE : layers == ALL_LAYERS ? Mode.AUTO : Mode.EXACTLY;
        return new Offload(mode, Math.max(0, layers), setting.gpuRequired());
    }

    /** Whether a runner that was loaded so will do; facts once it is ready. */
    boolean satisfiedBy(LoadOrder loaded, OptionalInt askedLayers, Optional<RunnerFacts> facts) {
        return same(context, loaded.contextLength(), facts.map(RunnerFacts::contextLength))
                && same(batch, loaded.batch(), facts.map(RunnerFacts::batch))
                && same(threads, loaded.threads(), facts.map(RunnerFacts::threads))
                && sameLayers(loaded.placement().gpuLayers(), askedLayers);
    }

    private static boolean same(OptionalInt wanted, int ordered, Optional<Integer> inEffect) {
        return wanted.isEmpty()
                || wanted.getAsInt() == ordered
                || inEffect.filter(value -> value == wanted.getAsInt()).isPresent();
    }

    /** A number above what the model has is as good as that, so what was asked counts too. */
    private boolean sameLayers(int ordered, OptionalInt asked) {
        return gpuLayers.isEmpty()
                || gpuLayers.getAsInt() == ALL_LAYERS
                || gpuLayers.getAsInt() == ordered
                || gpuLayers.equals(asked);
    }
}
