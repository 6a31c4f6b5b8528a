package dev.paddock.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A file that takes its final name only when all of it is on the disk, and is gone when closed before. One thread. */
final class TempFile implements AutoCloseable {
    /** Those of this process that are being written: however old they are, they are not left over. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private boolean kept;

    /** @param prefix of its name; random digits follow */
    TempFile(Path directory, String prefix) throws IOException {
        long random = ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
        this.path = directory.resolve(prefix + random);
        this.channel = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), StoreLayout.fileMode());
        OPEN.add(path);
    }

    /** Whether this process is writing it. */
    static boolean isOpen(Path file) {
        return OPEN.contains(file);
    }

    Path path() {
        return path;
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    /** Flushes to the disk and renames, replacing what has that name. */
    void become(Path target) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        kept = true;
        syncDirectory(target.getParent());
    }

    /** {@link #become} for content that somebody else wrote, perhaps as a new file in this one's place. */
    void take(Path target) throws IOException {
        try (var written = FileChannel.open(path, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        become(target);
    }

    @Override
    public void close() throws IOException {
        OPEN.remove(path);
        channel.close();
        if (!kept) Files.deleteIfExists(path);
    }

    /** Makes the new name survive a power cut; systems that cannot open a directory do so by themselves. */
    static void syncDirectory(Path directory) {
        try (var opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            return;
        }
    }
}
