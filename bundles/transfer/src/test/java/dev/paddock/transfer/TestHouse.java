package dev.paddock.transfer;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.api.transfer.RemoteModel;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.json.Json;
import dev.paddock.store.FileModelStore;
import dev.paddock.transfer.auth.KeyPlaces;
import dev.paddock.transfer.net.Pause;
import dev.paddock.transfer.net.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** A store in a temporary directory and a transfer that works with it. */
final class TestHouse implements AutoCloseable {
    final Path root;
    final FileModelStore store;
    final RegistryTransfer transfer;
    private final Surroundings surroundings;
    private final Configured configured;
    final List<Progress> told = new ArrayList<>();
    final List<Map<String, Digest>> built = new ArrayList<>();

    TestHouse(Path root, Configured configured) {
        this(root, configured, SystemDefaultDnsResolver.INSTANCE, Pause.REAL);
    }

    TestHouse(Path root, Configured configured, DnsResolver names, Pause pause) {
        this.root = root;
        this.store = FileModelStore.at(root.resolve("models"));
        Path home = root.resolve("home");
        this.configured = configured;
        this.surroundings = new Surroundings(
                home.resolve("registries.json"),
                new KeyPlaces(home.resolve("id_ed25519"), root.resolve("none")),
                Map.of(),
                "paddock/test",
                names,
                pause);
        this.transfer = new RegistryTransfer(store, store, surroundings, configured.config());
    }

    /** Makes a model of the first file, and remembers what it was asked for. */
    ModelBuilder builder() {
        return (name, recipe, tell) -> {
            built.add(recipe.source().files());
            Blob model = store.find(recipe.source().files().values().iterator().next())
                    .orElseThrow();
            Blob config = store.put(new ByteArrayInputStream(Json.bytes(store.describe(model.file()))));
            var manifest = new Manifest(
                    Optional.of(new Layer(MediaType.CONFIG, config.digest(), config.size())),
                    List.of(new Layer(MediaType.MODEL, model.digest(), model.size())));
            var made = store.install(name, store.write(manifest), tell);
            tell.accept(Progress.step(Progress.SUCCESS));
            return made;
        };
    }

    /** For those who speak to a registry without a transfer. */
    Session session() {
        return new Sessions(surroundings)
                .open(TransferSettings.of(configured.config(), Map.of(), "paddock/test"), true);
    }

    /** Pulls by plain HTTP and remembers what was told. */
    void pull(String name) {
        told.clear();
        transfer.pull(RemoteModel.parse(name), true, told::add);
    }

    void push(String name) {
        told.clear();
        transfer.push(RemoteModel.parse(name), true, told::add);
    }

    /** What was told, each status once. */
    List<String> statuses() {
        return told.stream().map(Progress::status).distinct().toList();
    }

    /** A sound GGUF file whose content depends on the salt. */
    static byte[] gguf(String salt) {
        var out = new ByteArrayOutputStream();
        try {
            new GgufWriter()
                    .text("general.architecture", "llama")
                    .text("general.name", salt)
                    .uint32("general.file_type", 7)
                    .uint32("llama.context_length", 2048)
                    .tensor("t", GgmlType.Q8_0, List.of(64L, 20L), o -> o.write(ByteBuffer.allocate(20 * 68)))
                    .write(Channels.newChannel(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Installs a model of a small GGUF file and, beside it, other content that is not looked at. */
    Manifest install(String name, String salt, Layer... more) {
        byte[] weights = gguf(salt);
        Blob model = store.put(new ByteArrayInputStream(weights));
        Blob config = store.put(new ByteArrayInputStream(Json.bytes(store.describe(model.file()))));
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(MediaType.MODEL, model.digest(), model.size()));
        layers.addAll(List.of(more));
        var manifest = new Manifest(Optional.of(new Layer(MediaType.CONFIG, config.digest(), config.size())), layers);
        store.install(ModelName.parse(name), store.write(manifest), _ -> {});
        return manifest;
    }

    /** Content that nobody looks at. */
    Layer filler(long size, long seed) {
        Blob blob = store.put(noise(size, seed));
        return new Layer("application/vnd.example.filler", blob.digest(), blob.size());
    }

    /** So many bytes that depend on the seed. */
    static InputStream noise(long size, long seed) {
        byte[] block = new byte[1 << 20];
        new Random(seed).nextBytes(block);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                throw new UnsupportedOperationException("in blocks only");
            }

            @Override
            public int read(byte[] buffer, int offset, int count) {
                if (at >= size) return -1;
                int from = (int) (at % block.length);
                int got = (int) Math.min(Math.min(count, block.length - from), size - at);
                System.arraycopy(block, from, buffer, offset, got);
                // Each block begins with its number, so that no two are alike.
                if (from == 0 && got >= Long.BYTES)
                    ByteBuffer.wrap(buffer, offset, count).putLong(at ^ seed);
                at += got;
                return got;
            }
        };
    }

    Path blob(Digest digest) {
        return root.resolve("models/blobs").resolve(digest.fileName());
    }

    List<String> blobNames() {
        try (var files = Files.list(root.resolve("models/blobs"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        store.delete(ModelName.parse(name));
    }

    @Override
    public void close() {
        transfer.close();
        store.close();
    }
}
