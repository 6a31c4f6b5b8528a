package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.PartialBlob;
import dev.paddock.api.store.PartialBlob.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialsTest {
    private static final int SIZE = 3_000;

    @TempDir
    Path root;

    private final byte[] content = random(SIZE);
    private final Digest digest = Digest.of(content);
    private TestStore store;
    private Path file;

    @BeforeEach
    void open() {
        store = new TestStore(root);
        file = store.layout.blobs().resolve(digest.fileName() + "-partial");
    }

    @Test
    void piecesBecomeABlobAndLeaveNothingBehind() throws Exception {
        try (var partial = partial()) {
            assertThat(partial.missing()).containsExactly(new Span(0, SIZE));
            write(partial, 0, 1000);
            write(partial, 1000, SIZE);
            var blob = partial.finish();
            assertThat(blob.size()).isEqualTo(SIZE);
            assertThat(Files.readAllBytes(blob.file())).isEqualTo(content);
        }
        assertThat(store.blobNames()).containsExactly(digest.fileName());
    }

    @Test
    void anotherAttemptGoesOnWhereTheLastOneStopped() throws Exception {
        try (var partial = partial()) {
            write(partial, 0, 1234);
        }
        try (var partial = partial()) {
            assertThat(partial.present()).isEqualTo(1234);
            assertThat(partial.missing()).containsExactly(new Span(1234, SIZE));
            write(partial, 1234, SIZE);
            assertThat(partial.finish().digest()).isEqualTo(digest);
        }
    }

    @Test
    void whatIsWrittenCountsForAProcessThatFindsTheFilesRightThen() throws Exception {
        try (var partial = partial()) {
            write(partial, 0, 1234);
            assertThat(Files.readString(part(0)).strip())
                    .isEqualTo("{\"N\":0,\"Offset\":0,\"Size\":3000,\"Completed\":1234}");
        }
    }

    @Test
    void goesOnWithWhatOllamaLeft() throws Exception {
        leave(0, 0, 1000, 1000);
        leave(1, 1000, 1000, 10);
        leave(2, 2000, 1000, 0);
        Files.write(file, content);
        try (var partial = partial()) {
            assertThat(partial.missing()).containsExactly(new Span(1010, 2000), new Span(2000, SIZE));
            write(partial, 2000, SIZE);
            write(partial, 1010, 2000);
            assertThat(partial.finish().size()).isEqualTo(SIZE);
        }
        assertThat(store.blobNames()).containsExactly(digest.fileName());
    }

    @Test
    void nobodyIsBelievedWhoClaimsBytesBehindTheEndOfTheFile() throws Exception {
        leave(0, 0, 1000, 1000);
        leave(1, 1000, 2000, 2000);
        Files.write(file, Arrays.copyOf(content, 1500));
        try (var partial = partial()) {
            assertThat(partial.missing()).containsExactly(new Span(1500, SIZE));
        }
    }

    @Test
    void partsWithoutTheContentAreNotBelieved() throws Exception {
        leave(0, 0, SIZE, SIZE);
        try (var partial = partial()) {
            assertThat(partial.present()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"N\":1,\"Offset\":1000,\"Size\":0,\"Completed\":0}",
                "{\"N\":1,\"Offset\":1000,\"Size\":2001,\"Completed\":0}",
                "{\"N\":1,\"Offset\":1000,\"Size\":9223372036854775807,\"Completed\":0}",
                "{\"N\":1,\"Offset\":9223372036854775807,\"Size\":9223372036854775807,\"Completed\":0}",
                "{\"N\":1,\"Offset\":1000,\"Size\":10,\"Completed\":11}",
                "{\"N\":1,\"Offset\":1000,\"Size\":1e400,\"Completed\":11}",
                "{\"N\":1,\"Offset\":500,\"Size\":1000,\"Completed\":1000}",
            })
    void aBrokenPartLosesItsProgressOnly(String broken) throws Exception {
        leave(0, 0, 1000, 700);
        Files.writeString(part(1), broken);
        Files.write(file, content);
        try (var partial = partial()) {
            assertThat(partial.present()).isEqualTo(700);
            assertThat(partial.missing()).containsExactly(new Span(700, 1000), new Span(1000, SIZE));
            write(partial, 700, 1000);
            write(partial, 1000, SIZE);
            assertThat(partial.finish().size()).isEqualTo(SIZE);
        }
    }

    @Test
    void anEndlessPartFileIsNotReadToItsEnd() throws Exception {
        Files.writeString(part(0), " ".repeat(1 << 20) + "{\"N\":0,\"Offset\":0,\"Size\":3000,\"Completed\":3000}");
        Files.write(file, content);
        try (var partial = partial()) {
            assertThat(partial.present()).isZero();
        }
        assertThat(Files.size(part(1))).isLessThan(200);
    }

    @Test
    void wrongContentIsThrownAwayAndSaysBothDigests() throws Exception {
        byte[] other = random(SIZE + 1);
        try (var partial = partial()) {
            partial.write(0, ByteBuffer.wrap(other, 0, SIZE));
            assertThatThrownBy(partial::finish)
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                    .hasMessage("digest mismatch, file must be downloaded again: want " + digest + ", got "
                            + Digest.of(Arrays.copyOf(other, SIZE)));
        }
        assertThat(store.blobNames()).isEmpty();
    }

    @Test
    void bytesThatDoNotFollowAreRefused() throws Exception {
        try (var partial = partial()) {
            assertThatThrownBy(() -> partial.write(10, ByteBuffer.wrap(content, 10, 10)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("do not follow");
            assertThatThrownBy(() -> partial.write(-1, ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> partial.write(SIZE, ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> partial.write(0, ByteBuffer.allocate(SIZE + 1)))
                    .isInstanceOf(IOException.class);
            assertThat(partial.present()).isZero();
        }
    }

    @Test
    void itIsNoBlobWhileSomethingIsMissing() throws Exception {
        try (var partial = partial()) {
            write(partial, 0, SIZE - 1);
            assertThatThrownBy(partial::finish).hasMessageContaining("1 bytes of " + digest + " are missing");
        }
        assertThat(store.shelf.find(digest)).isEmpty();
        try (var partial = partial()) {
            assertThat(partial.missing()).containsExactly(new Span(SIZE - 1, SIZE));
        }
    }

    @Test
    void manyThreadsWriteAtOnce() throws Exception {
        for (int n = 0; n < 10; n++) leave(n, n * 300L, 300, 0);
        try (var partial = partial()) {
            var writers = IntStream.range(0, 10)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> {
                        for (int at = 0; at < 300; at += 7)
                            write(partial, n * 300 + at, n * 300 + Math.min(300, at + 7));
                    }))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(writers).get(10, TimeUnit.SECONDS);
            assertThat(Files.readAllBytes(partial.finish().file())).isEqualTo(content);
        }
    }

    @Test
    void aSecondThreadWaitsUntilTheFirstIsDone() throws Exception {
        PartialBlob first = partial();
        write(first, 0, 100);
        var second = CompletableFuture.supplyAsync(this::partial);
        assertThat(second).isNotDone();
        first.close();
        try (var partial = second.get(10, TimeUnit.SECONDS)) {
            assertThat(partial.present()).isEqualTo(100);
        }
    }

    @Test
    void anotherProcessKeepsItToItself() throws Exception {
        try (var partial = partial()) {
            write(partial, 0, 100);
        }
        // A lock of this process looks to another store like one of another process.
        try (var other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try (var _ = other.lock()) {
                assertThatThrownBy(this::partial)
                        .isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                                .isEqualTo(Fault.UNAVAILABLE))
                        .hasMessageContaining("another process is bringing " + digest);
            }
        }
        partial().close();
    }

    @Test
    void whatHasNoRoomLeavesNothingBehind() throws Exception {
        var partials = new Partials(store.layout, store.shelf.stock().blobs());
        assertThatThrownBy(() -> partials.open(digest, SIZE, _ -> {
                    throw new PaddockException(Fault.STORE_FAILED, "no room");
                }))
                .hasMessage("no room");
        assertThat(store.blobNames()).isEmpty();
        partials.open(digest, SIZE, _ -> {}).close();
    }

    @Test
    void partsOfAHugeContentAreBoundedInNumber() throws Exception {
        try (var partial = new Partials(store.layout, store.shelf.stock().blobs()).open(digest, 10L << 40, _ -> {})) {
            assertThat(partial.missing()).hasSizeLessThanOrEqualTo(512);
        }
    }

    private PartialBlob partial() {
        return store.shelf.partial(digest, SIZE);
    }

    private Path part(int number) {
        return file.resolveSibling(file.getFileName() + "-" + number);
    }

    private void leave(int number, long offset, long size, long completed) throws IOException {
        String json =
                "{\"N\":%d,\"Offset\":%d,\"Size\":%d,\"Completed\":%d}\n".formatted(number, offset, size, completed);
        Files.writeString(part(number), json, StandardCharsets.US_ASCII);
    }

    private void write(PartialBlob partial, int from, int to) {
        try {
            partial.write(from, ByteBuffer.wrap(content, from, to - from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
