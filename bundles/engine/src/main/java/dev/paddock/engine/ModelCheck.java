package dev.paddock.engine;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.model.LegacyLayout;
import dev.paddock.gguf.model.ModelSanity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Native code sees a model file only after its header was found sound in Java, and what it says such that llama.cpp does
 * not end its process over it. Done once for each state of a file.
 */
final class ModelCheck {
    private static final int MOST_REMEMBERED = 256;

    private final GgufGate gate;
    private final SoundFiles sound = new SoundFiles(MOST_REMEMBERED);

    ModelCheck(GgufGate gate) {
        this.gate = gate;
    }

    /**
     * Looks at the weights, and at the draft model's: these cost the model nothing but its draft.
     *
     * @return the order, without a draft model that is not sound
     * @throws PaddockException with {@link Fault#MODEL_DAMAGED} when the file is missing, unreadable or not sound GGUF
     */
    LoadOrder checked(LoadOrder order) {
        String wrong = wrong(order.weights());
        if (!wrong.isEmpty()) {
            throw new PaddockException(
                    Fault.MODEL_DAMAGED,
                    "the file " + order.weights().getFileName() + " of " + order.model() + " cannot be used: " + wrong);
        }
        String draft = order.draft().weights().map(this::wrong).orElse("");
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

    /** What is wrong with a file, and what to do; empty = nothing. */
    private String wrong(Path weights) {
        try {
            SoundFiles.State state = SoundFiles.state(weights);
            if (sound.knows(weights, state)) return "";
            String wrong = wrong(gate.read(weights));
            if (wrong.isEmpty()) sound.remember(weights, state);
            return wrong;
        } catch (NoSuchFileException e) {
            return "it is not there; create or pull the model again";
        } catch (GgufException e) {
            return e.getMessage() + "; create or pull the model again";
        } catch (IOException e) {
            return "it cannot be read: " + e;
        }
    }

    private static String wrong(GgufFile file) {
        Optional<LegacyLayout> legacy = LegacyLayout.of(file).filter(LegacyLayout::refused);
        if (legacy.isPresent()) return "it " + legacy.get().advice();
        return ModelSanity.fault(file)
                .map(fault -> "it " + fault + "; get the model again, or make its file anew")
                .orElse("");
    }
}
