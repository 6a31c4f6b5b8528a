package dev.paddock.transfer.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the entries of a tar file, one after the other: the forms of POSIX and GNU, with sizes beyond eight gigabytes. Links
 * and devices are passed over; names are only compared by those who ask, never used as paths.
 */
final class TarReader {
    private static final int MAX_HEADER_BYTES = 64 << 10;
    private static final int MAX_ENTRIES = 10_000;
    private static final Pattern RECORD = Pattern.compile("\\G([0-9]{1,5}) ([^=\\n]{1,64})=([^\\n]*)\\n");

    private final InputStream in;
    private int entries;
    private long left;
    private int padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * A plain file.
     *
     * @param name as the archive has it
     * @param size its bytes
     * @param content to be read before the next entry, or not at all
     */
    record Entry(String name, long size, InputStream content) {}

    /** The next plain file; nothing at the end. */
    Optional<Entry> next() throws IOException {
        String longName = "";
        long longSize = -1;
        while (true) {
            skip();
            byte[] header = new byte[TarWriter.BLOCK];
            int got = in.readNBytes(header, 0, header.length);
            if (got == 0 || isEmpty(header)) return Optional.empty();
            if (got < header.length) throw new EOFException("the archive ends in the middle of an entry");
            if (++entries > MAX_ENTRIES) throw new IOException("the archive has more than " + MAX_ENTRIES + " entries");
            requireSum(header);
            open(size(header));
            switch (header[156]) {
                case 'L' -> longName = text(extended(), 0, Integer.MAX_VALUE);
                case 'x' -> {
                    String records = new String(extended(), StandardCharsets.UTF_8);
                    longName = record(records, "path").orElse(longName);
                    longSize = record(records, "size").map(TarReader::decimal).orElse(longSize);
                }
                case 0, '0', '7' -> {
                    if (longSize >= 0) open(longSize);
                    String name = longName.isEmpty() ? name(header) : longName;
                    return Optional.of(new Entry(name, left, new Content()));
                }
                default -> {
                    longName = "";
                    longSize = -1;
                }
            }
        }
    }

    private void open(long size) {
        left = size;
        padding = (int) ((TarWriter.BLOCK - size % TarWriter.BLOCK) % TarWriter.BLOCK);
    }

    private void skip() throws IOException {
        in.skipNBytes(left);
        in.skipNBytes(padding);
        left = 0;
        padding = 0;
    }

    private byte[] extended() throws IOException {
        if (left > MAX_HEADER_BYTES) throw new IOException("the archive has a header of " + left + " bytes");
        byte[] content = in.readNBytes((int) left);
        left -= content.length;
        return content;
    }

    private static Optional<String> record(String records, String key) {
        var found = RECORD.matcher(records);
        Optional<String> value = Optional.empty();
        while (found.find()) if (found.group(2).equals(key)) value = Optional.of(found.group(3));
        return value;
    }

    private static long decimal(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }

    private static long size(byte[] header) throws IOException {
        if ((header[124] & 0x80) != 0) return base256(header);
        String digits = text(header, 124, 12).strip();
        if (digits.isEmpty()) return 0;
        if (!digits.matches("[0-7]{1,12}")) throw new IOException("an entry of the archive has no size");
        return Long.parseLong(digits, 8);
    }

    /** GNU's way for large sizes: a number of eleven bytes. */
    private static long base256(byte[] header) throws IOException {
        long size = 0;
        for (int at = 125; at < 136; at++) {
            if (size >= 1L << 54) throw new IOException("an entry of the archive is too large");
            size = size << 8 | header[at] & 0xff;
        }
        if (header[124] != (byte) 0x80) throw new IOException("an entry of the archive has no size");
        return size;
    }

    private static void requireSum(byte[] header) throws IOException {
        byte[] blank = header.clone();
        Arrays.fill(blank, 148, 156, (byte) ' ');
        String said = text(header, 148, 8).strip();
        if (!said.matches("[0-7]{1,8}") || Integer.parseInt(said, 8) != TarWriter.sum(blank)) {
            throw new IOException("this is no tar file, or it is damaged");
        }
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean posix = text(header, 257, 6).equals("ustar");
        String prefix = posix ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int most) {
        int end = from;
        while (end < bytes.length && end - from < most && bytes[end] != 0) end++;
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static boolean isEmpty(byte[] block) {
        for (byte b : block) if (b != 0) return false;
        return true;
    }

    /** What is left of the current entry. */
    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            if (left == 0) return -1;
            int got = in.read(buffer, offset, (int) Math.min(count, left));
            if (got < 0) throw new EOFException("the archive ends in the middle of an entry");
            left -= got;
            return got;
        }
    }
}
