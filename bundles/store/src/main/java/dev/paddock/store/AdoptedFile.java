package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A single GGUF file that becomes a model where it lies. It is read once, for its digest. */
final class AdoptedFile {
    private final Stock stock;
    private final Adoption adoption;
    private final Consumer<Progress> told;

    AdoptedFile(Stock stock, Adoption adoption, Consumer<Progress> told) {
        this.stock = stock;
        this.adoption = adoption;
        this.told = told;
    }

    ModelName adopt(Path file, ModelName name) throws IOException {
        byte[] description = GgufModel.config(stock.gate(), file);
        Stamp before = Stamp.of(file);
        Digest digest = digest(file, before.size());
        if (!Stamp.of(file).equals(before)) throw StoreFaults.invalid("the file changed while it was read; try again");
        Blob config = stock.blobs().put(new ByteArrayInputStream(description));
        var weights = new Layer(MediaType.MODEL, digest, before.size())
                .takenFrom(file.getFileName().toString());
        var manifest = GgufModel.manifest(config, weights);
        if (!adoption.isHere(name, manifest)) {
            adoption.install(name, Manifests.bytes(manifest), List.of(new Adoption.Piece(weights, file)));
            stock.books().proofs().add(digest, before);
        }
        return stock.tree().find(name).map(ManifestFile::name).orElse(name);
    }

    private Digest digest(Path file, long size) throws IOException {
        try {
            return Hashing.of(file, new Pace(0), done -> told.accept(new Progress("computing digest", "", size, done)));
        } catch (ClosedByInterruptException | InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "adopting was stopped", e);
        }
    }
}
