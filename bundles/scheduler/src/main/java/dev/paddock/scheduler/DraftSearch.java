package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the weights of draft models; one that is not found or cannot guess is left out, with the reason. */
final class DraftSearch {
    private final Supplier<Optional<ModelStore>> store;

    DraftSearch(Supplier<Optional<ModelStore>> store) {
        this.store = store;
    }

    /** The order with what was found of the draft model that it names. Reads the store. */
    LoadOrder completed(LoadOrder order) {
        var wanted = order.draft();
        return wanted.wanted() ? order.with(found(wanted)) : order;
    }

    private LoadOrder.Draft found(LoadOrder.Draft wanted) {
        var models = store.get();
        if (models.isEmpty()) return wanted.refused("no model store is running");
        try {
            return models.get()
                    .find(ModelName.parse(wanted.model()))
                    .map(model -> usable(wanted, model))
                    .orElseGet(() -> wanted.refused("it is not installed"));
        } catch (PaddockException e) {
            return wanted.refused(e.getMessage());
        }
    }

    private static LoadOrder.Draft usable(LoadOrder.Draft wanted, StoredModel model) {
        if (!model.damage().isEmpty()) return wanted.refused("it is damaged: " + model.damage());
        if (!model.capabilities().contains(Capability.COMPLETION)) return wanted.refused("it does not generate text");
        if (!model.adapters().isEmpty()) return wanted.refused("it has an adapter; name the model without it");
        return wanted.found(model.weights());
    }
}
