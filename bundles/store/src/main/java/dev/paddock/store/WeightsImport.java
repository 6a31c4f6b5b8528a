package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The first half of a creation from files: checks the one GGUF file and describes it. */
final class WeightsImport {
    private static final String NOT_SUPPORTED = " not supported in this version";
    private static final Set<String> ADAPTERS = Set.of("adapter");
    private static final Set<String> PROJECTORS = Set.of("mmproj", "projector");

    private final Blobs blobs;

    WeightsImport(Blobs blobs) {
        this.blobs = blobs;
    }

    /** @throws PaddockException when the files are not exactly one sound GGUF model */
    Draft read(Map<String, Digest> files, Consumer<String> progress) throws IOException {
        files.keySet().forEach(WeightsImport::checkPath);
        for (String name : files.keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".safetensors") || lower.endsWith(".bin") || lower.endsWith(".pth")) {
                throw StoreFaults.invalid(
                        name + ": converting safetensors or PyTorch weights is" + NOT_SUPPORTED + "; give a GGUF file");
            }
        }
        if (files.size() > 1) {
            throw StoreFaults.invalid(files.size() + " files were given; models of several files are" + NOT_SUPPORTED);
        }
        var file = files.entrySet().iterator().next();
        progress.accept("parsing GGUF");
        Path path = blobs.path(file.getValue());
        if (!blobs.has(file.getValue())) throw missing(file.getValue());
        GgufFile gguf = header(file.getKey(), path);
        checkKind(file.getKey(), gguf);
        Layer weights = new Layer(MediaType.MODEL, file.getValue(), Files.size(path)).takenFrom(file.getKey());
        return new Draft(ModelFacts.config(gguf), List.of(weights));
    }

    static PaddockException missing(Digest digest) {
        return StoreFaults.invalid("blob " + digest + " is not there; upload it first");
    }

    private static void checkPath(String name) {
        boolean bad = name.isEmpty()
                || name.startsWith("/")
                || name.contains("\\")
                || List.of(name.split("/", -1)).stream().anyMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
        if (bad) throw StoreFaults.invalid("file path must be relative");
    }

    private static GgufFile header(String name, Path path) throws IOException {
        try {
            return GgufFile.read(path, 0);
        } catch (GgufException e) {
            throw StoreFaults.invalid(name + " is not a sound GGUF file: " + e.getMessage());
        }
    }

    private static void checkKind(String name, GgufFile gguf) {
        String type = gguf.text("general.type").orElse("model");
        if (ADAPTERS.contains(type)) throw StoreFaults.invalid(name + " is an adapter; adapters are" + NOT_SUPPORTED);
        if (PROJECTORS.contains(type) || gguf.architecture().equals("clip")) {
            throw StoreFaults.invalid(name + " is a vision or audio projector; projectors are" + NOT_SUPPORTED);
        }
        if (gguf.integer("split.count").orElse(1) > 1) {
            throw StoreFaults.invalid(name + " is one part of a split model; split models are" + NOT_SUPPORTED);
        }
        if (gguf.architecture().isEmpty()) {
            throw StoreFaults.invalid(name + " does not say its architecture (general.architecture)");
        }
        if (gguf.tensors().isEmpty()) throw StoreFaults.invalid(name + " holds no tensors, so it is no model");
    }
}
