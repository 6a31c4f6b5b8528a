package dev.paddock.modelfile;

import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.MetadataValue;
import java.util.List;

/** Encoders of pictures and sounds: those from before they told their kind are made to tell it. */
final class Projectors {
    private static final List<String> KINDS =
            List.of("clip.projector_type", "clip.vision.projector_type", "clip.audio.projector_type");
    /** What they all were then. */
    private static final String OLD_KIND = "mlp";
    /** What a header grows by at most. */
    private static final long MORE = 1 << 20;

    private Projectors() {}

    /** The file, or a copy with what it lacks. */
    static Piece told(Piece projector, Workshop workshop, Steps steps) {
        GgufFile header = workshop.gate().header(projector);
        boolean tells = KINDS.stream().anyMatch(header.metadata()::containsKey);
        if (!header.architecture().equals("clip") || tells) return projector;
        steps.say("updating GGUF projector metadata");
        GgufEdit edit = new GgufEdit.Builder()
                .put(KINDS.getFirst(), MetadataValue.text(OLD_KIND))
                .build();
        return workshop.made(
                MediaType.PROJECTOR,
                projector.source(),
                projector.size() + MORE,
                target -> GgufCopy.write(projector.file(), edit, target));
    }
}
