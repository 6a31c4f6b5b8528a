package dev.paddock.runner;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** How many threads compute best: one for each core that this process may use; a second one on a core only waits. */
final class Cores {
    private static final Path LINUX = Path.of("/sys/devices/system/cpu");

    private Cores() {}

    static int count() {
        int allowed = Runtime.getRuntime().availableProcessors();
        Set<String> cores = new HashSet<>();
        try (DirectoryStream<Path> processors = Files.newDirectoryStream(LINUX, "cpu[0-9]*")) {
            for (Path processor : processors) {
                Path siblings = processor.resolve("topology/thread_siblings_list");
                if (Files.isReadable(siblings))
                    cores.add(Files.readString(siblings).strip());
            }
        } catch (IOException e) {
            return allowed; // not Linux, or a container that hides it
        }
        return cores.isEmpty() ? allowed : Math.min(allowed, cores.size());
    }
}
