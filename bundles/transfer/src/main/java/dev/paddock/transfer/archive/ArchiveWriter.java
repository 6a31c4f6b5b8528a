package dev.paddock.transfer.archive;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.MediaType;
import dev.paddock.api.store.StoredManifest;
import dev.paddock.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes one model. What is small and says what follows comes first, so that a reader need not keep anything. */
final class ArchiveWriter {
    private final BlobStore blobs;
    private final StoredManifest model;

    ArchiveWriter(BlobStore blobs, StoredManifest model) {
        this.blobs = blobs;
        this.model = model;
    }

    void write(OutputStream out) throws IOException {
        Map<Digest, Blob> needed = new LinkedHashMap<>();
        for (Layer layer : model.manifest().references().toList()) needed.put(layer.digest(), blob(layer));
        byte[] manifest = model.content();
        Digest digest = Digest.of(manifest);
        String said = Json.text(Json.object(manifest), "mediaType");
        String mediaType = said.isEmpty() ? MediaType.MANIFEST : said;

        var tar = new TarWriter(out);
        tar.file(ImageLayout.MARK, ImageLayout.MARK_CONTENT);
        tar.file(ImageLayout.INDEX, ImageLayout.index(model.name(), mediaType, digest, manifest.length));
        tar.file(ImageLayout.blob(digest), manifest);
        for (Blob blob : needed.values()) if (!blob.digest().equals(digest)) write(blob, tar);
        tar.end();
    }

    private Blob blob(Layer layer) {
        return blobs.find(layer.digest())
                .filter(blob -> blob.size() == layer.size())
                .orElseThrow(() -> damaged(layer.digest() + " is not there in full"));
    }

    private void write(Blob blob, TarWriter tar) throws IOException {
        MessageDigest hash = Digest.sha256();
        try (InputStream content = new DigestInputStream(Files.newInputStream(blob.file()), hash)) {
            tar.file(ImageLayout.blob(blob.digest()), blob.size(), content);
        }
        if (!Digest.ofHash(hash.digest()).equals(blob.digest())) throw damaged(blob.digest() + " has other content");
    }

    private PaddockException damaged(String why) {
        ModelName name = model.name();
        return new PaddockException(
                Fault.MODEL_DAMAGED,
                "model '" + name.display() + "' is damaged: " + why + "; remove it and install it again");
    }
}
