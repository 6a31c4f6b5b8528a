package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which blobs the manifests use.
 *
 * @param used every blob that a readable manifest names
 * @param models what was read
 * @param unreadable manifests that could not be read: while there is one, nobody can say that a blob is unused
 * @param hidden files of file browsers in the place of manifests
 */
record References(Set<Digest> used, List<Use> models, List<Unreadable> unreadable, List<Path> hidden) {
    /** A model and what it names. */
    record Use(ModelName name, Manifest manifest) {}

    /** What may be a manifest, and why it cannot be read. */
    record Unreadable(Path path, String reason) {}

    static References read(ManifestTree tree) throws IOException {
        var listing = tree.list();
        Set<Digest> used = new HashSet<>();
        List<Use> models = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (Path stray : listing.strays()) unreadable.add(new Unreadable(stray, "it has no name of a model"));
        for (ManifestFile file : listing.files()) {
            try {
                Manifest manifest = file.read();
                models.add(new Use(file.name(), manifest));
                used.addAll(manifest.digests());
            } catch (IOException e) {
                if (file.isThere()) unreadable.add(new Unreadable(file.path(), StoreFaults.reason(e)));
            }
        }
        return new References(used, models, unreadable, listing.hidden());
    }
}
