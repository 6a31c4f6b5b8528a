package dev.paddock.transfer.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a tar file of plain files (POSIX.1-2001): reproducible, and with a PAX header where a size needs one. */
final class TarWriter {
    static final int BLOCK = 512;
    /** What eleven octal digits can say. */
    static final long LARGEST_OCTAL = (1L << 33) - 1;

    private static final int BUFFER_BYTES = 256 << 10;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void file(String name, byte[] content) throws IOException {
        begin(name, content.length);
        out.write(content);
        pad(content.length);
    }

    /** @throws IOException also when the content has another size */
    void file(String name, long size, InputStream content) throws IOException {
        begin(name, size);
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = size;
        while (left > 0) {
            int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) throw new IOException(name + " is shorter than it should be");
            out.write(buffer, 0, count);
            left -= count;
        }
        pad(size);
    }

    private void begin(String name, long size) throws IOException {
        if (size > LARGEST_OCTAL) {
            byte[] record = record("size=" + size);
            out.write(header("pax/" + name, record.length, 'x'));
            out.write(record);
            pad(record.length);
        }
        out.write(header(name, Math.min(size, LARGEST_OCTAL), '0'));
    }

    /** A record begins with its own length, which counts its digits too. */
    private static byte[] record(String text) {
        int length = text.length() + 2;
        while (Integer.toString(length).length() + text.length() + 2 != length) length++;
        return (length + " " + text + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] header(String name, long size, char type) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name.length() > 100 ? name.substring(0, 100) : name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "00000000000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 263, "00");
        put(header, 148, "%06o".formatted(sum(header)));
        header[154] = 0;
        return header;
    }

    static int sum(byte[] header) {
        int sum = 0;
        for (byte b : header) sum += b & 0xff;
        return sum;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private void pad(long size) throws IOException {
        int over = (int) (size % BLOCK);
        if (over > 0) out.write(new byte[BLOCK - over]);
    }

    /** Writes the end; the stream stays open. */
    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }
}
