package dev.paddock.cli.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The end of a file that grows, and is put aside for a new one when it is large. One thread. */
public final class FileTail {
    private static final int BLOCK = 1 << 16;
    private static final int PAUSE_MILLIS = 200;

    private final Path path;
    private final OutputStream out;
    private Object file;
    private long position;

    /** @param out gets the bytes as they are */
    public FileTail(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** Prints the last so many lines. */
    public void last(int lines) throws IOException {
        file = key();
        try (var from = new RandomAccessFile(path.toFile(), "r")) {
            position = start(from, lines);
            copy(from);
        }
    }

    /** Where the last so many lines begin; read backwards, since logs are long. */
    private static long start(RandomAccessFile from, int lines) throws IOException {
        long end = from.length();
        // The line feed at the very end ends the last line and begins none.
        long left = lines + 1L;
        if (lines == 0) return end;
        byte[] block = new byte[BLOCK];
        long at = end;
        while (at > 0) {
            int length = (int) Math.min(BLOCK, at);
            at -= length;
            from.seek(at);
            from.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                boolean first = at + i == end - 1 && block[i] != '\n';
                if (first) left--;
                if (block[i] == '\n' && --left == 0) return at + i + 1;
            }
        }
        return 0;
    }

    private void copy(RandomAccessFile from) throws IOException {
        from.seek(position);
        byte[] block = new byte[BLOCK];
        for (int length = from.read(block); length > 0; length = from.read(block)) {
            out.write(block, 0, length);
            position += length;
        }
        out.flush();
    }

    /** Prints what comes, until the thread is interrupted. */
    public void follow() throws IOException {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                more();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints what came since; begins anew where another file has the name. */
    void more() throws IOException {
        if (!Files.exists(path)) return;
        Object now = key();
        boolean another = now != null && !now.equals(file);
        try (var from = new RandomAccessFile(path.toFile(), "r")) {
            if (another || from.length() < position) position = 0;
            file = now;
            copy(from);
        }
    }

    private Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
