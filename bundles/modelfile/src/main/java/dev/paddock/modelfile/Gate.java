package dev.paddock.modelfile;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Looks at files before they become part of a model: what they are, and whether they can be used. Pure functions. */
final class Gate {
    private static final Set<String> PROJECTORS = Set.of("mmproj", "projector");
    private static final String MAGIC = "GGUF";
    /** Containers from before GGUF. */
    private static final Set<String> OLD = Set.of("lmgg", "tjgg", "fmgg", "algg");

    private Gate() {}

    /**
     * The header of a file, without its arrays.
     *
     * @throws PaddockException when it is not sound
     */
    static GgufFile header(Piece piece) {
        return header(piece.source(), piece.file());
    }

    /** {@link #header(Piece)} of a file by its name for people. */
    static GgufFile header(String name, Path file) {
        try {
            String magic = magic(file);
            if (OLD.contains(magic)) throw Faults.invalid("unsupported model format: " + name + " is older than GGUF");
            if (!magic.equals(MAGIC)) throw Faults.invalid("supplied file was not in GGUF format: " + name);
            return GgufFile.read(file, 0);
        } catch (IOException e) {
            throw Faults.invalid(name + " is not a sound GGUF file: " + e.getMessage(), e);
        }
    }

    /** Whether a file begins as GGUF does. */
    static boolean looksLikeGguf(Path file) {
        try {
            return magic(file).equals(MAGIC);
        } catch (IOException e) {
            throw Faults.invalid("an uploaded file cannot be read: " + e.getMessage(), e);
        }
    }

    private static String magic(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            return new String(content.readNBytes(MAGIC.length()), StandardCharsets.ISO_8859_1);
        }
    }

    /** The media type of a file by its metadata. */
    static String kind(GgufFile header) {
        String type = header.text("general.type").orElse("model");
        if (type.equals("adapter")) return MediaType.ADAPTER;
        boolean sees = PROJECTORS.contains(type) || header.architecture().equals("clip");
        return sees ? MediaType.PROJECTOR : MediaType.MODEL;
    }

    /** @throws PaddockException with what keeps a model from being used */
    static void check(Piece piece, GgufFile header) {
        String name = piece.source();
        if (header.architecture().isEmpty()) {
            throw Faults.invalid(name + " does not say its architecture (general.architecture)");
        }
        if (header.tensors().isEmpty()) throw Faults.invalid(name + " holds no tensors, so it is no model");
    }
}
