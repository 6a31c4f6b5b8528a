package dev.paddock.dialect.openai.batches;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The requests of a batch, line by line; blank lines are passed over. One thread. */
final class BatchInput implements AutoCloseable {
    /** After so many errors the rest need not be told. */
    private static final int MOST_ERRORS = 50;

    private final InputStream in;
    private final String endpoint;
    private final int mostBytes;
    private int number;

    /** @param mostBytes of one line */
    BatchInput(Path file, String endpoint, int mostBytes) throws IOException {
        this.in = new BufferedInputStream(Files.newInputStream(file), 64 << 10);
        this.endpoint = endpoint;
        this.mostBytes = mostBytes;
    }

    /**
     * The next request.
     *
     * @return empty at the end
     */
    Optional<InputLine> next() throws IOException, InputLine.MalformedException {
        while (true) {
            Optional<String> line = line();
            if (line.isEmpty()) return Optional.empty();
            if (!line.get().isBlank()) return Optional.of(InputLine.parse(line.get(), endpoint));
        }
    }

    /** A line; one that is too long is read to its end and refused. */
    private Optional<String> line() throws IOException, InputLine.MalformedException {
        var bytes = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) return Optional.empty();
        number++;
        long length = 0;
        for (; b >= 0 && b != '\n'; b = in.read()) if (++length <= mostBytes) bytes.write(b);
        if (length > mostBytes) {
            throw new InputLine.MalformedException(
                    "line_too_long", "the line has " + length + " bytes; the most is " + mostBytes);
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    /**
     * Reads all of it.
     *
     * @param total how many requests there are
     * @param errors what is wrong; the batch can be answered when there is nothing
     */
    record Check(int total, List<Batch.InputError> errors) {}

    /** @param most requests that a batch may have */
    Check check(int most) throws IOException {
        List<Batch.InputError> errors = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int total = 0;
        while (errors.size() < MOST_ERRORS) {
            try {
                var next = next();
                if (next.isEmpty()) break;
                if (++total > most) {
                    errors.add(new Batch.InputError("too_many_tasks", "a batch has at most " + most + " requests", 0));
                    break;
                }
                if (!ids.add(next.get().id())) {
                    errors.add(new Batch.InputError(
                            "duplicate_custom_id", "the \"custom_id\" was in an earlier line, too", number));
                }
            } catch (InputLine.MalformedException e) {
                errors.add(new Batch.InputError(e.code(), e.getMessage(), number));
            }
        }
        if (total == 0 && errors.isEmpty()) {
            errors.add(new Batch.InputError("empty_file", "the file has no requests", 0));
        }
        return new Check(total, errors);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
