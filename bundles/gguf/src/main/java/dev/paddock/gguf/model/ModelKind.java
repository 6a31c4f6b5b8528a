package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufFile;
import java.util.Set;

/** What a GGUF file is to a model, as Ollama tells them apart when it creates one. */
public enum ModelKind {
    /** Weights that can be loaded by themselves. */
    MODEL,
    /** A LoRA adapter. */
    ADAPTER,
    /** An encoder of pictures or sounds that stands before a model. */
    PROJECTOR;

    private static final Set<String> PROJECTORS = Set.of("mmproj", "projector");
    private static final Set<String> ENCODERS = Set.of(
            "clip.has_vision_encoder", "clip.has_audio_encoder", "clip.has_text_encoder", "clip.has_llava_projector");

    /** Judges a header; arrays need not have been read. What looks like nothing else is a model. */
    public static ModelKind of(GgufFile file) {
        String type = file.text("general.type").orElse("");
        if (type.equals("adapter")) return ADAPTER;
        if (PROJECTORS.contains(type)) return PROJECTOR;
        boolean clip = file.architecture().equals("clip");
        if (clip
                && ENCODERS.stream()
                        .anyMatch(key -> Boolean.TRUE.equals(file.metadata().get(key)))) return PROJECTOR;
        return clip || seesOnly(file) ? PROJECTOR : MODEL;
    }

    /** Whether all its tensors are those of an encoder of pictures or of what leads from there to a model. */
    private static boolean seesOnly(GgufFile file) {
        return !file.tensors().isEmpty()
                && file.tensors().stream()
                        .map(tensor -> tensor.name())
                        .allMatch(name -> name.startsWith("v.") || name.startsWith("mm."));
    }
}
