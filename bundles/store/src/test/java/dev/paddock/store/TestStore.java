package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.ValueType;
import dev.paddock.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A shelf in a temporary directory and small models to put on it. */
final class TestStore {
    static final String JINJA = "{% for m in messages %}{{ m.content }}{% endfor %}";

    static final StoreSettings NOPRUNE =
            new StoreSettings(false, Duration.ofHours(1), Duration.ofDays(14), 0, new StoreSettings.Limits(0, 0));

    final Path root;
    final StoreLayout layout;
    final Stock stock;
    final ModelShelf shelf;

    TestStore(Path root) {
        this(root, StoreSettings.QUIET);
    }

    TestStore(Path root, StoreSettings settings) {
        this.root = root;
        this.layout = new StoreLayout(root);
        this.stock = Stock.of(layout, settings);
        this.shelf = new ModelShelf(stock);
        try {
            layout.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sound GGUF file whose content depends on the salt. */
    static byte[] gguf(String salt) {
        return bytes(describe(salt).text("tokenizer.chat_template", JINJA));
    }

    static GgufWriter describe(String salt) {
        return new GgufWriter()
                .text("general.architecture", "llama")
                .text("general.name", salt)
                .uint32("general.file_type", 7)
                .uint32("llama.context_length", 2048)
                .uint32("llama.embedding_length", 64)
                .array("tokenizer.ggml.tokens", ValueType.STRING, List.of("a", "b", "c"))
                .tensor("t", GgmlType.Q8_0, List.of(64L, 20L), out -> out.write(ByteBuffer.allocate(20 * 68)));
    }

    static byte[] bytes(GgufWriter writer) {
        var out = new ByteArrayOutputStream();
        try {
            writer.write(Channels.newChannel(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    Digest upload(byte[] content) {
        Digest digest = Digest.of(content);
        shelf.put(digest, new ByteArrayInputStream(content));
        return digest;
    }

    /** Installs a model of one GGUF file. */
    StoredModel create(String name, String salt) {
        return create(name, upload(gguf(salt)));
    }

    StoredModel create(String name, Digest weights) {
        var blob = shelf.find(weights).orElseThrow();
        var config = shelf.put(new ByteArrayInputStream(Json.bytes(shelf.describe(blob.file()))));
        var manifest = new Manifest(
                Optional.of(new Layer(MediaType.CONFIG, config.digest(), config.size())),
                List.of(new Layer(MediaType.MODEL, weights, blob.size()).takenFrom("m.gguf")));
        return shelf.install(ModelName.parse(name), shelf.write(manifest), _ -> {});
    }

    Path manifest(String name) {
        return layout.manifest(ModelName.parse(name));
    }

    Path writeManifest(String name, String json) throws IOException {
        Path file = manifest(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }

    Digest writeBlob(String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        Files.write(layout.blob(digest), bytes);
        return digest;
    }

    /** Housekeeping on demand; there was no start. */
    Caretaker caretaker() {
        return new Caretaker(stock, shelf, new Steps(List.of()));
    }

    /** A second server on the same directory, as far as one process can be two. */
    TestStore again() {
        var again = new TestStore(root, stock.settings());
        again.stock.books().load();
        return again;
    }

    static Path old(Path file) throws IOException {
        return aged(file, Duration.ofHours(2));
    }

    static Path aged(Path file, Duration age) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    List<String> blobNames() throws IOException {
        return Directories.entries(layout.blobs()).stream()
                .map(p -> p.getFileName().toString())
                .toList();
    }

    List<String> names() {
        return shelf.list().stream().map(m -> m.name().display()).sorted().collect(Collectors.toList());
    }
}
