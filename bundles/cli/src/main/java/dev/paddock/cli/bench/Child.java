package dev.paddock.cli.bench;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;

/** A runner that does one thing in a process of its own and says how it went as JSON, in the last line of its output. */
final class Child {
    private static final int MAX_OUTPUT = 1 << 20;
    private static final int TAIL = 600;
    /** As a server gives it to its runners, so that both compute on pages of the same size. */
    private static final String HUGE_PAGES = "glibc.malloc.hugetlb=1";

    private Child() {}

    /**
     * Runs it to its end.
     *
     * @return what it said
     * @throws Failure with the end of its words when it fails, and when it was cancelled
     */
    static Map<String, Object> run(List<String> command, Cancellation cancellation) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putIfAbsent("GLIBC_TUNABLES", HUGE_PAGES);
            Process process = builder.start();
            try (var _ = cancellation.during(process::destroyForcibly)) {
                process.getOutputStream().close();
                var words =
                        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Thread::startVirtualThread);
                String said = text(process.getInputStream());
                int code = process.waitFor();
                cancellation.check();
                if (code != 0) throw failed("ended with exit code " + code, words.join());
                return last(said, words.join());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new Failure("the runner cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new Failure(Failure.INTERRUPTED, "interrupted");
        }
    }

    /** What was written, of which only the beginning is kept when it is endless. */
    private static String text(InputStream in) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (in) {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (kept.size() < MAX_OUTPUT) kept.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // it was ended: its exit code says so
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> last(String said, String words) {
        String[] lines = said.strip().split("\n", -1);
        try {
            return Json.object(lines[lines.length - 1].getBytes(StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw failed("said nothing that is JSON", words);
        }
    }

    private static Failure failed(String how, String words) {
        String text = words.strip();
        return new Failure("the runner " + how + "\n" + text.substring(Math.max(0, text.length() - TAIL)));
    }
}
