package dev.paddock.modelfile;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
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

    private final BlobStore blobs;
    private final ManifestStore manifests;

    WeightsImport(BlobStore blobs, ManifestStore manifests) {
        this.blobs = blobs;
        this.manifests = manifests;
    }

    /** @throws PaddockException when the files are not exactly one sound GGUF model */
    Draft read(Map<String, Digest> files, Consumer<Progress> told) {
        files.keySet().forEach(WeightsImport::checkPath);
        for (String name : files.keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".safetensors") || lower.endsWith(".bin") || lower.endsWith(".pth")) {
                throw Faults.invalid(
                        name + ": converting safetensors or PyTorch weights is" + NOT_SUPPORTED + "; give a GGUF file");
            }
        }
        if (files.size() > 1) {
            throw Faults.invalid(files.size() + " files were given; models of several files are" + NOT_SUPPORTED);
        }
        var file = files.entrySet().iterator().next();
        told.accept(Progress.step("parsing GGUF"));
        Blob blob = blobs.keep(file.getValue()).orElseThrow(() -> missing(file.getValue()));
        checkKind(file.getKey(), header(file.getKey(), blob));
        Layer weights = new Layer(MediaType.MODEL, blob.digest(), blob.size()).takenFrom(file.getKey());
        return new Draft(manifests.describe(blob.file()), List.of(weights));
    }

    static PaddockException missing(Digest digest) {
        return Faults.invalid("blob " + digest + " is not there; upload it first");
    }

    private static void checkPath(String name) {
        boolean bad = name.isEmpty()
                || name.startsWith("/")
                || name.contains("\\")
                || List.of(name.split("/", -1)).stream().anyMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
        if (bad) throw Faults.invalid("file path must be relative");
    }

    private static GgufFile header(String name, Blob blob) {
        try {
            return GgufFile.read(blob.file(), 0);
        } catch (IOException e) {
            throw Faults.invalid(name + " is not a sound GGUF file: " + e.getMessage(), e);
        }
    }

    private static void checkKind(String name, GgufFile gguf) {
        String type = gguf.text("general.type").orElse("model");
        if (ADAPTERS.contains(type)) throw Faults.invalid(name + " is an adapter; adapters are" + NOT_SUPPORTED);
        if (PROJECTORS.contains(type) || gguf.architecture().equals("clip")) {
            throw Faults.invalid(name + " is a vision or audio projector; projectors are" + NOT_SUPPORTED);
        }
        if (gguf.integer("split.count").orElse(1) > 1) {
            throw Faults.invalid(name + " is one part of a split model; split models are" + NOT_SUPPORTED);
        }
        if (gguf.architecture().isEmpty()) {
            throw Faults.invalid(name + " does not say its architecture (general.architecture)");
        }
        if (gguf.tensors().isEmpty()) throw Faults.invalid(name + " holds no tensors, so it is no model");
    }
}
