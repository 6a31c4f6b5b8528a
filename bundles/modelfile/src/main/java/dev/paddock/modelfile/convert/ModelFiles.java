package dev.paddock.modelfile.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one model by their names relative to its folder, with {@code /} between folders. Where they lie is
 * another matter: usually they are blobs.
 */
public final class ModelFiles {
    /** Bytes of a configuration; the largest, with all its added tokens, has about 1.2 MB. */
    static final long CONFIG_BYTES = 8L << 20;

    private static final int DEPTH = 64;

    /** Values of a configuration as a tree, which takes far more memory than the text. */
    private static final long CONFIG_TOKENS = 1 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder(factory(CONFIG_BYTES, CONFIG_TOKENS)).build();

    private final Map<String, Path> files;

    /** @param files relative name to where the file is */
    public ModelFiles(Map<String, Path> files) {
        this.files = new TreeMap<>(files);
    }

    /** Reads JSON of at most so many bytes and so many values, names and brackets. */
    public static JsonFactory factory(long bytes, long tokens) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(bytes)
                        .maxTokenCount(tokens)
                        .maxNestingDepth(DEPTH)
                        .maxStringLength((int) CONFIG_BYTES)
                        .maxNumberLength(100)
                        .build())
                .build();
    }

    /** The file of that name, if there is one. */
    public Optional<Path> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Names that end so, in order; of files in folders only where {@code folders} says so. */
    public List<String> named(String suffix, boolean folders) {
        return files.keySet().stream()
                .filter(name -> name.endsWith(suffix) && (folders || name.indexOf('/') < 0))
                .toList();
    }

    /** A JSON object; empty when there is no such file. */
    public Optional<Config> config(String name) throws IOException {
        var node = json(name);
        if (node.isEmpty()) return Optional.empty();
        if (!node.get().isObject()) throw Refused.because(name + " holds no JSON object");
        return Optional.of(new Config(name, node.get()));
    }

    /** Any JSON; empty when there is no such file. */
    public Optional<JsonNode> json(String name) throws IOException {
        Path file = files.get(name);
        if (file == null) return Optional.empty();
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(JSON.readTree(in));
        } catch (JacksonException e) {
            throw Refused.because(name + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** A text of at most so many bytes; empty when there is no such file. */
    public Optional<String> text(String name, long limit) throws IOException {
        Path file = files.get(name);
        if (file == null) return Optional.empty();
        return Optional.of(new String(bytes(name, file, limit), StandardCharsets.UTF_8));
    }

    /** A whole file of at most so many bytes. */
    public static byte[] bytes(String name, Path file, long limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > limit) throw Refused.because(name + " is over its limit of " + limit + " bytes");
            return bytes;
        }
    }
}
