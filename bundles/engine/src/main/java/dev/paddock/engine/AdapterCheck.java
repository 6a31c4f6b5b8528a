package dev.paddock.engine;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.GgufLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Native code sees an adapter only after its header was found sound, which is done once for each state of a file. */
final class AdapterCheck {
    private static final int MOST_REMEMBERED = 256;
    /** Beyond that an adapter is a mistake; llama.cpp multiplies by it. */
    private static final float MOST_SCALE = 1e3f;

    private final GgufGate gate;
    private final SoundFiles sound = new SoundFiles(MOST_REMEMBERED);

    AdapterCheck() {
        this(GgufGate.of(GgufLimits.DEFAULTS));
    }

    AdapterCheck(GgufGate gate) {
        this.gate = gate;
    }

    /**
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for one that cannot be used, or when there are too many
     */
    void check(List<Adapter> adapters) {
        if (adapters.size() > GenerationOrder.MOST_ADAPTERS) {
            throw invalid(
                    adapters.size() + " adapters at once; at most " + GenerationOrder.MOST_ADAPTERS + " are allowed",
                    null);
        }
        for (Adapter adapter : adapters) {
            if (!(Math.abs(adapter.scale()) <= MOST_SCALE)) { // NaN too
                throw invalid(
                        "the scale of the adapter " + adapter.file().getFileName() + " is " + adapter.scale()
                                + "; allowed are -1000 to 1000",
                        null);
            }
            check(adapter.file());
        }
    }

    private void check(Path file) {
        try {
            SoundFiles.State state = SoundFiles.state(file);
            if (sound.knows(file, state)) return;
            if (!state.plain()) throw invalid(named(file) + " is no file", null);
            var header = gate.read(file, 0);
            if (!header.text("general.type").orElse("").equals("adapter")) {
                throw invalid(named(file) + " is not an adapter: its general.type is not adapter", null);
            }
            sound.remember(file, state);
        } catch (GgufException e) {
            throw invalid(named(file) + " is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw invalid(named(file) + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private static String named(Path file) {
        return "the adapter " + file.getFileName();
    }

    private static PaddockException invalid(String message, Exception cause) {
        return new PaddockException(Fault.INVALID_REQUEST, message, cause);
    }
}
