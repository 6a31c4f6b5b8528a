package dev.paddock.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The parent's end of a {@link LoadLoop}. */
final class LoadProcess implements AutoCloseable {
    /** A load of a small model takes milliseconds; what takes so long has hung. */
    private static final int LONGEST_SECONDS = 60;
    /** More than any of these models needs: one that wants a machine's memory is found by that. */
    private static final int MOST_KIBIBYTES = 16 << 20;

    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final List<String> words = new ArrayList<>();

    private LoadProcess(Process process) {
        this.process = process;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Started, with its libraries loaded. */
    static LoadProcess start(Path directory) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -v " + MOST_KIBIBYTES + "; exec \"$0\" \"$@\""));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("crash")));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dpaddock.test.natives=" + RealThings.NATIVES);
        command.add("-Dpaddock.test.model=" + RealThings.MODEL);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadLoop.class.getName()));
        return new LoadProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** What it answers; empty = it died, or did nothing for a minute. */
    Optional<String> load(Path file) throws Exception {
        try {
            in.write(file + "\n");
            in.flush();
            return CompletableFuture.supplyAsync(this::answer).get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            return Optional.empty();
        } catch (TimeoutException e) {
            words.add("it did nothing for " + LONGEST_SECONDS + " s");
            return Optional.empty();
        }
    }

    private Optional<String> answer() {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("loaded") || line.startsWith("refused")) return Optional.of(line);
                words.add(line);
            }
        } catch (IOException e) {
            words.add(e.getMessage());
        }
        return Optional.empty();
    }

    /** The end of what else it said. */
    String lastWords() {
        List<String> last = words.subList(Math.max(0, words.size() - 20), words.size());
        return String.join(" | ", last);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
