package dev.paddock.engine;

import dev.paddock.api.engine.LoadOrder;
import java.util.Optional;

/** What is tried once when a model did not fit: fewer layers on the device, else less context, else fewer sequences. */
final class SmallerPlan {
    /** Where an order leaves the number to the runner, which takes at least four. */
    private static final int SEQUENCES_OF_ITS_OWN = 4;

    private SmallerPlan() {}

    /**
     * The one smaller plan.
     *
     * @param layers how many layers the model has, the output layer counted; 0 = nobody knows
     * @param answersRun answers go on with it, so that context and sequences must stay as they are
     * @return empty when there is none
     */
    static Optional<LoadOrder> of(LoadOrder order, int layers, boolean answersRun) {
        var placement = order.placement();
        int offloaded = placement.gpuLayers() < 0
                ? layers
                : Math.min(placement.gpuLayers(), layers > 0 ? layers : Integer.MAX_VALUE);
        if (placement.offloads() && offloaded > 0) {
            return Optional.of(order.on(placement.with((int) (offloaded * 3L / 4))));
        }
        if (answersRun) return Optional.empty();
        int half = order.contextLength() / 2;
        if (half > 0 && half >= order.leastContext()) return Optional.of(order.sized(half, order.parallel()));
        int sequences = order.parallel() == 0 ? SEQUENCES_OF_ITS_OWN : order.parallel();
        if (sequences > 1) return Optional.of(order.sized(order.contextLength(), sequences / 2));
        return Optional.empty();
    }

    /** What is smaller, in words. */
    static String words(LoadOrder before, LoadOrder after) {
        if (before.placement().gpuLayers() != after.placement().gpuLayers()) {
            int layers = before.placement().gpuLayers();
            return after.placement().gpuLayers() + " layers on "
                    + after.placement().compute() + " instead of " + (layers < 0 ? "all" : layers);
        }
        if (before.contextLength() != after.contextLength()) {
            return after.contextLength() + " tokens of context instead of " + before.contextLength();
        }
        return after.parallel() + " sequences at once instead of "
                + (before.parallel() == 0 ? "as many as fit" : before.parallel());
    }
}
