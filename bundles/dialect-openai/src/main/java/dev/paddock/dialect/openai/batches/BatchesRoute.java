package dev.paddock.dialect.openai.batches;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Durations;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.openai.files.FileShelf;
import dev.paddock.dialect.openai.files.FilesRoute;
import dev.paddock.dialect.openai.files.Page;
import dev.paddock.dialect.openai.files.StoredFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeSet;

/** {@code /v1/batches} and what is below it. Everybody sees their own batches only. */
final class BatchesRoute {
    /** The path of all batches. */
    static final String PATH = "/v1/batches";

    private static final String CANCEL = "/cancel";
    private static final int LISTED = 20;
    private static final int MOST_LISTED = 100;
    private static final int MOST_UNFINISHED = 100;
    private static final int MOST_PAIRS = 16;
    private static final int MOST_KEY = 64;
    private static final int MOST_VALUE = 512;
    private static final Duration LONGEST = Duration.ofDays(30);

    private final BatchShelf batches;
    private final FileShelf files;
    private final BatchRunner runner;
    private final ErrorForm errors;
    private final InstantSource clock;

    BatchesRoute(BatchShelf batches, FileShelf files, BatchRunner runner, ErrorForm errors, InstantSource clock) {
        this.batches = batches;
        this.files = files;
        this.runner = runner;
        this.errors = errors;
        this.clock = clock;
    }

    void create(Call call) throws IOException {
        Fields body = call.body().orElseThrow(() -> invalid("missing request body"));
        var owner = call.asker(body).identity();
        body.refuse("output_expires_after");
        String input = body.text("input_file_id").orElse("");
        boolean usable = files.find(input, owner.name())
                .filter(file -> file.purpose().equals(StoredFile.INPUT))
                .isPresent();
        if (!usable) throw body.wrong("input_file_id", "the id of a file with the purpose batch");
        var order = new Batch.Order(
                FileShelf.newId("batch_"),
                owner,
                endpoint(body),
                input,
                window(body),
                Instant.ofEpochMilli(clock.millis()),
                metadata(body));
        call.ignored(body.unread());
        if (batches.unfinished().size() >= MOST_UNFINISHED) {
            throw new BusyException(
                    Fault.QUEUE_FULL, MOST_UNFINISHED + " batches have not ended yet", Duration.ofMinutes(1), 0);
        }
        Batch batch = Batch.of(order);
        batches.add(batch);
        runner.wake();
        call.json(200, BatchJson.of(batch));
    }

    private String endpoint(Fields body) {
        String endpoint = body.text("endpoint").orElse("");
        if (!runner.routes().containsKey(endpoint)) {
            throw body.wrong(
                    "endpoint", "one of " + new TreeSet<>(runner.routes().keySet()));
        }
        return endpoint;
    }

    /** OpenAI has 24h only. */
    private static Batch.Window window(Fields body) {
        String text = body.text("completion_window").orElse("");
        try {
            Duration length = Durations.parse(text);
            if (length.isPositive() && length.compareTo(LONGEST) <= 0) return new Batch.Window(text, length);
        } catch (PaddockException e) {
            // Told below, with the name of the field.
        }
        throw body.wrong("completion_window", "a time like 24h, " + LONGEST.toHours() + "h at most");
    }

    private static Map<String, Object> metadata(Fields body) {
        var pairs = body.map("metadata").orElse(Map.of());
        boolean fine = pairs.size() <= MOST_PAIRS
                && pairs.entrySet().stream()
                        .allMatch(pair -> pair.getKey().length() <= MOST_KEY
                                && pair.getValue() instanceof String value
                                && value.length() <= MOST_VALUE);
        if (fine) return pairs;
        throw body.wrong(
                "metadata",
                "an object of at most " + MOST_PAIRS + " strings, with names up to " + MOST_KEY + " and values up to "
                        + MOST_VALUE + " characters");
    }

    void list(Call call) throws IOException {
        call.json(200, Page.of(call, batches.list(FilesRoute.owner(call)), BatchJson::of, LISTED, MOST_LISTED));
    }

    void get(Call call) throws IOException {
        String id = call.rest(PATH + "/");
        var batch = batches.find(id, FilesRoute.owner(call));
        if (batch.isEmpty()) missing(call, id);
        else call.json(200, BatchJson.of(batch.get()));
    }

    void cancel(Call call) throws IOException {
        String rest = call.rest(PATH + "/");
        String id = rest.endsWith(CANCEL) ? rest.substring(0, rest.length() - CANCEL.length()) : "";
        var batch = batches.find(id, FilesRoute.owner(call));
        if (batch.isEmpty()) {
            missing(call, rest);
            return;
        }
        if (batch.get().status().over()) {
            throw invalid("the batch is " + batch.get().status().text() + " and cannot be cancelled");
        }
        call.json(200, BatchJson.of(runner.cancel(batch.get())));
    }

    private void missing(Call call, String id) throws IOException {
        call.json(404, errors.body(404, "there is no batch '" + id + "'"));
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
