package dev.paddock.engine;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a runner finds its files.
 *
 * @param directory all of them lie in it
 * @param backends what to load, in order, as names in the directory
 * @param environment variables that they read
 */
record RunnerFiles(Path directory, List<Message.BackendFiles> backends, Map<String, String> environment) {
    private static final String JAR = "runner.jar";

    RunnerFiles {
        backends = List.copyOf(backends);
        environment = Map.copyOf(environment);
    }

    Path jar() {
        return directory.resolve(JAR);
    }

    /** What a runner is told of them. */
    Message.Libraries libraries() {
        return new Message.Libraries(directory.toString(), backends, environment);
    }

    /**
     * Brings the files of the core, the runner and these backends together.
     *
     * @param used the CPU's, and what else computes
     * @throws PaddockException with {@link Fault#UNAVAILABLE} when something of it is missing
     */
    static RunnerFiles assemble(LibraryStore store, List<Backend> used) {
        var core = NativeIndex.of(RunnerFiles.class);
        if (core.isEmpty()) {
            throw unavailable("this build holds no llama.cpp for " + NativeIndex.platform()
                    + "; build it with -Dplatforms=" + NativeIndex.platform());
        }
        Map<String, NativeFile> files = new LinkedHashMap<>();
        core.forEach(file -> add(files, file));
        add(files, jarFile());
        var ordered = used.stream()
                .sorted(Comparator.comparingInt(Backend::order)
                        .thenComparing(backend -> backend.key().id()))
                .toList();
        List<Message.BackendFiles> backends = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        for (Backend backend : ordered) {
            backends.add(add(files, backend));
            environment.putAll(backend.environment());
        }
        String label = NativeIndex.platform() + "-"
                + ordered.stream().map(backend -> backend.key().id()).collect(Collectors.joining("-"));
        return new RunnerFiles(store.assemble(label, List.copyOf(files.values())), backends, environment);
    }

    private static Message.BackendFiles add(Map<String, NativeFile> files, Backend backend) {
        var own = backend.files();
        if (own.isEmpty()) {
            throw unavailable("the backend " + backend.key() + " holds nothing for " + NativeIndex.platform()
                    + "; install a build of it for this platform");
        }
        own.forEach(file -> add(files, file));
        return new Message.BackendFiles(
                backend.key().id(), own.stream().map(NativeFile::name).toList());
    }

    private static void add(Map<String, NativeFile> files, NativeFile file) {
        var other = files.putIfAbsent(file.name(), file);
        if (other != null && !other.sha256().equals(file.sha256())) {
            throw unavailable("two bundles carry different files named " + file.name() + "; uninstall one of them");
        }
    }

    private static NativeFile jarFile() {
        var content = RunnerFiles.class.getResource("/runner/" + JAR);
        if (content == null) throw unavailable("the engine's bundle lacks runner/" + JAR + "; install it again");
        try (var stream = content.openStream()) {
            return new NativeFile(JAR, LibraryStore.hash(stream), content);
        } catch (IOException e) {
            throw new PaddockException(Fault.UNAVAILABLE, "the engine's bundle cannot be read: " + e, e);
        }
    }

    private static PaddockException unavailable(String message) {
        return new PaddockException(Fault.UNAVAILABLE, message);
    }
}
