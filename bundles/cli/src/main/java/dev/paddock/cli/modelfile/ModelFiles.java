package dev.paddock.cli.modelfile;

import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files that FROM, ADAPTER and DRAFT lines mean, and names them for the server. */
final class ModelFiles {
    /** The weights of a directory: the first of these that matches anything. */
    private static final List<String> WEIGHTS = List.of(
            "model*.safetensors",
            "consolidated*.safetensors",
            "adapters.safetensors",
            "adapter_model*.safetensors",
            "pytorch_model*.bin",
            "consolidated*.pth",
            "*.gguf",
            "*.bin");

    private static final List<String> BESIDE = List.of("*.json", "chat_template.jinja", "tokenizer.model");
    /** llama.cpp's names of the parts of a model. */
    private static final Pattern PART = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})\\.gguf");

    private final HomeDirectories homes;
    private final Path directory;

    /** @param directory that of the Modelfile, which paths are relative to */
    ModelFiles(Path directory) {
        this(directory, HomeDirectories.ofThisMachine());
    }

    ModelFiles(Path directory, HomeDirectories homes) {
        this.directory = directory;
        this.homes = homes;
    }

    /**
     * Files that belong together.
     *
     * @param root where they lie in or below
     */
    private record Found(Path root, SortedSet<Path> files) {}

    /** The path that a value means; it need not exist. */
    Path path(String value) {
        if (!value.startsWith("~")) return directory.resolve(value).normalize();
        int slash = value.indexOf('/');
        String user = value.substring(1, slash < 0 ? value.length() : slash);
        Path home = homes.of(user).orElseThrow(() -> new Failure(value + ": there is no user " + user));
        return slash < 0 ? home : home.resolve(value.substring(slash + 1)).normalize();
    }

    /**
     * The files that are meant, by names that are relative to what they have in common.
     *
     * @param paths files and directories; of one part of a split model all parts are meant
     * @throws Failure when one of them holds no model, or links to something outside
     */
    SortedMap<String, Path> named(List<Path> paths) {
        List<Found> found = paths.stream().map(ModelFiles::at).toList();
        Path root = found.getFirst().root();
        for (Found one : found) while (!one.root().startsWith(root)) root = root.getParent();
        SortedMap<String, Path> names = new TreeMap<>();
        for (Found one : found) {
            for (Path file : one.files()) names.put(name(root, file), file);
        }
        return names;
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static Found at(Path given) {
        Path path = given.toAbsolutePath().normalize();
        return Files.isDirectory(path) ? inside(path) : new Found(path.getParent(), parts(path));
    }

    private static SortedSet<Path> parts(Path file) {
        Matcher part = PART.matcher(file.getFileName().toString());
        if (!part.matches()) return new TreeSet<>(List.of(file));
        int count = Integer.parseInt(part.group(3));
        SortedSet<Path> parts = new TreeSet<>();
        for (int i = 1; i <= count; i++) {
            Path one = file.resolveSibling("%s-%05d-of-%05d.gguf".formatted(part.group(1), i, count));
            if (!Files.isRegularFile(one)) {
                throw new Failure(file + " is one of " + count + " parts of a model; part " + i + " is not beside it");
            }
            parts.add(one);
        }
        return parts.isEmpty() ? new TreeSet<>(List.of(file)) : parts;
    }

    private static Found inside(Path root) {
        SortedSet<Path> files = new TreeSet<>();
        for (String pattern : WEIGHTS) {
            if (files.isEmpty()) files.addAll(matching(root, pattern));
        }
        if (files.isEmpty()) throw new Failure("no Modelfile or safetensors files found in " + root);
        files.forEach(ModelFiles::refusePyTorch);
        if (files.stream().anyMatch(file -> file.toString().endsWith(".safetensors"))) {
            BESIDE.forEach(pattern -> files.addAll(matching(root, pattern)));
        }
        return new Found(root, files);
    }

    /** Before gigabytes are sent in vain. */
    private static void refusePyTorch(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".gguf") || name.endsWith(".safetensors") || begins(file, "GGUF")) return;
        throw new Failure(
                file + " holds weights of PyTorch, which are not converted; take the model's safetensors files");
    }

    private static boolean begins(Path file, String magic) {
        try (var content = Files.newInputStream(file)) {
            return new String(content.readNBytes(magic.length()), StandardCharsets.ISO_8859_1).equals(magic);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage());
        }
    }

    private static List<Path> matching(Path root, String pattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, 2)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!matcher.matches(file.getFileName())) continue;
                checkInside(root, file);
                found.add(file);
            }
        } catch (IOException e) {
            throw new Failure(root + " cannot be read: " + e.getMessage());
        }
        return found;
    }

    private static void checkInside(Path root, Path file) throws IOException {
        if (file.toRealPath().startsWith(root.toRealPath())) return;
        throw new Failure("insecure path: " + file + " links to a file outside of " + root
                + "; files of a Hugging Face cache do: download them once more with --local-dir");
    }
}
