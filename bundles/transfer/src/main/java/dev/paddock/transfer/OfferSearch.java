package dev.paddock.transfer;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.transfer.net.StatusException;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks registries what they have under a name. */
final class OfferSearch {
    private static final Logger LOG = LoggerFactory.getLogger(OfferSearch.class);
    private static final int MAX_INDEXES = 2;

    private final ManifestStore manifests;
    private final Lines lines;

    OfferSearch(ManifestStore manifests, Lines lines) {
        this.manifests = manifests;
        this.lines = lines;
    }

    /**
     * The first answer.
     *
     * @param registries in the order in which they are asked
     * @throws IOException what the last one said, when none has it
     */
    Offer find(ModelName name, List<Registry> registries) throws IOException, InterruptedException {
        IOException failure = null;
        for (Registry registry : registries) {
            try {
                byte[] content = lines.forFirst().run(() -> manifest(registry, name.tag()));
                List<Registry> order = from(registry, registries);
                return new ManifestReading(content, parsed(content), layer -> sources(order, layer)).offer();
            } catch (IOException e) {
                Optional<Offer> split = split(name, registry, e);
                if (split.isPresent()) return split.get();
                if (failure != null) e.addSuppressed(failure);
                failure = e;
                LOG.debug("no manifest of {} from {}: {}", name.display(), registry.host(), e.getMessage());
            }
        }
        throw failure == null ? new IOException("there is no registry to ask") : failure;
    }

    private Optional<Offer> split(ModelName name, Registry registry, IOException why)
            throws IOException, InterruptedException {
        boolean refused = why instanceof StatusException status && (status.status() == 400 || status.status() == 404);
        if (!refused || !HubListing.hasLists(name)) return Optional.empty();
        try {
            return lines.forFirst().run(() -> new HubListing(registry, name).find());
        } catch (StatusException e) {
            return Optional.empty();
        }
    }

    private static List<BlobSource> sources(List<Registry> registries, Layer layer) {
        return registries.stream()
                .map(registry -> new BlobSource(registry, layer))
                .toList();
    }

    private static List<Registry> from(Registry first, List<Registry> all) {
        List<Registry> order = new ArrayList<>(all);
        order.remove(first);
        order.addFirst(first);
        return order;
    }

    private Manifest parsed(byte[] content) throws WrongAnswerException {
        try {
            return manifests.parse(content);
        } catch (PaddockException e) {
            throw new WrongAnswerException(e.getMessage());
        }
    }

    private static byte[] manifest(Registry registry, String tag) throws IOException {
        byte[] content = registry.fetchManifest(tag);
        for (int depth = 0; depth < MAX_INDEXES; depth++) {
            Optional<Digest> next = ManifestChoice.here().next(content);
            if (next.isEmpty()) return content;
            content = registry.fetchManifest(next.get().toString());
            if (!Digest.of(content).equals(next.get())) {
                throw new WrongAnswerException("the registry's manifest is not the one of its index: want " + next.get()
                        + ", got " + Digest.of(content));
            }
        }
        throw new WrongAnswerException("the registry's index leads to another index");
    }
}
