package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.ModelReference;

/** Ollama's cloud, of which nothing is here. Who asks for something of it hears so in the words that clients look for. */
final class Cloud {
    private static final String MODEL = "remote model is unavailable";
    private static final String DETAILS = "remote model details are unavailable";

    private Cloud() {}

    /** Answered with 403, as Ollama does when its cloud is switched off. */
    static final class Refusal extends PaddockException {
        private static final long serialVersionUID = 1L;

        /** @param what cannot be had, and why */
        Refusal(String what) {
            super(Fault.UNSUPPORTED, "ollama cloud is disabled: " + what);
        }
    }

    /**
     * A model to be used.
     *
     * @throws PaddockException for a name that is none; a {@link Refusal} for one of a cloud model
     */
    static ModelReference local(String asked) {
        return local(asked, MODEL);
    }

    /** {@link #local(String)} for a model that is only to be shown. */
    static ModelReference shown(String asked) {
        return local(asked, DETAILS);
    }

    /** Refuses the name of a cloud model; any other text passes. */
    static void refuse(String asked) {
        try {
            local(asked);
        } catch (PaddockException e) {
            if (e instanceof Refusal) throw e;
        }
    }

    private static ModelReference local(String asked, String unavailable) {
        try {
            return ModelReference.parse(asked);
        } catch (PaddockException e) {
            throw e.fault() == Fault.UNSUPPORTED ? new Refusal(unavailable + "; " + e.getMessage()) : e;
        }
    }
}
