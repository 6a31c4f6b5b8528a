package dev.paddock.dialect.openai.batches;

import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.openai.files.SafeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Results in a file, one a line, written as they come. Opened again after a crash it knows whose results it has; a line
 * that was cut in the middle is dropped, and its request is not among them. Safe for many threads.
 */
final class ResultLog implements AutoCloseable {
    private final FileChannel channel;
    private final Set<String> ids = new HashSet<>();
    private int answered;

    /** Opens the log; a new one is made. */
    ResultLog(Path file) throws IOException {
        this.channel = SafeFile.append(file);
        long whole = read(file);
        channel.truncate(whole);
        channel.position(whole);
    }

    /** How many bytes are whole lines. */
    private long read(Path file) throws IOException {
        long whole = 0;
        // Half a character, at the end of a line that was cut, is no failure.
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var json = Json.parseObject(line).filter(result -> result.get("custom_id") instanceof String);
                long end = whole + line.getBytes(StandardCharsets.UTF_8).length + 1;
                if (json.isEmpty() || end > channel.size()) return whole;
                count(json.get());
                whole = end;
            }
        }
        return whole;
    }

    private void count(Map<String, Object> result) {
        ids.add((String) result.get("custom_id"));
        if (result.get("response") != null) answered++;
    }

    /** Adds a result. */
    synchronized void add(Map<String, Object> result) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((Json.write(result) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) channel.write(line);
        count(result);
    }

    /** Whether there is a result for that request. */
    synchronized boolean has(String id) {
        return ids.contains(id);
    }

    /** How many requests were answered, which those that never began were not. */
    synchronized int answered() {
        return answered;
    }

    /** Whether there is nothing. */
    synchronized boolean isEmpty() {
        return ids.isEmpty();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.force(true);
        channel.close();
    }
}
