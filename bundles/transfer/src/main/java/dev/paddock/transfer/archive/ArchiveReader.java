package dev.paddock.transfer.archive;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads an archive into the store. Content goes straight to where it belongs, by its digest; models get their names when
 * all of it is there. The order of entries does not matter.
 */
final class ArchiveReader {
    /** Manifests are kept in memory when the index came first and says which they are; others are found again as blobs. */
    private static final long MAX_KEPT_BYTES = 64L << 20;

    private final BlobStore blobs;
    private final ManifestStore manifests;
    private final Consumer<Progress> told;
    private final Map<Digest, byte[]> kept = new HashMap<>();
    private long keptBytes;
    private List<ImageLayout.Model> models = List.of();

    ArchiveReader(BlobStore blobs, ManifestStore manifests, Consumer<Progress> told) {
        this.blobs = blobs;
        this.manifests = manifests;
        this.told = told;
    }

    List<ModelName> read(InputStream in, Optional<ModelName> as) throws IOException {
        told.accept(Progress.step("reading archive"));
        var tar = new TarReader(in);
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) take(entry.get());
        if (models.isEmpty()) throw new IOException("there is no index.json in it");
        if (as.isPresent() && models.size() > 1) {
            throw new IOException("it holds " + models.size() + " models, so they cannot all get the name "
                    + as.get().display());
        }
        List<Named> named = new ArrayList<>();
        for (ImageLayout.Model model : models) named.add(checked(model, as));
        for (Named each : named) manifests.install(each.name(), each.manifest(), told);
        told.accept(Progress.step(Progress.SUCCESS));
        return named.stream().map(Named::name).toList();
    }

    private record Named(ModelName name, byte[] manifest) {}

    private void take(TarReader.Entry entry) throws IOException {
        Optional<Digest> digest = ImageLayout.digest(entry.name());
        if (digest.isPresent()) {
            takeBlob(digest.get(), entry);
        } else if (entry.name().matches("(\\./)?index\\.json")) {
            models = ImageLayout.models(small(entry));
        }
    }

    private void takeBlob(Digest digest, TarReader.Entry entry) throws IOException {
        boolean manifest = models.stream().anyMatch(model -> model.manifest().equals(digest));
        if (manifest && entry.size() <= Json.MAX_BYTES && keptBytes + entry.size() <= MAX_KEPT_BYTES) {
            byte[] content = small(entry);
            if (!Digest.of(content).equals(digest)) throw new IOException(digest + " has other content");
            keptBytes += content.length;
            kept.put(digest, content);
            return;
        }
        String status = "importing " + digest.hex().substring(0, 12);
        Optional<Blob> there = blobs.keep(digest);
        if (there.isEmpty()) {
            blobs.requireRoom(entry.size());
            var content =
                    new Told(entry.content(), count -> told.accept(Progress.of(status, digest, entry.size(), count)));
            blobs.put(digest, content);
        }
        told.accept(Progress.of(status, digest, entry.size(), entry.size()));
    }

    private static byte[] small(TarReader.Entry entry) throws IOException {
        if (entry.size() > Json.MAX_BYTES)
            throw new IOException("an entry that is to be JSON has " + entry.size() + " bytes");
        return entry.content().readAllBytes();
    }

    private Named checked(ImageLayout.Model model, Optional<ModelName> as) throws IOException {
        ModelName name = as.or(model::name)
                .orElseThrow(() -> new IOException("the model in it has no name; say under which to import it"));
        byte[] content = content(model.manifest());
        Manifest manifest = manifests.parse(content);
        for (var layer : manifest.references().toList()) {
            boolean whole = blobs.keep(layer.digest())
                    .filter(blob -> blob.size() == layer.size())
                    .isPresent();
            if (!whole) throw new IOException(layer.digest() + " of " + name.display() + " is not in it in full");
        }
        return new Named(name, content);
    }

    private byte[] content(Digest digest) throws IOException {
        byte[] content = kept.get(digest);
        if (content != null) return content;
        Blob blob = blobs.find(digest).orElseThrow(() -> new IOException("the manifest " + digest + " is not in it"));
        if (blob.size() > Json.MAX_BYTES) throw new IOException("the manifest " + digest + " is too large");
        return Files.readAllBytes(blob.file());
    }

    static PaddockException unsound(IOException e) {
        return new PaddockException(Fault.INVALID_REQUEST, "this is no archive of a model: " + e.getMessage(), e);
    }
}
