package dev.paddock.store;

import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * One part of an unfinished download and the file that remembers how much of it is there, in Ollama's form. The content is
 * written first and the file afterwards, in one call and always of the same length, so that a killed process leaves a
 * file that says too little at worst. Safe for many threads.
 */
final class PartialPart implements AutoCloseable {
    /** Enough for four numbers of 19 digits; blanks fill it up, and Ollama's reader skips them. */
    private static final int RECORD_BYTES = 128;

    private static final int MAX_BYTES = 4096;

    private final int number;
    private final long offset;
    private final long size;
    private final FileChannel file;
    private long completed;

    private PartialPart(int number, Facts facts, FileChannel file) throws IOException {
        this.number = number;
        this.offset = facts.offset();
        this.size = facts.size();
        this.completed = facts.completed();
        this.file = file;
        remember();
    }

    /**
     * What a file says.
     *
     * @param offset of the part's first byte in the content
     * @param size of the part in bytes
     * @param completed bytes that are there, from its beginning
     */
    record Facts(long offset, long size, long completed) {
        long end() {
            return offset + size;
        }
    }

    /** Reads a file of Ollama's or ours; nothing when it does not say what can be. */
    static Optional<Facts> read(Path file, long contentSize) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES);
        }
        try {
            Map<String, Object> json = Json.object(content);
            var facts =
                    new Facts(Json.number(json, "Offset"), Json.number(json, "Size"), Json.number(json, "Completed"));
            boolean inside = facts.offset() <= contentSize && facts.size() <= contentSize - facts.offset();
            boolean sound = inside && facts.size() > 0 && facts.completed() <= facts.size();
            return sound ? Optional.of(facts) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Begins to keep a part in a file, which may be there. */
    static PartialPart keep(Path path, int number, Facts facts) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.size() > RECORD_BYTES) channel.truncate(0);
            return new PartialPart(number, facts, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    long offset() {
        return offset;
    }

    long end() {
        return offset + size;
    }

    int number() {
        return number;
    }

    /** Behind the last byte that is there. */
    synchronized long frontier() {
        return offset + completed;
    }

    synchronized boolean isWhole() {
        return completed == size;
    }

    /** Writes bytes that follow what is there and do not go beyond the part. */
    synchronized void append(long position, ByteBuffer bytes, FileChannel content) throws IOException {
        if (position != offset + completed) {
            throw new IOException("bytes at " + position + " do not follow those that are there, which end at "
                    + (offset + completed));
        }
        int count = bytes.remaining();
        long at = position;
        while (bytes.hasRemaining()) at += content.write(bytes, at);
        completed += count;
        remember();
    }

    private void remember() throws IOException {
        String json = "{\"N\":" + number + ",\"Offset\":" + offset + ",\"Size\":" + size + ",\"Completed\":" + completed
                + "}";
        String line = json + " ".repeat(RECORD_BYTES - 1 - json.length()) + "\n";
        var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        for (long at = 0; bytes.hasRemaining(); ) at += file.write(bytes, at);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
