package dev.paddock.runner.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A state on disk, little-endian: magic, version, key and scope (32 bytes each), number of tokens, bytes of state,
 * the tokens, CRC32C of all that, the state, CRC32C of it. What does not fit together is a {@link DamagedException}.
 */
final class DiskFile {
    /** It is no entry, not a whole one, or not one of this key. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(String message) {
            super(message);
        }
    }

    /** What comes before the state. */
    record Head(byte[] scope, int[] tokens, long stateBytes) {}

    static final int HASH = 32;
    private static final int MAGIC = 0x434B4450;
    private static final int VERSION = 1;
    private static final int FIXED = 3 * Integer.BYTES + Long.BYTES + 2 * HASH;
    private static final int SUM = Integer.BYTES;
    private static final int MAX_TOKENS = 1 << 24;
    /** A state may be larger than a buffer can be. */
    private static final int PART = 1 << 28;

    private DiskFile() {}

    static long size(int tokens, long state) {
        return FIXED + (long) Integer.BYTES * tokens + SUM + state + SUM;
    }

    /** All at once or not at all, also when the machine stops meanwhile; readable by the owner only. */
    static void write(Path file, Path temporary, byte[] key, Head head, MemorySegment state) throws IOException {
        Files.deleteIfExists(temporary);
        try (FileChannel out = FileChannel.open(temporary, WRITE_NEW, ownerOnly(temporary))) {
            writeAll(out, head(key, head));
            CRC32C sum = new CRC32C();
            for (long at = 0; at < state.byteSize(); at += PART) {
                ByteBuffer part = part(state, at);
                sum.update(part.duplicate());
                writeAll(out, part);
            }
            ByteBuffer end = buffer(SUM);
            writeAll(out, end.putInt((int) sum.getValue()).flip());
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.getParent());
    }

    private static final Set<StandardOpenOption> WRITE_NEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private static FileAttribute<?>[] ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return new FileAttribute<?>[] {mode};
    }

    /** The new name too; some systems cannot, and do it by themselves. */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // without it the entry may be lost when the machine stops, which is no more than a slower answer
            return;
        }
    }

    private static ByteBuffer head(byte[] key, Head head) {
        int[] tokens = head.tokens();
        ByteBuffer bytes = buffer(FIXED + Integer.BYTES * tokens.length + SUM);
        bytes.putInt(MAGIC).putInt(VERSION).put(key).put(head.scope());
        bytes.putInt(tokens.length).putLong(head.stateBytes());
        for (int token : tokens) bytes.putInt(token);
        return bytes.putInt(sum(bytes)).flip();
    }

    private static int sum(ByteBuffer written) {
        CRC32C sum = new CRC32C();
        sum.update(written.duplicate().flip());
        return (int) sum.getValue();
    }

    /** Reads and checks all but the state. */
    static Head readHead(Path file, byte[] key) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            return readHead(in, key);
        }
    }

    private static Head readHead(FileChannel in, byte[] key) throws IOException {
        ByteBuffer fixed = read(in, FIXED);
        if (fixed.getInt() != MAGIC || fixed.getInt() != VERSION) throw new DamagedException("it is no such file");
        byte[] itsKey = new byte[HASH];
        byte[] scope = new byte[HASH];
        fixed.get(itsKey).get(scope);
        int count = fixed.getInt();
        long state = fixed.getLong();
        if (!Arrays.equals(itsKey, key)) throw new DamagedException("it is of another model or engine");
        if (count < 1 || count > MAX_TOKENS || state < 1 || in.size() - size(count, 0) != state) {
            throw new DamagedException("its size is not what it says");
        }
        ByteBuffer bytes = buffer(FIXED + Integer.BYTES * count).put(fixed.rewind());
        ByteBuffer rest = read(in, Integer.BYTES * count + SUM);
        bytes.put(rest.slice(0, Integer.BYTES * count));
        if (sum(bytes) != rest.order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES * count)) {
            throw new DamagedException("the checksum of its head is wrong");
        }
        int[] tokens = new int[count];
        bytes.position(FIXED).asIntBuffer().get(tokens);
        return new Head(scope, tokens, state);
    }

    /** Reads and checks everything; these tokens must be in it. */
    static SavedState read(Path file, byte[] key, int[] tokens) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            Head head = readHead(in, key);
            if (!Arrays.equals(tokens, head.tokens())) throw new DamagedException("it holds other tokens now");
            SavedState state = SavedState.room(head.stateBytes());
            try {
                if (fill(in, state.bytes()) == read(in, SUM).getInt()) return state;
                throw new DamagedException("the checksum of its state is wrong");
            } catch (IOException e) {
                state.close();
                throw e;
            }
        }
    }

    private static int fill(FileChannel in, MemorySegment state) throws IOException {
        CRC32C sum = new CRC32C();
        for (long at = 0; at < state.byteSize(); at += PART) {
            ByteBuffer part = part(state, at);
            readAll(in, part);
            sum.update(part.flip());
        }
        return (int) sum.getValue();
    }

    private static ByteBuffer part(MemorySegment state, long at) {
        return state.asSlice(at, Math.min(PART, state.byteSize() - at)).asByteBuffer();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer read(FileChannel in, int size) throws IOException {
        ByteBuffer bytes = buffer(size);
        readAll(in, bytes);
        return bytes.flip();
    }

    private static void readAll(FileChannel in, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (in.read(into) < 0) throw new DamagedException("it ends too soon");
        }
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) out.write(bytes);
    }
}
