package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine. */
interface Programs {
    /** The exit code of a program that is not there, as shells have it. */
    int MISSING = 127;

    /**
     * What a program did.
     *
     * @param code its exit code, {@link #MISSING} when there is no such program, 124 when it took too long
     * @param output both its streams, at most 16 KiB, without blanks around
     */
    record Result(int code, String output) {
        boolean fine() {
            return code == 0;
        }
    }

    Result run(List<String> words);

    /** The real ones; each may take a minute and a half: starting a service waits for it. */
    static Programs ofThisMachine() {
        return Programs::start;
    }

    private static Result start(List<String> words) {
        Path output = null;
        try {
            output = Files.createTempFile("paddock-service", ".out");
            Process process = new ProcessBuilder(words)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(90, TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly();
            return new Result(ended ? process.exitValue() : 124, beginning(output));
        } catch (IOException e) {
            return new Result(MISSING, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new Failure(Failure.INTERRUPTED, "interrupted");
        } finally {
            if (output != null) delete(output);
        }
    }

    private static String beginning(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(1 << 14), StandardCharsets.UTF_8).strip();
        }
    }

    private static void delete(Path file) {
        if (!file.toFile().delete()) file.toFile().deleteOnExit();
    }
}
