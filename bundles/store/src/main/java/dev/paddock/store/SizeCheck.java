package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** Compares what manifests say of their blobs with the files, without reading these. */
final class SizeCheck {
    private final Stock stock;

    SizeCheck(Stock stock) {
        this.stock = stock;
    }

    /** Notes what is missing or of another size; says in words what was found. */
    String run() throws IOException {
        return judge(look());
    }

    /** What manifests say, and then what is there. */
    record Seen(References references, Map<Digest, Long> sizes) {}

    Seen look() throws IOException {
        return new Seen(References.read(stock.tree()), sizes());
    }

    /** Blobs may come meanwhile. */
    String judge(Seen seen) {
        References references = seen.references();
        Map<Digest, Long> sizes = seen.sizes();
        stock.books().damage().clearSuspects();
        int missing = 0;
        int wrong = 0;
        for (var use : references.models()) {
            for (Layer layer : use.manifest().references().toList()) {
                Long size = sizes.get(layer.digest());
                if (size == null) missing += isMissing(layer) ? suspect(layer, "is missing") : 0;
                else if (size != layer.size() && isWrong(layer, size)) {
                    wrong += suspect(layer, "has " + size + " bytes where " + layer.size() + " are expected");
                }
            }
        }
        String found =
                references.used().size() + " blobs of " + references.models().size() + " models";
        return missing + wrong == 0
                ? found + ", all there"
                : found + ", " + missing + " missing, " + wrong + " of another size";
    }

    /** It may have come since the directory was listed. */
    private boolean isMissing(Layer layer) {
        return Stamp.of(stock.layout().blob(layer.digest())).size() < 0;
    }

    /** A blob that was read and found sound is; then it is the manifest that is wrong. */
    private boolean isWrong(Layer layer, long size) {
        return !stock.books()
                .proofs()
                .has(layer.digest(), Stamp.of(stock.layout().blob(layer.digest())));
    }

    private int suspect(Layer layer, String reason) {
        stock.books()
                .damage()
                .suspect(layer.digest(), reason, Stamp.of(stock.layout().blob(layer.digest())));
        return 1;
    }

    /** What is there, links followed. */
    private Map<Digest, Long> sizes() throws IOException {
        Map<Digest, Long> sizes = new HashMap<>();
        for (BlobFile file : BlobFile.list(stock.layout())) {
            if (file.kind() != BlobFile.Kind.BLOB) continue;
            if (!file.link()) sizes.put(file.digest().orElseThrow(), file.size());
            else if (Files.isRegularFile(file.path())) sizes.put(file.digest().orElseThrow(), Files.size(file.path()));
        }
        return sizes;
    }
}
