package dev.paddock.inference;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AdapterChoice;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the adapter files that an answer is computed with; those that a request names are other models' of one base. */
record AdapterSets(ModelStore store) {
    /**
     * The request's choice, or the model's own adapters as trained when it makes none. A scale of 0 changes nothing, so
     * such an adapter is left out: then the answer shares batches and computed prompts with those that have none.
     *
     * @throws PaddockException with {@link Fault#MODEL_NOT_FOUND} for a name that is not installed, {@link
     *     Fault#INVALID_REQUEST} for what cannot be used
     */
    List<Adapter> of(StoredModel model, AnswerForm form) {
        if (form.adapters().isEmpty()) {
            return model.adapters().stream().map(file -> new Adapter(file, 1)).toList();
        }
        List<Adapter> set = new ArrayList<>();
        Set<Path> named = new HashSet<>();
        int at = 0;
        for (var choice : form.adapters().get()) {
            String field = "adapters[" + at++ + "]";
            float scale = scale(choice, field);
            for (Path file : files(choice, model, field)) {
                if (!named.add(file)) {
                    throw invalid(field + ": the adapter of '" + choice.model() + "' is named twice; name it once, with"
                            + " the sum of the scales");
                }
                if (scale != 0) set.add(new Adapter(file, scale));
            }
        }
        if (named.size() > GenerationOrder.MOST_ADAPTERS) {
            throw invalid("adapters: the models named have " + named.size() + " adapters; at most "
                    + GenerationOrder.MOST_ADAPTERS + " can be used at once");
        }
        return set;
    }

    private static float scale(AdapterChoice choice, String field) {
        double most = AdapterChoice.STRONGEST;
        if (!(Math.abs(choice.scale()) <= most)) { // NaN too
            throw invalid(field + ".scale is " + choice.scale() + "; allowed are -" + (int) most + " to " + (int) most);
        }
        return (float) choice.scale();
    }

    private List<Path> files(AdapterChoice choice, StoredModel model, String field) {
        String name = choice.model();
        var owner = store.find(ModelName.parse(name))
                .orElseThrow(() ->
                        new PaddockException(Fault.MODEL_NOT_FOUND, field + ".model: model '" + name + "' not found"));
        Models.requireSound(owner);
        if (owner.adapters().isEmpty()) {
            throw invalid(field + ".model: '" + name + "' has no adapter; name a model that was made with one");
        }
        if (!owner.weightsDigest().equals(model.weightsDigest())) {
            throw invalid(field + ".model: the adapter of '" + name + "' was made for other weights than those of "
                    + model.name().display() + "; name a model of the same base");
        }
        return owner.adapters();
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
