package dev.paddock.cli.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What was typed at the prompt, kept between sessions: an entry a line, the latest last, for the owner's eyes. Several
 * prompts may write to it at once. A file that cannot be used costs a warning and nothing else. One thread.
 */
final class HistoryFile {
    static final int MAX_ENTRIES = 1000;
    static final int MAX_BYTES = 256 << 10;
    /** Longer ones are pasted texts, which nobody looks for here. */
    static final int MAX_ENTRY_BYTES = 16 << 10;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path file;
    private final Consumer<String> complaints;
    private boolean broken;

    /** @param complaints hears once why nothing is kept */
    HistoryFile(Path file, Consumer<String> complaints) {
        this.file = file.toAbsolutePath();
        this.complaints = complaints;
    }

    /** The entries, the latest last. */
    List<String> entries() {
        try (var channel = FileChannel.open(file);
                var _ = channel.lock(0, Long.MAX_VALUE, true)) {
            return lines(channel).stream().map(HistoryFile::entry).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            complain(e);
            return List.of();
        }
    }

    /** Adds one, and lets the oldest go where there are too many. */
    void add(String entry) {
        String line = line(entry);
        if (broken || bytes(line).length > MAX_ENTRY_BYTES) return;
        try (var channel = open();
                var _ = channel.lock()) {
            List<String> lines = lines(channel);
            if (!lines.isEmpty() && lines.getLast().equals(line)) return;
            lines.add(line);
            write(channel, newest(lines));
        } catch (IOException e) {
            complain(e);
        }
    }

    private void complain(IOException e) {
        if (!broken) complaints.accept("Warning: what is typed is not kept in " + file + " (" + e + ")");
        broken = true;
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            return FileChannel.open(file, OPTIONS);
        }
        FileChannel channel = FileChannel.open(file, OPTIONS, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        // One that somebody else made may be open to others.
        Files.setPosixFilePermissions(file, OWNER_ONLY);
        return channel;
    }

    /** The last lines of the file; of one that is too large not the first of them, which may be half a line. */
    private static List<String> lines(FileChannel channel) throws IOException {
        long start = Math.max(0, channel.size() - MAX_BYTES);
        var bytes = ByteBuffer.allocate((int) (channel.size() - start));
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {}
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (start > 0 && !lines.isEmpty()) lines.removeFirst();
        return lines;
    }

    private static List<String> newest(List<String> lines) {
        int from = lines.size();
        int size = 0;
        while (from > 0 && lines.size() - from < MAX_ENTRIES) {
            size += bytes(lines.get(from - 1)).length + 1;
            if (size > MAX_BYTES) break;
            from--;
        }
        return lines.subList(from, lines.size());
    }

    /** In place, under the lock: a file that was moved here would leave the others with a lock on the old one. */
    private static void write(FileChannel channel, List<String> lines) throws IOException {
        var bytes = ByteBuffer.wrap(bytes(String.join("\n", lines) + "\n"));
        while (bytes.hasRemaining()) channel.write(bytes, bytes.position());
        channel.truncate(bytes.limit());
    }

    private static String line(String entry) {
        return entry.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String entry(String line) {
        try {
            return line.translateEscapes();
        } catch (IllegalArgumentException notOurs) {
            return line;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
