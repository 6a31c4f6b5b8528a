package dev.paddock.store;

import dev.paddock.api.model.Digest;
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
 * @param manifests number of manifests that were read
 * @param unreadable manifests that could not be read: while there is one, nobody can say that a blob is unused
 */
record References(Set<Digest> used, int manifests, List<Path> unreadable) {
    static References read(ManifestTree tree) throws IOException {
        var listing = tree.list();
        Set<Digest> used = new HashSet<>();
        List<Path> unreadable = new ArrayList<>(listing.strays());
        int read = 0;
        for (ManifestFile file : listing.files()) {
            try {
                used.addAll(file.read().digests());
                read++;
            } catch (IOException e) {
                unreadable.add(file.path());
            }
        }
        return new References(used, read, unreadable);
    }
}
