package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@link dev.paddock.api.model.ModelStore#adopt}: links content of elsewhere into the store and gives it names. */
final class Adoption {
    private final Stock stock;
    private final ModelShelf shelf;
    private final Consumer<Progress> told;

    Adoption(Stock stock, ModelShelf shelf, Consumer<Progress> told) {
        this.stock = stock;
        this.shelf = shelf;
        this.told = told;
    }

    /** A blob that a model needs and where it lies now. */
    record Piece(Layer layer, Path file) {}

    List<ModelName> adopt(Path source, Optional<ModelName> name) throws IOException {
        if (!Files.exists(source)) throw StoreFaults.invalid("there is nothing at " + source);
        Path real = source.toRealPath();
        List<ModelName> came;
        if (Files.isRegularFile(real)) {
            ModelName wanted = name.orElseGet(() -> GgufModel.name(real));
            came = List.of(new AdoptedFile(stock, this, told).adopt(real, wanted));
        } else if (Files.isDirectory(real)) {
            if (name.isPresent())
                throw StoreFaults.invalid("a models directory brings its own names; leave the name out");
            came = new AdoptedStore(stock, this, told).adopt(real);
        } else {
            throw StoreFaults.invalid("what is at " + source + " is neither a file nor a directory");
        }
        stock.unread().set(true);
        told.accept(Progress.step(Progress.SUCCESS));
        return came;
    }

    /** Whether a model of the same content has that name already; refuses when another one has it. */
    boolean isHere(ModelName name, Manifest manifest) throws IOException {
        Optional<ManifestFile> there = stock.tree().find(name);
        if (there.isEmpty()) return false;
        if (isSame(there.get(), manifest)) return true;
        throw StoreFaults.invalid(
                "the name '" + name.display() + "' is taken by another model; delete or rename that first");
    }

    static boolean isSame(ManifestFile there, Manifest manifest) {
        try {
            return there.read().digests().equals(manifest.digests());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Links what is not there yet and gives it its name, all under the lock, so that nobody prunes in between.
     *
     * @param content the manifest's bytes
     */
    void install(ModelName name, byte[] content, List<Piece> pieces) throws IOException {
        Set<Links.Kind> used = EnumSet.noneOf(Links.Kind.class);
        try (var _ = stock.lock().hold()) {
            if (isHere(name, Manifests.parse(content))) return;
            StoreLayout.makeDirectory(stock.layout().blobs());
            for (Piece piece : pieces) {
                if (stock.blobs().find(piece.layer().digest()).isEmpty()) used.add(link(piece));
            }
            TempFile.syncDirectory(stock.layout().blobs());
            shelf.install(name, content, _ -> {});
        }
        String how = used.stream().map(Links.Kind::words).collect(Collectors.joining(" and "));
        told.accept(Progress.step(name.display() + ": " + (how.isEmpty() ? "its content was here" : "by " + how)));
    }

    private Links.Kind link(Piece piece) throws IOException {
        Digest digest = piece.layer().digest();
        Links.Kind kind = Links.place(piece.file(), stock.layout().blob(digest));
        stock.books().damage().healed(digest);
        return kind;
    }
}
