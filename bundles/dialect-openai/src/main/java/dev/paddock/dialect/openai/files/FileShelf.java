package dev.paddock.dialect.openai.files;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files in one directory: a content and a description each, the description written last. What has none is left over
 * from a crash and removed when the shelf is opened. Safe for many threads.
 */
public final class FileShelf {
    private static final Logger LOG = LoggerFactory.getLogger(FileShelf.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DESCRIPTION = ".json";
    private static final String CONTENT = ".jsonl";
    private static final int MOST_FILES = 10_000;

    private final Path directory;
    private final InstantSource clock;
    private final Duration retention;
    private final long quota;
    private final Map<String, StoredFile> files = new ConcurrentHashMap<>();

    private FileShelf(Path directory, InstantSource clock, Duration retention, long quota) {
        this.directory = directory;
        this.clock = clock;
        this.retention = retention;
        this.quota = quota;
    }

    /**
     * Opens the shelf of a directory, which is made.
     *
     * @param retention how long a file is kept unless it says otherwise
     * @param quota most bytes of all files
     */
    public static FileShelf open(Path directory, InstantSource clock, Duration retention, long quota)
            throws IOException {
        SafeFile.makeDirectory(directory);
        var shelf = new FileShelf(directory, clock, retention, quota);
        List<Path> found;
        try (var entries = Files.list(directory)) {
            found = entries.toList();
        }
        for (Path file : found) if (file.toString().endsWith(DESCRIPTION)) shelf.take(file);
        for (Path file : found) if (shelf.leftOver(file)) Files.deleteIfExists(file);
        return shelf;
    }

    private void take(Path description) throws IOException {
        try {
            StoredFile file = StoredFile.of(SafeFile.read(description).orElseThrow());
            if (Files.exists(content(file))) files.put(file.id(), file);
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be read, and the file is removed", description.getFileName(), e);
        }
    }

    private boolean leftOver(Path file) {
        String name = file.getFileName().toString();
        int end = name.indexOf('.');
        return end < 0 || !files.containsKey(name.substring(0, end)) || name.endsWith(".next");
    }

    /** A new id with a prefix: 24 hexadecimal digits that nobody guesses. */
    public static String newId(String prefix) {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    /** Where the content of a file lies. */
    public Path content(StoredFile file) {
        return directory.resolve(file.id() + CONTENT);
    }

    /** The file with that id, if this owner has it. */
    public Optional<StoredFile> find(String id, String owner) {
        return Optional.ofNullable(files.get(id)).filter(file -> file.owner().equals(owner));
    }

    /** This owner's files, oldest first. */
    public List<StoredFile> list(String owner) {
        return files.values().stream()
                .filter(file -> file.owner().equals(owner))
                .sorted(Comparator.comparing(StoredFile::created).thenComparing(StoredFile::id))
                .toList();
    }

    /** Begins a file that a client sends. */
    public Draft draft() throws IOException {
        if (files.size() >= MOST_FILES) {
            throw new PaddockException(Fault.TOO_LARGE, "there are " + MOST_FILES + " files; delete some of them");
        }
        return new Draft(newId("file-"));
    }

    /**
     * Takes over what was written elsewhere, under an id that was chosen before; done twice, it is there once. The content
     * moves last: until then it is safe where it was written.
     */
    public void adopt(Path written, String id, String owner, String name) throws IOException {
        if (files.containsKey(id)) return;
        var file = describe(id, owner, Files.size(written), retention, name, StoredFile.OUTPUT);
        SafeFile.write(directory.resolve(id + DESCRIPTION), file.kept());
        SafeFile.move(written, content(file));
        files.put(id, file);
    }

    private StoredFile describe(String id, String owner, long bytes, Duration kept, String name, String purpose) {
        Instant now = clock.instant();
        return new StoredFile(id, owner, bytes, now, now.plus(kept), name, purpose);
    }

    /** Removes a file, the description first. */
    public void delete(StoredFile file) throws IOException {
        files.remove(file.id());
        Files.deleteIfExists(directory.resolve(file.id() + DESCRIPTION));
        Files.deleteIfExists(content(file));
    }

    /**
     * Removes what has expired.
     *
     * @param used tells files that are needed all the same
     */
    public void clear(Predicate<StoredFile> used) throws IOException {
        Instant now = clock.instant();
        for (StoredFile file : new ArrayList<>(files.values())) {
            if (file.expires().isBefore(now) && !used.test(file)) delete(file);
        }
    }

    private long taken() {
        return files.values().stream().mapToLong(StoredFile::bytes).sum();
    }

    /** A file that is being written; gone when closed before it is kept. One thread. */
    public final class Draft implements AutoCloseable {
        private final String id;
        private final Path part;
        private long bytes = -1;

        private Draft(String id) {
            this.id = id;
            this.part = directory.resolve(id + ".part");
        }

        /** Whether there is a content. */
        public boolean written() {
            return bytes >= 0;
        }

        /**
         * Writes all of the content.
         *
         * @throws PaddockException with {@link Fault#TOO_LARGE} when it has more than so many bytes, or all files together
         *     have more than is allowed
         */
        public void write(InputStream content, long most) throws IOException {
            long room = Math.min(most, quota - taken());
            byte[] buffer = new byte[64 << 10];
            try (FileChannel channel = SafeFile.append(part);
                    var out = Channels.newOutputStream(channel)) {
                long count = 0;
                for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
                    count += got;
                    if (count > room) throw tooLarge(most);
                    out.write(buffer, 0, got);
                }
                channel.force(true);
                bytes = count;
            }
        }

        private PaddockException tooLarge(long most) {
            return new PaddockException(
                    Fault.TOO_LARGE,
                    "the file is larger than the " + most + " bytes that one may have, or all files together would have"
                            + " more than " + quota + "; delete some of them");
        }

        /** Keeps it; the description says so. */
        public StoredFile keep(String owner, String name, String purpose, Optional<Duration> kept) throws IOException {
            var file = describe(id, owner, bytes, kept.orElse(retention), name, purpose);
            SafeFile.move(part, content(file));
            SafeFile.write(directory.resolve(id + DESCRIPTION), file.kept());
            files.put(id, file);
            return file;
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(part);
        }
    }
}
