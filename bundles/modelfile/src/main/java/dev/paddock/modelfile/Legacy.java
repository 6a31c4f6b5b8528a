package dev.paddock.modelfile;

import dev.paddock.api.model.Progress;
import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.model.LegacyLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Models in layouts that only Ollama reads: those that other names and metadata make readable are rewritten. */
final class Legacy {
    /** What a header grows by at most. */
    private static final long MORE = 128L << 20;

    private Legacy() {}

    /**
     * The file, or a copy that llama.cpp reads.
     *
     * @throws dev.paddock.api.fault.PaddockException naming the layout when its weights would have to change
     */
    static Piece readable(Piece model, Workshop workshop, Steps steps) {
        Optional<LegacyLayout> layout = layout(model, workshop);
        return layout.isEmpty() ? model : rewritten(model, layout.get(), workshop, steps);
    }

    /** The same for a parent's weights, which stay as they are unless that makes them readable. */
    static Piece derived(Piece parent, Workshop workshop, Steps steps) {
        Optional<LegacyLayout> layout = layout(parent, workshop)
                .filter(LegacyLayout::refused)
                .filter(known -> known.edit().isPresent());
        return layout.isEmpty() ? parent : rewritten(parent, layout.get(), workshop, steps);
    }

    private static Optional<LegacyLayout> layout(Piece model, Workshop workshop) {
        return LegacyLayout.of(workshop.gate().whole(model));
    }

    private static Piece rewritten(Piece model, LegacyLayout layout, Workshop workshop, Steps steps) {
        GgufEdit edit = layout.edit()
                .orElseThrow(() -> Faults.invalid(model.source() + " cannot be used: it " + layout.advice()));
        steps.say("rewriting the metadata of Ollama's older layout for " + layout.name());
        if (!layout.leftOut().isEmpty()) {
            steps.tell(Progress.step("note: " + model.source() + " loses " + layout.leftOut()));
        }
        return workshop.made(
                model.mediaType(), model.source(), model.size() + MORE, target -> copy(model, edit, target));
    }

    /** A file may have both the old name of something and the new one. */
    private static void copy(Piece model, GgufEdit edit, Path target) throws IOException {
        try {
            GgufCopy.write(model.file(), edit, target);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid(model.source() + " cannot be rewritten: " + e.getMessage(), e);
        }
    }
}
