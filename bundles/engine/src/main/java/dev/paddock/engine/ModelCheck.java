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
     * @throws PaddockException with {@link Fault#MODEL_DAMAGED} when the file is missing, unreadable or not sound GGUF
     */
    static void check(LoadOrder order) {
        check(order, order.weights());
        order.draft().ifPresent(draft -> check(order, draft));
    }

    private static void check(LoadOrder order, Path weights) {
        try {
            var file = GgufFile.read(weights, 0);
            if (file.architecture().isEmpty()) throw damaged(order, weights, "it does not name its architecture", null);
        } catch (NoSuchFileException e) {
            throw damaged(order, weights, "it is not there", e);
        } catch (GgufException e) {
            throw damaged(order, weights, e.getMessage(), e);
        } catch (IOException e) {
            throw damaged(order, weights, "it cannot be read: " + e, e);
        }
    }

    private static PaddockException damaged(LoadOrder order, Path weights, String what, Exception cause) {
        return new PaddockException(
                Fault.MODEL_DAMAGED,
                "the file " + weights.getFileName() + " of " + order.model() + " cannot be used: " + what
                        + "; create or pull the model again",
                cause);
    }
}
