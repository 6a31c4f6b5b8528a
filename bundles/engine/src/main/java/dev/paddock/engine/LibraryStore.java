package dev.paddock.engine;

import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories of files that runners need, under one root: one for each set of files, named by the set's digest, so that
 * what a running process has mapped is never overwritten. Several servers may share a root. Safe for many threads.
 */
final class LibraryStore {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryStore.class);
    /** Begins the names of directories that are being made. */
    static final String UNFINISHED = ".new-";

    private static final int NAME_DIGITS = 16;
    /** What nobody used for so long is removed; less would take it from a server that shares the root. */
    private static final Duration DISUSED = Duration.ofDays(1);

    private final Path root;
    /** Directories whose files were verified since this store was made. */
    private final Set<Path> verified = new HashSet<>();

    LibraryStore(Path root) {
        this.root = root;
    }

    /**
     * Where the directories lie: beside the program, for all its users and homes, if it may be written, as the JVM's
     * other caches do; else in this home.
     */
    static Path place(Optional<Path> install, Path home) {
        return install.filter(Files::isWritable)
                .map(directory -> directory.resolve("cache"))
                .orElse(home)
                .resolve("engine")
                .toAbsolutePath();
    }

    /**
     * The directory that holds exactly these files, made now if it is not there or damaged.
     *
     * @param label for people, in front of the digest
     * @throws PaddockException with {@link Fault#UNAVAILABLE} when it cannot be made
     */
    synchronized Path assemble(String label, List<NativeFile> files) {
        Path directory = root.resolve(label + "-" + digest(files));
        try {
            if (!verified.contains(directory) || !Files.isDirectory(directory)) verify(directory, files);
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
            return directory;
        } catch (IOException e) {
            throw new PaddockException(
                    Fault.UNAVAILABLE,
                    "the engine's files could not be written to " + directory + " (" + e + "); check space and rights",
                    e);
        }
    }

    private static String digest(List<NativeFile> files) {
        String lines = files.stream()
                .map(file -> file.sha256() + "  " + file.name())
                .sorted()
                .collect(Collectors.joining("\n"));
        return Digest.of(lines.getBytes(StandardCharsets.UTF_8)).hex().substring(0, NAME_DIGITS);
    }

    /**
     * To read it all takes some tenths of a second at each start: what is sealed and was not touched since is sound.
     */
    private void verify(Path directory, List<NativeFile> files) throws IOException {
        if (!Seal.holds(directory, files)) {
            if (!isSound(directory, files)) build(directory, files);
            Seal.put(directory, files);
        }
        verified.add(directory);
    }

    private static boolean isSound(Path directory, List<NativeFile> files) throws IOException {
        if (!Files.isDirectory(directory)) return false;
        for (NativeFile file : files) {
            Path path = directory.resolve(file.name());
            if (!Files.isRegularFile(path)) return false;
            try (var content = Files.newInputStream(path)) {
                if (!hash(content, null).equals(file.sha256())) return false;
            }
        }
        return true;
    }

    private void build(Path directory, List<NativeFile> files) throws IOException {
        long start = System.nanoTime();
        Files.createDirectories(root);
        Path fresh = Files.createTempDirectory(root, UNFINISHED);
        try {
            for (NativeFile file : files) copy(file, fresh.resolve(file.name()));
            if (Files.exists(directory)) {
                LOG.warn("{} was damaged and is made anew", directory);
                FileTree.delete(directory);
            }
            move(fresh, directory);
        } finally {
            FileTree.delete(fresh);
        }
        LOG.info("assembled {} files in {} in {} ms", files.size(), directory, (System.nanoTime() - start) / 1_000_000);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static void copy(NativeFile file, Path target) throws IOException {
        try (var content = file.content().openStream()) {
            String found = hash(content, target);
            if (!found.equals(file.sha256())) {
                throw new IOException(file.name() + " has the digest " + found + ", not " + file.sha256()
                        + "; its bundle is damaged, install it again");
            }
        }
    }

    /** The SHA-256 of the content, which is written to the target if there is one. */
    private static String hash(InputStream content, Path target) throws IOException {
        var hash = Digest.sha256();
        try (var hashing = new DigestInputStream(content, hash)) {
            if (target == null) hashing.transferTo(OutputStream.nullOutputStream());
            else Files.copy(hashing, target);
        }
        return Digest.ofHash(hash.digest()).hex();
    }

    /** The digest of what is behind a bundle's resource. */
    static String hash(InputStream content) throws IOException {
        return hash(content, null);
    }

    /** Removes directories of other sets and half-made ones that are no longer used; what fails is logged and left. */
    synchronized void clean() {
        if (!Files.isDirectory(root)) return;
        try (var entries = Files.list(root)) {
            var old = entries.filter(Files::isDirectory)
                    .filter(entry -> !verified.contains(entry) && isDisused(entry))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            old.forEach(FileTree::delete);
            if (!old.isEmpty()) LOG.info("removed {} old library directories from {}", old.size(), root);
        } catch (IOException e) {
            LOG.warn("old library directories in {} could not be listed: {}", root, e.toString());
        }
    }

    private static boolean isDisused(Path entry) {
        try {
            return Files.getLastModifiedTime(entry)
                    .toInstant()
                    .isBefore(Instant.now().minus(DISUSED));
        } catch (IOException _) {
            return false; // another server has removed it
        }
    }
}
