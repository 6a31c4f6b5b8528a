package dev.paddock.store;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A models directory in Ollama's layout whose models are taken over where they lie. Blobs are trusted by their names and
 * sizes at first; the check in the background reads them afterwards.
 */
final class AdoptedStore {
    private static final int MOST_NAMED = 5;

    private final Stock stock;
    private final Adoption adoption;
    private final Consumer<Progress> told;

    /** A model that can come. */
    private record Arrival(ModelName name, byte[] content, Manifest manifest, List<Adoption.Piece> pieces) {}

    AdoptedStore(Stock stock, Adoption adoption, Consumer<Progress> told) {
        this.stock = stock;
        this.adoption = adoption;
        this.told = told;
    }

    /** Nothing comes when a single name is taken by another model. Models that are not whole are told and stay. */
    List<ModelName> adopt(Path directory) throws IOException {
        var source = new StoreLayout(models(directory));
        if (isOurs(source)) throw StoreFaults.invalid("that is this server's own models directory");
        told.accept(Progress.step("reading manifests"));
        List<Arrival> arrivals = arrivals(source);
        if (arrivals.isEmpty()) throw StoreFaults.invalid("there is no whole GGUF model in " + directory);
        requireFreeNames(arrivals);
        List<ModelName> came = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (!adoption.isHere(arrival.name(), arrival.manifest())) {
                adoption.install(arrival.name(), arrival.content(), arrival.pieces());
            }
            came.add(stock.tree().find(arrival.name()).map(ManifestFile::name).orElse(arrival.name()));
        }
        return came;
    }

    /** People name Ollama's home as well as the models directory in it. */
    private static Path models(Path directory) {
        for (Path path : List.of(directory, directory.resolve("models"))) {
            if (Files.isDirectory(path.resolve("manifests")) && Files.isDirectory(path.resolve("blobs"))) return path;
        }
        throw StoreFaults.invalid(directory + " is no models directory: there are no manifests and blobs in it; "
                + "name such a directory, or a GGUF file");
    }

    private boolean isOurs(StoreLayout source) throws IOException {
        Path ours = stock.layout().blobs();
        return Files.exists(ours) && Files.isSameFile(ours, source.blobs());
    }

    private List<Arrival> arrivals(StoreLayout source) throws IOException {
        List<Arrival> arrivals = new ArrayList<>();
        for (ManifestFile file : new ManifestTree(source).list().files()) {
            try {
                arrivals.add(arrival(source, file));
            } catch (IOException e) {
                told.accept(Progress.step("leaving out " + file.name().display() + ": " + StoreFaults.reason(e)));
            }
        }
        return arrivals;
    }

    private Arrival arrival(StoreLayout source, ManifestFile file) throws IOException {
        byte[] content = file.content();
        Manifest manifest = Manifests.parse(content);
        if (manifest.config().isEmpty() || manifest.last(MediaType.MODEL).isEmpty()) {
            throw new IOException("it is no GGUF model");
        }
        Map<String, Adoption.Piece> pieces = new LinkedHashMap<>();
        for (Layer layer : manifest.references().toList())
            pieces.put(layer.digest().hex(), piece(source, layer));
        return new Arrival(file.name(), content, manifest, List.copyOf(pieces.values()));
    }

    private static Adoption.Piece piece(StoreLayout source, Layer layer) throws IOException {
        Path blob = source.blob(layer.digest());
        if (!Files.isRegularFile(blob)) throw new IOException("blob " + layer.digest() + " is missing");
        if (Files.size(blob) == layer.size()) return new Adoption.Piece(layer, blob.toRealPath());
        throw new IOException("blob " + layer.digest() + " has " + Files.size(blob) + " bytes where " + layer.size()
                + " are expected");
    }

    private void requireFreeNames(List<Arrival> arrivals) throws IOException {
        List<String> taken = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            Optional<ManifestFile> there = stock.tree().find(arrival.name());
            if (there.isPresent() && !Adoption.isSame(there.get(), arrival.manifest())) {
                taken.add(arrival.name().display());
            }
        }
        if (taken.isEmpty()) return;
        String more = taken.size() > MOST_NAMED ? " and " + (taken.size() - MOST_NAMED) + " more" : "";
        throw StoreFaults.invalid("nothing was adopted: other models have the names "
                + String.join(", ", taken.subList(0, Math.min(MOST_NAMED, taken.size()))) + more
                + "; delete or rename those first");
    }
}
