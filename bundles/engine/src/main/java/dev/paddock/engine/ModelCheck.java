package dev.paddock.engine;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Native code sees a model file only after its header was found sound in Java. */
final class ModelCheck {
    private ModelCheck() {}

    /**
     * Looks at the weights, and at the draft model's: these cost the model nothing but its draft.
     *
     * @return the order, without a draft model that is not sound
     * @throws PaddockException with {@link Fault#MODEL_DAMAGED} when the file is missing, unreadable or not sound GGUF
     */
    static LoadOrder checked(LoadOrder order) {
        String wrong = wrong(order.weights());
        if (!wrong.isEmpty()) {
            throw new PaddockException(
                    Fault.MODEL_DAMAGED,
                    "the file " + order.weights().getFileName() + " of " + order.model() + " cannot be used: " + wrong
                            + "; create or pull the model again");
        }
        String draft = order.draft().weights().map(ModelCheck::wrong).orElse("");
        return draft.isEmpty() ? order : order.with(order.draft().refused("its file cannot be used: " + draft));
    }

    /** How many layers a model has by its header, the output layer counted; 0 = it does not tell. */
    static int layers(Path weights) {
        try {
            long blocks =
                    GgufFile.read(weights, 0).architectureInteger("block_count").orElse(-1);
            return Math.clamp(blocks + 1, 0, Integer.MAX_VALUE);
        } catch (IOException e) {
            return 0;
        }
    }

    /** What is wrong with a file; empty = nothing. */
    private static String wrong(Path weights) {
        try {
            var file = GgufFile.read(weights, 0);
            return file.architecture().isEmpty() ? "it does not name its architecture" : "";
        } catch (NoSuchFileException e) {
            return "it is not there";
        } catch (GgufException e) {
            return e.getMessage();
        } catch (IOException e) {
            return "it cannot be read: " + e;
        }
    }
}
