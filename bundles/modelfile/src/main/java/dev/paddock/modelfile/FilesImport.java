package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes pieces of uploaded files: tells what each is, puts parts together, converts. One thread. */
final class FilesImport {
    private static final int MOST_FILES = 4096;

    private final Workshop workshop;
    private final Steps steps;

    FilesImport(Workshop workshop, Steps steps) {
        this.workshop = workshop;
        this.steps = steps;
    }

    /**
     * Reads files that belong together.
     *
     * @param files by their relative names; may be empty
     * @return a piece for each model, projector and adapter among them
     * @throws PaddockException when one of them cannot be used
     */
    List<Piece> read(Map<String, Digest> files) {
        if (files.isEmpty()) return List.of();
        if (files.size() > MOST_FILES) {
            throw Faults.invalid(files.size() + " files were given, the limit is " + MOST_FILES);
        }
        Map<String, Piece> uploaded = new LinkedHashMap<>();
        files.forEach((name, digest) -> uploaded.put(name, workshop.uploaded(MediaType.MODEL, name, digest)));
        if (uploaded.keySet().stream().anyMatch(name -> ends(name, ".safetensors"))) {
            return List.of(converted(uploaded));
        }
        boolean gguf = uploaded.entrySet().stream()
                .anyMatch(file -> ends(file.getKey(), ".gguf") || Gate.looksLikeGguf(file.getValue().file()));
        if (!gguf) {
            throw Faults.invalid("unknown type: a model is made of GGUF files, or of the safetensors and JSON files of"
                    + " its makers; given were " + shown(uploaded));
        }
        List<Piece> pieces = new ArrayList<>();
        uploaded.values().forEach(piece -> pieces.add(parsed(piece)));
        return pieces;
    }

    private static boolean ends(String name, String suffix) {
        return name.toLowerCase(Locale.ROOT).endsWith(suffix);
    }

    private static String shown(Map<String, Piece> files) {
        List<String> names = files.keySet().stream().limit(5).toList();
        return String.join(", ", names) + (files.size() > names.size() ? ", ..." : "");
    }

    private Piece parsed(Piece piece) {
        steps.say("parsing GGUF");
        GgufFile header = Gate.header(piece);
        if (header.integer("split.count").orElse(1) > 1) {
            throw Faults.invalid(piece.source() + " is one part of a split model");
        }
        return new Piece(Gate.kind(header), piece.source(), piece.file(), piece.keep());
    }

    private Piece converted(Map<String, Piece> files) {
        steps.say("converting model");
        throw new PaddockException(Fault.UNSUPPORTED, "no part of this server converts " + shown(files));
    }
}
