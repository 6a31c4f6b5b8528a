package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file in the blobs directory.
 *
 * @param digest that its name tells; absent for temporary and foreign files
 * @param size bytes; 0 for a link
 * @param modified of the file itself, not of what it links to
 * @param link whether it is a link by name
 */
record BlobFile(Path path, Kind kind, Optional<Digest> digest, long size, Instant modified, boolean link) {
    private static final Pattern TEMP = Pattern.compile("sha256-[0-9]{1,19}|sha256-[0-9a-fA-F]{64}\\.tmp");
    private static final Pattern PARTIAL = Pattern.compile("(sha256-[0-9a-fA-F]{64})-partial(-.*)?");
    private static final String PREFIX = "sha256-";
    private static final int NAME_LENGTH = PREFIX.length() + 64;

    /** What a name in that directory says. */
    enum Kind {
        /** Whole content. */
        BLOB,
        /** A piece of an unfinished download, or the note of one. */
        PARTIAL,
        /** Content that never got its digest. */
        TEMP,
        /** Nothing that a store makes. */
        FOREIGN
    }

    /** Everything in the directory but directories, in no order; nothing when it is not there. */
    static List<BlobFile> list(StoreLayout layout) throws IOException {
        List<BlobFile> files = new ArrayList<>();
        for (Path path : Directories.entries(layout.blobs())) of(path).ifPresent(files::add);
        return files;
    }

    private static Optional<BlobFile> of(Path path) throws IOException {
        try {
            var facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (facts.isDirectory()) return Optional.empty();
            return Optional.of(of(path, facts));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static BlobFile of(Path path, BasicFileAttributes facts) {
        boolean link = !facts.isRegularFile();
        long size = link ? 0 : facts.size();
        Instant modified = facts.lastModifiedTime().toInstant();
        String name = path.getFileName().toString();
        Optional<Digest> digest = digest(name);
        if (digest.isPresent()) return new BlobFile(path, Kind.BLOB, digest, size, modified, link);
        var partial = PARTIAL.matcher(name);
        if (partial.matches()) {
            return new BlobFile(path, Kind.PARTIAL, digest(partial.group(1)), size, modified, link);
        }
        Kind kind = TEMP.matcher(name).matches() ? Kind.TEMP : Kind.FOREIGN;
        return new BlobFile(path, kind, Optional.empty(), size, modified, link);
    }

    private static Optional<Digest> digest(String name) {
        if (name.length() != NAME_LENGTH || !name.startsWith(PREFIX)) return Optional.empty();
        try {
            return Optional.of(Digest.parse(name));
        } catch (PaddockException e) {
            return Optional.empty();
        }
    }

    /** Whether it holds the content of a download itself, rather than a note of what is there. */
    boolean isPartialContent() {
        return kind == Kind.PARTIAL && path.getFileName().toString().endsWith("-partial");
    }

    boolean olderThan(Instant time) {
        return modified.isBefore(time);
    }
}
