package dev.paddock.dialect.openai.batches;

import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.Sizes;
import java.time.Duration;

/**
 * The limits of files and batches.
 *
 * @param file most bytes of one file
 * @param quota most bytes of all files
 * @param retention how long files, and batches that ended, are kept
 * @param lines most requests of one batch
 * @param line most bytes of one request
 * @param parallel how many requests are answered at the same time
 */
record BatchSettings(long file, long quota, Duration retention, int lines, int line, int parallel) {
    private static final int MOST_PARALLEL = 64;
    private static final int MOST_LINES = 1_000_000;

    /** @throws IllegalArgumentException naming the setting that cannot be used */
    static BatchSettings of(BatchesApi.Config config) {
        long line = size("line.limit", config.line_limit());
        if (line < 1 << 10 || line > 1 << 30) throw wrong("line.limit", config.line_limit(), "1k to 1g");
        return new BatchSettings(
                size("file.limit", config.file_limit()),
                size("files.quota", config.files_quota()),
                Durations.setting(BatchesApi.PID, "retention", config.retention()),
                within("lines.limit", config.lines_limit(), MOST_LINES),
                (int) line,
                within("parallel", config.parallel(), MOST_PARALLEL));
    }

    private static long size(String key, String value) {
        return Sizes.setting(BatchesApi.PID, key, value);
    }

    private static int within(String key, int value, int most) {
        if (value < 1 || value > most) throw wrong(key, Integer.toString(value), "1 to " + most);
        return value;
    }

    private static IllegalArgumentException wrong(String key, String value, String right) {
        return new IllegalArgumentException(BatchesApi.PID + ": " + key + " is " + value + "; write " + right);
    }
}
