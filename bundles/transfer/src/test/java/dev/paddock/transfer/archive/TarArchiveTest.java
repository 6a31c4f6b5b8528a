package dev.paddock.transfer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.json.Json;
import dev.paddock.store.FileModelStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {
    private static final ModelName NAME = ModelName.parse("host.example/ns/m:tag");

    @TempDir
    Path root;

    private FileModelStore here;
    private FileModelStore there;
    private byte[] archive;
    private Manifest manifest;

    @BeforeEach
    void export() throws IOException {
        here = FileModelStore.at(root.resolve("here/models"));
        there = FileModelStore.at(root.resolve("there/models"));
        manifest = install(here);
        var out = new ByteArrayOutputStream();
        new TarArchive(here, here).write(NAME, out);
        archive = out.toByteArray();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void aModelTravelsWithItsNameAndItsManifestUnchanged() {
        List<Progress> told = new ArrayList<>();
        assertThat(read(archive, Optional.empty(), told)).containsExactly(NAME);
        assertThat(there.manifest(NAME).orElseThrow().content())
                .isEqualTo(here.manifest(NAME).orElseThrow().content());
        assertThat(there.find(NAME)).isPresent();
        assertThat(told.getLast().status()).isEqualTo("success");
    }

    @Test
    void itMayGetAnotherName() {
        ModelName other = ModelName.parse("other");
        assertThat(read(archive, Optional.of(other), new ArrayList<>())).containsExactly(other);
        assertThat(there.find(NAME)).isEmpty();
    }

    @Test
    void theSystemsTarReadsIt() throws Exception {
        Path file = Files.write(root.resolve("m.tar"), archive);
        var process = new ProcessBuilder("tar", "-tf", file.toString())
                .redirectErrorStream(true)
                .start();
        String listed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(listed.lines()).hasSize(5).startsWith("oci-layout", "index.json");
    }

    @Test
    void whatTheSystemsTarWritesIsReadInAnyOrder() throws Exception {
        Path folder = Files.createDirectories(root.resolve("x"));
        Path file = Files.write(root.resolve("m.tar"), archive);
        assertThat(new ProcessBuilder("tar", "-xf", file.toString(), "-C", folder.toString())
                        .start()
                        .waitFor())
                .isZero();
        for (String format : List.of("gnu", "pax", "ustar")) {
            Path again = root.resolve(format + ".tar");
            assertThat(new ProcessBuilder(
                                    "tar",
                                    "--format=" + format,
                                    "-cf",
                                    again.toString(),
                                    "-C",
                                    folder.toString(),
                                    "./blobs",
                                    "./index.json",
                                    "./oci-layout")
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(read(Files.readAllBytes(again), Optional.empty(), new ArrayList<>()))
                    .containsExactly(NAME);
        }
    }

    @Test
    void oneChangedByteAnywhereInABlobIsNoticedBeforeAnythingGetsAName() {
        byte[] weights = TarArchiveTest.gguf();
        int at = indexOf(archive, Arrays.copyOf(weights, 64));
        archive[at + weights.length - 1] ^= 1;
        assertUnsound(archive, "digest mismatch");
        assertThat(there.list()).isEmpty();
    }

    @Test
    void anArchiveThatEndsTooEarlyIsNone() {
        for (int length : List.of(0, 100, 512, 1000, 2000, archive.length / 2)) {
            assertThatThrownBy(() -> read(Arrays.copyOf(archive, length), Optional.empty(), new ArrayList<>()))
                    .isInstanceOf(PaddockException.class);
        }
        assertThat(there.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blobs/sha256/../../../../escaped",
                "/etc/escaped",
                "../escaped",
                "blobs/sha256/0000000000000000000000000000000000000000000000000000000000000000/../x",
                "blobs/sha256/..%2f",
                "blobs\\sha256\\x",
            })
    void namesInAnArchiveAreNeverPaths(String name) throws IOException {
        var out = new ByteArrayOutputStream();
        var tar = new TarWriter(out);
        tar.file(name, "evil".getBytes(StandardCharsets.UTF_8));
        out.write(archive);
        assertThat(read(out.toByteArray(), Optional.empty(), new ArrayList<>())).containsExactly(NAME);
        try (var files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile).filter(f -> size(f) == 4))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"manifests\":[{\"digest\":\"sha256:../../x\"}]}",
                "{\"manifests\":[{\"digest\":\"md5:00\"}]}",
                "{\"manifests\":[]}",
                "{\"manifests\":7}",
                "{}",
                "[]",
                "x",
            })
    void aHostileIndexIsRefused(String index) throws IOException {
        var out = new ByteArrayOutputStream();
        var tar = new TarWriter(out);
        tar.file("index.json", index.getBytes(StandardCharsets.UTF_8));
        tar.end();
        assertUnsound(out.toByteArray(), "");
    }

    @Test
    void aHostileNameInTheIndexIsNoName() throws IOException {
        String content = new String(archive, StandardCharsets.ISO_8859_1);
        // The same length, so that the archive stays sound; the tag alone is left as a name.
        String hostile = content.replace("host.example/ns/m:tag", "../../../../../ns/m:t");
        assertThat(read(hostile.getBytes(StandardCharsets.ISO_8859_1), Optional.empty(), new ArrayList<>()))
                .containsExactly(ModelName.parse("tag"));
    }

    @Test
    void aMissingBlobIsNamed() throws IOException {
        var out = new ByteArrayOutputStream();
        byte[] content = here.manifest(NAME).orElseThrow().content();
        var tar = new TarWriter(out);
        tar.file("index.json", ImageLayout.index(NAME, MediaType.MANIFEST, Digest.of(content), content.length));
        tar.file(ImageLayout.blob(Digest.of(content)), content);
        tar.end();
        assertUnsound(out.toByteArray(), manifest.layers().getFirst().digest() + " of");
    }

    @Test
    void sizesBeyondEightGigabytesAreWrittenAndRead() throws IOException {
        long size = (10L << 30) + 7;
        var head = new ByteArrayOutputStream();
        var cut = new IOException("enough");
        OutputStream limited = new OutputStream() {
            @Override
            public void write(int b) {
                head.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                head.write(bytes, offset, count);
                if (head.size() > 1 << 20) throw cut;
            }
        };
        assertThatThrownBy(() -> new TarWriter(limited).file("large", size, zeros()))
                .isSameAs(cut);
        var entry = new TarReader(new ByteArrayInputStream(head.toByteArray()))
                .next()
                .orElseThrow();
        assertThat(entry.name()).isEqualTo("large");
        assertThat(entry.size()).isEqualTo(size);
    }

    @Test
    void gnusWayOfLargeSizesIsRead() throws Exception {
        Path sparse = root.resolve("sparse");
        try (var file = new java.io.RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength((9L << 30) + 1);
        }
        var process = new ProcessBuilder("tar", "--format=gnu", "-cf", "-", "-C", root.toString(), "sparse").start();
        try (var in = process.getInputStream()) {
            assertThat(new TarReader(in).next().orElseThrow().size()).isEqualTo((9L << 30) + 1);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatIsNotInstalledCannotBeWritten() {
        assertThatThrownBy(() ->
                        new TarArchive(here, here).write(ModelName.parse("nobody"), OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_NOT_FOUND));
    }

    @Test
    void aDamagedModelIsNotWrittenAsIfItWereSound() throws IOException {
        Path blob =
                here.find(manifest.layers().getFirst().digest()).orElseThrow().file();
        byte[] content = Files.readAllBytes(blob);
        content[content.length - 1] ^= 1;
        Files.write(blob, content);
        assertThatThrownBy(() -> new TarArchive(here, here).write(NAME, OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_DAMAGED));
    }

    private List<ModelName> read(byte[] content, Optional<ModelName> as, List<Progress> told) {
        return new TarArchive(there, there).read(new ByteArrayInputStream(content), as, told::add);
    }

    private void assertUnsound(byte[] content, String why) {
        assertThatThrownBy(() -> read(content, Optional.empty(), new ArrayList<>()))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(why);
    }

    private static Manifest install(FileModelStore store) {
        var model = store.put(new ByteArrayInputStream(gguf()));
        var config = store.put(new ByteArrayInputStream(Json.bytes(store.describe(model.file()))));
        var manifest = new Manifest(
                Optional.of(new Layer(MediaType.CONFIG, config.digest(), config.size())),
                List.of(new Layer(MediaType.MODEL, model.digest(), model.size())));
        store.install(NAME, store.write(manifest), _ -> {});
        return manifest;
    }

    static byte[] gguf() {
        var out = new ByteArrayOutputStream();
        try {
            new GgufWriter()
                    .text("general.architecture", "llama")
                    .tensor("t", GgmlType.Q8_0, List.of(64L, 20L), o -> o.write(ByteBuffer.allocate(20 * 68)))
                    .write(Channels.newChannel(out));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static InputStream zeros() {
        return new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int count) {
                return count;
            }
        };
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) return at;
        }
        throw new AssertionError("not there");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }
}
