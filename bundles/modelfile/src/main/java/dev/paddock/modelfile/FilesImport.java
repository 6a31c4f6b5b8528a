package dev.paddock.modelfile;

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
    /** Whole GGUF files of one model: each may have to be written anew. */
    private static final int MOST_WHOLE = 16;

    private final Workshop workshop;
    private final Steps steps;
    private final Conversions conversions;

    FilesImport(Workshop workshop, Steps steps) {
        this.workshop = workshop;
        this.steps = steps;
        this.conversions = new Conversions(workshop, steps);
    }

    /**
     * Reads the files of a model.
     *
     * @param files by their relative names; may be empty
     * @return a piece for each model, projector and adapter among them
     * @throws PaddockException when one of them cannot be used
     */
    List<Piece> read(Map<String, Digest> files) {
        if (files.isEmpty()) return List.of();
        Map<String, Piece> uploaded = uploaded(files);
        if (!safetensors(uploaded)) return parsed(uploaded);
        if (Conversions.isAdapter(uploaded)) {
            throw Faults.invalid("the files are an adapter's; name the model that it belongs to, and them as adapters");
        }
        return List.of(conversions.model(uploaded));
    }

    /**
     * Reads adapters.
     *
     * @param base the model that they are for
     */
    List<Piece> adapters(Map<String, Digest> files, Piece base) {
        if (files.isEmpty()) return List.of();
        Map<String, Piece> uploaded = uploaded(files);
        if (!safetensors(uploaded)) return parsed(uploaded);
        if (Conversions.isAdapter(uploaded))
            return List.of(conversions.adapter(uploaded, workshop.gate().header(base)));
        throw Faults.invalid("adapter_config.json is missing, which says what the adapter is; given were "
                + shown(uploaded) + ". Adapters in folders of their own are given one at a time");
    }

    /** A parent's weights, or a copy of them that llama.cpp reads where it does not read them. */
    Piece readable(Piece parent) {
        return Legacy.derived(parent, workshop, steps);
    }

    private Map<String, Piece> uploaded(Map<String, Digest> files) {
        if (files.size() > MOST_FILES) {
            throw Faults.invalid(files.size() + " files were given, the limit is " + MOST_FILES);
        }
        Map<String, Piece> uploaded = new LinkedHashMap<>();
        files.forEach((name, digest) -> uploaded.put(name, workshop.uploaded(MediaType.MODEL, name, digest)));
        return uploaded;
    }

    private static boolean safetensors(Map<String, Piece> files) {
        return files.keySet().stream().anyMatch(name -> ends(name, ".safetensors"));
    }

    private static boolean ends(String name, String suffix) {
        return name.toLowerCase(Locale.ROOT).endsWith(suffix);
    }

    private static String shown(Map<String, Piece> files) {
        List<String> names = files.keySet().stream().limit(5).toList();
        return String.join(", ", names) + (files.size() > names.size() ? ", ..." : "");
    }

    private List<Piece> parsed(Map<String, Piece> files) {
        boolean gguf = files.entrySet().stream()
                .anyMatch(file -> ends(file.getKey(), ".gguf")
                        || Gate.looksLikeGguf(file.getValue().file()));
        if (!gguf) {
            throw Faults.invalid("unknown type: a model is made of GGUF files, or of the safetensors and JSON files of"
                    + " its makers; given were " + shown(files));
        }
        List<Piece> pieces = new ArrayList<>();
        List<Piece> parts = new ArrayList<>();
        for (Piece piece : files.values()) {
            steps.say("parsing GGUF");
            GgufFile header = workshop.gate().header(piece);
            if (Gate.isPart(piece, header)) parts.add(piece);
            else pieces.add(new Piece(Gate.kind(header), piece.source(), piece.file(), piece.keep()));
        }
        if (pieces.size() > MOST_WHOLE) {
            throw Faults.invalid(
                    pieces.size() + " GGUF files were given that are no parts, the limit is " + MOST_WHOLE);
        }
        pieces.replaceAll(this::whole);
        if (!parts.isEmpty()) pieces.addFirst(whole(SplitModel.merged(parts, workshop)));
        return pieces;
    }

    private Piece whole(Piece piece) {
        return switch (piece.mediaType()) {
            case MediaType.MODEL -> Legacy.readable(piece, workshop, steps);
            case MediaType.PROJECTOR -> Projectors.told(piece, workshop, steps);
            default -> piece;
        };
    }
}
