package dev.paddock.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One program's ahead-of-time cache: what the JVM loaded and linked in a training run, kept in a file. It is used by
 * {@code bin/paddock} when it is there; the JVM itself refuses one that does not fit, so a wrong one costs time and
 * nothing else.
 */
record AotCache(Path file, Path options, Path jar, String mainClass) {
    static AotCache ofServer(Layout layout, Path directory) {
        return new AotCache(
                directory.resolve("server.aot"), layout.serverOptions(), layout.serverJar(), Main.class.getName());
    }

    static AotCache ofCommand(Layout layout, Path directory) {
        return new AotCache(
                directory.resolve("command.aot"), layout.commandOptions(), layout.commandJar(), "dev.paddock.cli.Main");
    }

    /** Whether the program is installed and its cache missing or made for other jars or another Java. */
    boolean needsTraining() throws IOException {
        return Files.exists(jar)
                && !(Files.exists(file)
                        && Files.exists(stampFile())
                        && Files.readString(stampFile()).equals(stamp()));
    }

    private String stamp() throws IOException {
        var jars = new ArrayList<>(ClassPath.jars(jar));
        jars.add(options);
        return CacheStamp.of(jars);
    }

    private Path stampFile() {
        return file.resolveSibling(file.getFileName() + ".stamp");
    }

    /** Where a training run writes; it takes the place of {@link #file} when it is whole. */
    Path fresh() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /**
     * The training run's command line without the program's arguments; at the lowest priority where that can be asked
     * for.
     *
     * @param more options of the JVM
     */
    List<String> trainingCommand(List<String> more) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) command.addAll(List.of("/usr/bin/nice", "-n", "19"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + options);
        command.add("-XX:AOTCacheOutput=" + fresh());
        command.add("-XX:ErrorFile=" + file.resolveSibling("training-crash.log"));
        command.addAll(more);
        command.addAll(List.of("-cp", jar.toString(), mainClass));
        return command;
    }

    /** Puts what the training run wrote in place; says whether it wrote anything: a JVM that crashed over it leaves nothing in it. */
    boolean adopt() throws IOException {
        Files.deleteIfExists(fresh().resolveSibling(fresh().getFileName() + ".config"));
        if (!Files.exists(fresh()) || Files.size(fresh()) == 0) {
            Files.deleteIfExists(fresh());
            return false;
        }
        Files.deleteIfExists(stampFile());
        Files.move(fresh(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(stampFile(), stamp());
        return true;
    }
}
