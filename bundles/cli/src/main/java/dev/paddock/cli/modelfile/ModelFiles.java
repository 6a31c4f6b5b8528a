package dev.paddock.cli.modelfile;

import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files that a FROM or ADAPTER line means. */
final class ModelFiles {
    /** The weights of a directory: the first of these that matches anything. */
    private static final List<String> WEIGHTS = List.of(
            "model*.safetensors",
            "consolidated*.safetensors",
            "pytorch_model*.bin",
            "consolidated*.pth",
            "*.gguf",
            "*.bin");

    private static final List<String> BESIDE = List.of("*.json", "chat_template.jinja", "tokenizer.model");

    private final Path directory;

    /** @param directory that of the Modelfile, which paths are relative to */
    ModelFiles(Path directory) {
        this.directory = directory;
    }

    /** The path that a value means; it need not exist. */
    Path path(String value) {
        if (value.equals("~") || value.startsWith("~/")) {
            return Path.of(System.getProperty("user.home") + value.substring(1));
        }
        return directory.resolve(value);
    }

    /**
     * The file itself or the files of a directory, by their names relative to it.
     *
     * @throws Failure when there is none of a model
     */
    SortedMap<String, Path> at(Path path) {
        SortedMap<String, Path> files = new TreeMap<>();
        if (Files.isRegularFile(path)) {
            files.put(path.getFileName().toString(), path);
            return files;
        }
        for (String pattern : WEIGHTS) {
            if (files.isEmpty()) files.putAll(matching(path, pattern));
        }
        if (files.isEmpty()) throw new Failure("no Modelfile or safetensors files found in " + path);
        if (files.keySet().stream().noneMatch(name -> name.endsWith(".gguf"))) {
            BESIDE.forEach(pattern -> files.putAll(matching(path, pattern)));
        }
        return files;
    }

    private static SortedMap<String, Path> matching(Path root, String pattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        SortedMap<String, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root, 2)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (matcher.matches(file.getFileName())) found.put(name(root, file), file);
            }
        } catch (IOException e) {
            throw new Failure(root + " cannot be read: " + e.getMessage());
        }
        return found;
    }

    private static String name(Path root, Path file) throws IOException {
        if (!file.toRealPath().startsWith(root.toRealPath())) {
            throw new Failure("insecure path: " + file + " links to a file outside of " + root);
        }
        return root.relativize(file).toString().replace('\\', '/');
    }
}
