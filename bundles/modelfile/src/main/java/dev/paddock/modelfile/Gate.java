package dev.paddock.modelfile;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.Shard;
import dev.paddock.gguf.model.ModelKind;
import dev.paddock.gguf.model.ModelSanity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Looks at files before they become part of a model: what they are, and whether they can be used.
 *
 * @param gguf reads them within the limits that are set
 */
record Gate(GgufGate gguf) {
    private static final String MAGIC = "GGUF";
    /** Containers from before GGUF. */
    private static final Set<String> OLD = Set.of("lmgg", "tjgg", "fmgg", "algg");

    /**
     * The header of a file, without its arrays.
     *
     * @throws PaddockException when it is not sound
     */
    GgufFile header(Piece piece) {
        return header(piece.source(), piece.file());
    }

    /** {@link #header(Piece)} of a file by its name for people. */
    GgufFile header(String name, Path file) {
        try {
            String magic = magic(file);
            if (OLD.contains(magic)) throw Faults.invalid("unsupported model format: " + name + " is older than GGUF");
            if (!magic.equals(MAGIC)) throw Faults.invalid("supplied file was not in GGUF format: " + name);
            return gguf.read(file, 0);
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
        return switch (ModelKind.of(header)) {
            case MODEL -> MediaType.MODEL;
            case ADAPTER -> MediaType.ADAPTER;
            case PROJECTOR -> MediaType.PROJECTOR;
        };
    }

    /**
     * Whether a file is one of several that make one model.
     *
     * @throws PaddockException when it says to be a part that cannot be
     */
    static boolean isPart(Piece piece, GgufFile header) {
        try {
            return Shard.of(header).isPresent();
        } catch (GgufException e) {
            throw Faults.invalid(piece.source() + " is not sound: " + e.getMessage(), e);
        }
    }

    /** @throws PaddockException with what keeps a model from being loaded */
    void check(Piece model) {
        ModelSanity.fault(whole(model)).ifPresent(fault -> {
            throw Faults.invalid(model.source() + " cannot be used: it " + fault);
        });
    }

    /** The header of a model with all its arrays. */
    GgufFile whole(Piece model) {
        try {
            return gguf.read(model.file());
        } catch (IOException e) {
            throw Faults.invalid(model.source() + " is not a sound GGUF file: " + e.getMessage(), e);
        }
    }
}
