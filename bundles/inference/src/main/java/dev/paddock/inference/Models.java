package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import java.util.Set;

/** Finds a model by the name a client wrote and checks that it can do what is asked; messages are Ollama's. */
record Models(ModelStore store) {
    /** The model to answer with. */
    StoredModel resolve(String name, Asker asker) {
        var model = find(name, asker);
        requireSound(model);
        return model;
    }

    /** The model of that name, sound or not, if whoever asks may use it. */
    StoredModel find(String name, Asker asker) {
        var asked = ModelName.parse(name);
        asker.identity().requireModel(asked);
        return store.find(asked)
                .orElseThrow(() -> new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name + "' not found"));
    }

    /** @throws PaddockException with {@link Fault#MODEL_DAMAGED} and what to do */
    static void requireSound(StoredModel model) {
        if (model.damage().isEmpty()) return;
        throw new PaddockException(
                Fault.MODEL_DAMAGED,
                "model '" + model.name().display() + "' is damaged: " + model.damage()
                        + "; pull it or create it again");
    }

    /** @param activity Ollama's word for the request: {@code chat} or {@code generate} */
    static void requireText(StoredModel model, String asked, String activity) {
        if (!model.capabilities().contains(Capability.COMPLETION)) {
            throw unsupported("\"" + asked + "\" does not support " + activity);
        }
    }

    /** @param can what the model can do as it is prompted */
    static void requireTools(StoredModel model, Set<Capability> can) {
        if (!can.contains(Capability.TOOLS)) {
            throw unsupported(model.name().full() + " does not support tools");
        }
    }

    static PaddockException noInsert(StoredModel model) {
        return unsupported(model.name().full() + " does not support insert");
    }

    /** @param can what the model can do as it is prompted */
    static void requireThinking(Set<Capability> can, String asked, Think think) {
        if (think.wanted() && !can.contains(Capability.THINKING)) {
            throw unsupported("\"" + asked + "\" does not support thinking");
        }
    }

    /** Models made for text give vectors too. */
    static void requireVectors(StoredModel model, String asked) {
        var can = model.capabilities();
        if (!can.contains(Capability.EMBEDDING) && !can.contains(Capability.COMPLETION)) {
            throw unsupported(asked, "embeddings");
        }
        requirePlain(model, asked, "embeddings");
    }

    /** Whether its vectors are scores is known only when it is loaded. */
    static void requireRanking(StoredModel model, String asked) {
        if (!model.capabilities().contains(Capability.EMBEDDING)) throw unsupported(asked, "reranking");
        requirePlain(model, asked, "reranking");
    }

    /** The engine computes vectors without adapters: they would be another model's. */
    private static void requirePlain(StoredModel model, String asked, String what) {
        if (!model.adapters().isEmpty()) throw unsupported(asked, what + " with its adapter; use the base model");
    }

    static PaddockException unsupported(String asked, String what) {
        return unsupported("\"" + asked + "\" does not support " + what);
    }

    private static PaddockException unsupported(String message) {
        return new PaddockException(Fault.UNSUPPORTED, message);
    }
}
