package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Layer;
import dev.paddock.transfer.net.Session;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One pull, from the manifest to the installed model. One thread. */
final class Pulling {
    /** How often a client hears of progress. */
    static final long TELL_MILLIS = 60;

    private final Shelves shelves;
    private final Downloads downloads;
    private final Lines lines;
    private final Consumer<Progress> told;

    Pulling(Shelves shelves, Downloads downloads, Lines lines, Consumer<Progress> told) {
        this.shelves = shelves;
        this.downloads = downloads;
        this.lines = lines;
        this.told = told;
    }

    /** @param registries of one session, in the order in which they are asked */
    void run(ModelName name, List<Registry> registries) throws InterruptedException {
        Offer offer = search(name, registries);
        requireRoom(offer);
        Session session = registries.getFirst().session();
        for (Offer.Wanted wanted : offer.wanted()) fetch(wanted, session);
        told.accept(Progress.step("verifying sha256 digest"));
        switch (offer) {
            case Offer.Ready ready -> shelves.manifests().install(name, ready.content(), told);
            case Offer.Files files -> new Assembly(shelves, told).install(name, files);
        }
        told.accept(Progress.step(Progress.SUCCESS));
    }

    private Offer search(ModelName name, List<Registry> registries) throws InterruptedException {
        try {
            var search = new OfferSearch(shelves.manifests(), lines);
            return Background.of("transfer-manifest", () -> search.find(name, registries));
        } catch (IOException e) {
            throw TransferFaults.of("pull model manifest: ", e);
        }
    }

    /** All at once, so that a pull does not stop halfway for want of room. */
    private void requireRoom(Offer offer) {
        Set<Digest> counted = new HashSet<>();
        long bytes = 0;
        for (Offer.Wanted wanted : offer.wanted()) {
            Layer layer = wanted.layer();
            if (!counted.add(layer.digest()) || isThere(layer)) continue;
            long missing = layer.size() - Math.min(layer.size(), shelves.blobs().begun(layer.digest()));
            bytes = bytes > Long.MAX_VALUE - missing ? Long.MAX_VALUE : bytes + missing;
        }
        if (bytes > 0) shelves.blobs().requireRoom(bytes);
    }

    private boolean isThere(Layer layer) {
        Optional<Blob> blob = shelves.blobs().keep(layer.digest());
        return blob.isPresent() && blob.get().size() == layer.size();
    }

    private void fetch(Offer.Wanted wanted, Session session) throws InterruptedException {
        Layer layer = wanted.layer();
        String status = "pulling " + layer.digest().hex().substring(0, 12);
        while (!isThere(layer)) {
            try (var place = join(wanted, session)) {
                while (!place.await(TELL_MILLIS)) tell(status, layer, place.completed());
                if (succeeded(place)) break;
            }
        }
        tell(status, layer, layer.size());
    }

    private static boolean succeeded(Downloads.Place place) throws InterruptedException {
        try {
            place.outcome();
            return true;
        } catch (PaddockException e) {
            // What was begun by another pull may have failed for reasons of its own.
            if (place.first() || e.fault() == Fault.STORE_FAILED) throw e;
            return false;
        }
    }

    private Downloads.Place join(Offer.Wanted wanted, Session session) {
        Layer layer = wanted.layer();
        return downloads.join(
                layer.digest(),
                layer.size(),
                () -> {
                    session.hold();
                    return new Download(shelves.blobs(), layer, wanted.sources(), lines);
                },
                session::close);
    }

    private void tell(String status, Layer layer, long completed) {
        told.accept(Progress.of(status, layer.digest(), layer.size(), completed));
    }
}
