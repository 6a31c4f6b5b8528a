package dev.paddock.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a runner's JVM is started.
 *
 * @param java the java binary
 * @param classPath jars of the runner
 * @param main its main class
 * @param heap most Java heap, for example {@code 64m}
 * @param archive an AOT cache to start from, if it is there; a wrong one is ignored by the JVM
 */
record RunnerCommand(Path java, String classPath, String main, String heap, Optional<Path> archive) {
    private static final Path NICE = Path.of("/usr/bin/nice");
    static final String MAIN = "dev.paddock.runner.Main";

    /** What the compute libraries and their drivers read; nothing else of the server's environment is passed on. */
    private static final Pattern PASSED = Pattern.compile("HOME|LANG|LC_.*|TZ|TMPDIR|TEMP|PATH|LD_LIBRARY_PATH"
            + "|SystemRoot"
            + "|GLIBC_TUNABLES"
            + "|CUDA_.*|NVIDIA_.*|HIP_.*|ROCR_.*|HSA_.*|VK_.*|GGML_.*|LLAMA_.*|OMP_.*|XDG_RUNTIME_DIR|XDG_DATA_DIRS");

    /**
     * Has glibc ask for huge pages for what is large; Linux commonly gives them only to those who ask. Each token reads
     * all weights, and on small pages the CPU must look up more often where they lie; docs/benchmarks.md has figures.
     */
    private static final String HUGE_PAGES = "glibc.malloc.hugetlb=1";

    /** The java binary that runs this server. */
    static Path ownJava() {
        String name = System.getProperty("os.name").startsWith("Windows") ? "java.exe" : "java";
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    /** A runner that connects to the directory's socket. */
    ProcessBuilder process(RuntimeDirectory directory) {
        List<String> words = new ArrayList<>();
        archive.filter(Files::isRegularFile).ifPresent(file -> words.add("-XX:AOTCache=" + file));
        words.addAll(List.of("-cp", classPath, main, directory.socket().toString()));
        return builder(directory, words);
    }

    /** A run that touches what every start needs and leaves an archive of it. */
    ProcessBuilder training(RuntimeDirectory directory, Path output, Path libraries) {
        String archiveOutput = "-XX:AOTCacheOutput=" + output;
        var builder = builder(
                directory, List.of(archiveOutput, "-cp", classPath, main, "warm", "--libs", libraries.toString()));
        // The first answers are being written meanwhile.
        return inBackground(builder);
    }

    /** So that others come first, where the system can do that. */
    static ProcessBuilder inBackground(ProcessBuilder builder) {
        if (Files.isExecutable(NICE)) builder.command().addAll(0, List.of(NICE.toString(), "-n", "19"));
        return builder;
    }

    private ProcessBuilder builder(RuntimeDirectory directory, List<String> words) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options());
        command.addAll(words);
        var builder =
                new ProcessBuilder(command).directory(directory.path().toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !PASSED.matcher(name).matches());
        builder.environment().putIfAbsent("GLIBC_TUNABLES", HUGE_PAGES);
        return builder;
    }

    /** A small JVM that starts fast: one collector thread, one compiler, no files of its own. */
    List<String> options() {
        return List.of(
                "-Xms8m",
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED");
    }
}
