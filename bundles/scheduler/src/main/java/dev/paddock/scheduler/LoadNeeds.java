package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a request wants its model to be loaded. What it leaves open is satisfied by any runner.
 *
 * @param context tokens of context, at most what the model was trained for
 * @param batch most tokens in one decode call
 * @param gpuLayers layers on the GPU; -1 = all
 * @param threads compute threads
 */
record LoadNeeds(OptionalInt context, OptionalInt batch, OptionalInt gpuLayers, OptionalInt threads) {
    private static final int ALL_LAYERS = -1;
    /** A context that holds less cannot hold a question and an answer. */
    private static final int LEAST_CONTEXT = 8;
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

    private static OptionalInt size(Options options, Option option) {
        int value = options.integer(option, 0);
        if (value < 0) throw out(option, value, "0 or more");
        return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static OptionalInt gpuLayers(Options options) {
        int value = options.integer(Option.NUM_GPU, ALL_LAYERS);
        if (value < ALL_LAYERS) throw out(Option.NUM_GPU, value, ALL_LAYERS + " or more");
        return value == ALL_LAYERS ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static PaddockException out(Option option, int value, String allowed) {
        return new PaddockException(
                Fault.INVALID_REQUEST, "option \"" + option.key() + "\" is " + value + "; it must be " + allowed);
    }

    private static int trained(StoredModel model) {
        return (int) Math.min(model.details().contextLength(), Integer.MAX_VALUE);
    }

    /** The order that loads the model so; the policy decides what is left open. */
    LoadOrder order(StoredModel model, Policy policy) {
        return new LoadOrder(
                        model.name().display(),
                        model.weights(),
                        model.weightsDigest().toString(),
                        context.orElseGet(() -> defaultContext(trained(model), policy)),
                        batch.orElse(0),
                        policy.parallel(),
                        threads.orElse(policy.threads()))
                .with(draft(model, policy));
    }

    private static LoadOrder.Draft draft(StoredModel model, Policy policy) {
        var name = policy.drafts().of(model.name());
        return name.map(draft -> LoadOrder.Draft.of(draft.display())).orElse(LoadOrder.Draft.NONE);
    }

    private static int defaultContext(int trained, Policy policy) {
        int wanted = policy.contextLength() > 0 ? policy.contextLength() : policy.contextLimit();
        return trained > 0 ? Math.min(wanted, trained) : wanted;
    }

    /** Whether a runner that was loaded so will do; facts once it is ready. */
    boolean satisfiedBy(LoadOrder loaded, Optional<RunnerFacts> facts) {
        return same(context, loaded.contextLength(), facts.map(RunnerFacts::contextLength))
                && same(batch, loaded.batch(), facts.map(RunnerFacts::batch))
                && same(threads, loaded.threads(), facts.map(RunnerFacts::threads))
                && (sameLayers(loaded.placement().gpuLayers())
                        || facts.filter(f -> hasNoGpu(loaded, f)).isPresent());
    }

    private static boolean same(OptionalInt wanted, int ordered, Optional<Integer> inEffect) {
        return wanted.isEmpty()
                || wanted.getAsInt() == ordered
                || inEffect.filter(value -> value == wanted.getAsInt()).isPresent();
    }

    private boolean sameLayers(int ordered) {
        return gpuLayers.isEmpty() || gpuLayers.getAsInt() == ordered;
    }

    /** Layers were to go to a GPU and none did: on this machine their number makes no difference. */
    private static boolean hasNoGpu(LoadOrder loaded, RunnerFacts facts) {
        return loaded.placement().gpuLayers() != 0 && facts.gpuBytes() == 0;
    }
}
