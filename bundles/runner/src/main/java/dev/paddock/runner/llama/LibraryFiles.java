package dev.paddock.runner.llama;

import dev.paddock.api.fault.Fault;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The three core libraries in a directory. Their names carry variant and version ({@code libllama.vulkan.v0.5.0.so}),
 * so they are looked for.
 *
 * @param base libggml-base, needed by the others, loaded first
 * @param ggml libggml, which loads backends
 * @param llama libllama
 */
public record LibraryFiles(Path base, Path ggml, Path llama) {
    private static final String REST = "(\\.[a-z]+)?(\\.v[0-9.]+)?\\.(so|dylib|dll)";

    /** The files the binding classes load when they are first touched: a class has its handles for ever. */
    private static LibraryFiles chosen;

    /**
     * Finds the files.
     *
     * @throws LlamaException when one is missing, or there are two of it
     */
    public static LibraryFiles in(Path directory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
            listing.forEach(files::add);
        } catch (IOException e) {
            throw new LlamaException(Fault.UNAVAILABLE, "cannot read the library directory " + directory + ": " + e);
        }
        return new LibraryFiles(
                only("ggml-base", files, directory), only("ggml", files, directory), only("llama", files, directory));
    }

    private static Path only(String name, List<Path> files, Path directory) {
        Pattern pattern = Pattern.compile("(lib)?" + name + REST);
        List<Path> found = new ArrayList<>();
        for (Path file : files) {
            if (pattern.matcher(file.getFileName().toString()).matches()) found.add(file);
        }
        if (found.size() != 1) {
            throw new LlamaException(
                    Fault.UNAVAILABLE,
                    "the library directory " + directory + " must hold one lib" + name + " but has " + found.size());
        }
        return found.getFirst().toAbsolutePath();
    }

    /** Fixes the files for this process. */
    static synchronized void choose(LibraryFiles files) {
        if (chosen != null && !chosen.equals(files)) {
            throw new IllegalStateException("this process has loaded " + chosen);
        }
        chosen = files;
    }

    static synchronized LibraryFiles chosen() {
        if (chosen == null) throw new IllegalStateException("no libraries were chosen");
        return chosen;
    }
}
