package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufFile;
import java.util.Optional;

/**
 * A layout of earlier Ollama files that llama.cpp as it is does not read, or reads wrongly. Ollama changes such files
 * while it loads them; here they are named, and where names and metadata are all that differs, changed once.
 *
 * @param name of the layout, for example {@code gemma3}
 * @param refused whether llama.cpp refuses such a file; otherwise it loads, but answers worse than it could
 * @param edit what {@link dev.paddock.gguf.GgufCopy} changes to make it readable; empty when weights would have to change
 * @param leftOut what the changed file lacks, in words, like its image encoder; empty text = nothing
 */
public record LegacyLayout(String name, boolean refused, Optional<GgufEdit> edit, String leftOut) {
    /**
     * Recognises a file by names in its header.
     *
     * @param file read with all its arrays
     * @return empty for a file that is in no such layout
     */
    public static Optional<LegacyLayout> of(GgufFile file) {
        return LegacyRules.of(file).or(() -> LegacyRenames.of(file));
    }

    /** What the owner of the file is told when it was to be loaded as it is, in words that go on after "it". */
    public String advice() {
        String what = "is in an older layout of Ollama's for " + name + ", which llama.cpp does not read; ";
        return edit.isPresent()
                ? what + "create the model again from this file, which rewrites it"
                : what + "get the model again as a GGUF file made by llama.cpp's own converter";
    }
}
