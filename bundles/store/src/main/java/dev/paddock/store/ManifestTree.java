package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests, exactly four levels deep: host, namespace, model, tag. Files elsewhere are not seen. Links are
 * followed, which cannot loop as the depth is fixed. Keeps nothing: what others change is seen at the next call.
 */
final class ManifestTree {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestTree.class);

    /** Lies at a level where nobody looks for manifests, on the same file system as they. */
    static final String TEMP_PREFIX = ".tmp-";

    private static final int LEVELS = 4;

    /**
     * @param files every manifest whose path is a model name
     * @param strays files at their level whose path is none, and directories that cannot be read
     * @param hidden files at their level that file browsers leave
     */
    record Listing(List<ManifestFile> files, List<Path> strays, List<Path> hidden) {}

    private final StoreLayout layout;

    ManifestTree(StoreLayout layout) {
        this.layout = layout;
    }

    Listing list() throws IOException {
        var listing = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        collect(layout.manifests(), LEVELS, listing);
        return listing;
    }

    /** Whether there is anything that may be a model; looks no further than the first. */
    boolean isEmpty() throws IOException {
        return isEmpty(layout.manifests(), LEVELS);
    }

    private static boolean isEmpty(Path directory, int levels) throws IOException {
        for (Path entry : Directories.entries(directory)) {
            boolean nothing = levels > 1
                    ? isEmpty(entry, levels - 1)
                    : Files.isDirectory(entry) || text(entry).startsWith(".");
            if (!nothing) return false;
        }
        return true;
    }

    private void collect(Path directory, int levels, Listing into) throws IOException {
        for (Path entry : Directories.entries(directory)) {
            if (levels > 1) collectBelow(entry, levels - 1, into);
            else if (!Files.isDirectory(entry)) {
                Optional<ModelName> name = name(entry);
                name.ifPresent(n -> into.files().add(new ManifestFile(n, entry)));
                boolean hidden = text(entry).startsWith(".");
                if (name.isEmpty()) (hidden ? into.hidden() : into.strays()).add(entry);
            }
        }
    }

    /** One directory that may not be read must not hide the others. */
    private void collectBelow(Path directory, int levels, Listing into) {
        try {
            collect(directory, levels, into);
        } catch (IOException e) {
            LOG.warn("models below {} are left out: {}", directory, StoreFaults.reason(e));
            into.strays().add(directory);
        }
    }

    /** The manifest of that name; one spelled exactly so comes before one that differs in case. */
    Optional<ManifestFile> find(ModelName name) throws IOException {
        Path exact = layout.manifest(name);
        try {
            // A file system that ignores case finds other spellings too; tell the one on disk.
            ModelName spelled =
                    name(exact.toRealPath(LinkOption.NOFOLLOW_LINKS)).orElse(name);
            if (!Files.isDirectory(exact)) return Optional.of(new ManifestFile(spelled, exact));
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Another spelling may be there.
        }
        return candidates(name).stream().min(Comparator.comparing(f -> f.name().full()));
    }

    /** The manifests whose names differ in case at most. */
    private List<ManifestFile> candidates(ModelName name) throws IOException {
        List<Path> found = List.of(layout.manifests());
        for (String part : Spelling.parts(name)) {
            List<Path> next = new ArrayList<>();
            for (Path directory : found) {
                for (Path entry : Directories.entries(directory))
                    if (text(entry).equalsIgnoreCase(part)) next.add(entry);
            }
            found = next;
        }
        List<ManifestFile> files = new ArrayList<>();
        for (Path file : found) {
            if (!Files.isDirectory(file)) name(file).ifPresent(n -> files.add(new ManifestFile(n, file)));
        }
        return files;
    }

    /** A name for a new model, with its parts as models that are there spell them. */
    ModelName spelling(ModelName name) throws IOException {
        Optional<ManifestFile> same = find(name);
        return same.isPresent() ? same.get().name() : Spelling.of(name, list().files());
    }

    ManifestFile write(ModelName name, byte[] content) throws IOException {
        Path target = layout.manifest(name);
        StoreLayout.makeDirectory(target.getParent());
        try (var temp = new TempFile(layout.manifests(), TEMP_PREFIX)) {
            temp.write(ByteBuffer.wrap(content));
            temp.become(target);
        }
        return new ManifestFile(name, target);
    }

    /** Removes a manifest and the directories above it that are empty then. */
    void delete(ManifestFile file) throws IOException {
        Files.deleteIfExists(file.path());
        Path directory = file.path().getParent();
        for (int level = 1; level < LEVELS && Directories.deleteIfEmpty(directory); level++) {
            directory = directory.getParent();
        }
    }

    /**
     * Directories that hold nothing but empty directories, the deepest first; links are left alone.
     *
     * @param remove whether they go
     */
    List<Path> emptyDirectories(boolean remove) throws IOException {
        List<Path> empty = new ArrayList<>();
        for (Path entry : Directories.entries(layout.manifests())) isHollow(entry, LEVELS, remove, empty);
        return empty;
    }

    private static boolean isHollow(Path directory, int levels, boolean remove, List<Path> into) throws IOException {
        if (levels == 0 || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return false;
        boolean hollow = true;
        for (Path entry : Directories.entries(directory)) hollow &= isHollow(entry, levels - 1, remove, into);
        if (!hollow || (remove && !Directories.deleteIfEmpty(directory))) return false;
        into.add(directory);
        return true;
    }

    private static Optional<ModelName> name(Path path) {
        int count = path.getNameCount();
        try {
            return Optional.of(new ModelName(
                    path.getName(count - 4).toString(),
                    path.getName(count - 3).toString(),
                    path.getName(count - 2).toString(),
                    path.getName(count - 1).toString()));
        } catch (PaddockException e) {
            return Optional.empty();
        }
    }

    private static String text(Path path) {
        return path.getFileName().toString();
    }
}
