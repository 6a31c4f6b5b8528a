package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufCopyTest {
    @TempDir
    Path dir;

    private Path source;
    private Path target;

    @BeforeEach
    void places() {
        source = dir.resolve("source.gguf");
        target = dir.resolve("target.gguf");
    }

    private GgufFile copy(GgufEdit edit) throws IOException {
        GgufCopy.write(source, edit, target);
        return GgufFile.read(target);
    }

    private static TensorData data(String text) {
        return out -> out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private String dataOf(GgufFile file, String tensor) throws IOException {
        TensorInfo info = file.tensor(tensor).orElseThrow();
        var buffer = ByteBuffer.allocate((int) info.size());
        try (var channel = FileChannel.open(target, StandardOpenOption.READ)) {
            channel.read(buffer, file.dataOffset() + info.offset());
        }
        return new String(buffer.array(), StandardCharsets.US_ASCII);
    }

    @Test
    void aCopyWithoutChangesIsTheSameFile() throws IOException {
        Samples.everything().write(source);
        copy(GgufEdit.NONE);
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void keysAreRenamedReplacedAddedAndLeftOut() throws IOException {
        Samples.everything().write(source);
        GgufFile copied = copy(new GgufEdit.Builder()
                .renameKey("u8", "other")
                .put("f32", MetadataValue.text("no float any more"))
                .put("added", MetadataValue.int32s(List.of(1, -2)))
                .removeKey("tokens")
                .build());
        assertThat(copied.metadata())
                .containsEntry("other", 200L)
                .containsEntry("f32", "no float any more")
                .containsEntry("added", List.of(1L, -2L))
                .doesNotContainKeys("u8", "tokens");
        assertThat(copied.type("i64")).contains(ValueType.INT64);
        assertThat(copied.metadata().keySet())
                .startsWith("general.architecture", "other")
                .endsWith("added");
    }

    @Test
    void aRenamedKeyTakesTheNewValueOfItsNewName() throws IOException {
        new GgufWriter().uint32("old.a", 1).uint32("old.b", 2).write(source);
        GgufFile copied = copy(new GgufEdit.Builder()
                .renameKey("old.a", "new.a")
                .renameKey("old.b", "new.b")
                .put("new.b", MetadataValue.uint32(7))
                .build());
        assertThat(copied.metadata()).hasSize(2).containsEntry("new.a", 1L).containsEntry("new.b", 7L);
    }

    @Test
    void tensorsAreRenamedAndLeftOutWithTheirData() throws IOException {
        new GgufWriter()
                .text("general.architecture", "x")
                .tensor("a", GgmlType.I8, List.of(3L), data("AAA"))
                .tensor("v.b", GgmlType.I8, List.of(40L), data("B".repeat(40)))
                .tensor("c", GgmlType.I8, List.of(5L), data("CCCCC"))
                .write(source);
        GgufFile copied = copy(
                new GgufEdit.Builder().renameTensor("c", "d").dropTensor("v.b").build());
        assertThat(copied.tensors()).extracting(TensorInfo::name).containsExactly("a", "d");
        assertThat(dataOf(copied, "a")).isEqualTo("AAA");
        assertThat(dataOf(copied, "d")).isEqualTo("CCCCC");
        assertThat(Files.size(target)).isEqualTo(copied.dataOffset() + 64);
    }

    @Test
    void theAlignmentOfTheSourceStays() throws IOException {
        new GgufWriter()
                .alignment(128)
                .tensor("a", GgmlType.I8, List.of(3L), data("AAA"))
                .tensor("b", GgmlType.I8, List.of(3L), data("BBB"))
                .write(source);
        GgufFile copied = copy(GgufEdit.NONE);
        assertThat(copied.alignment()).isEqualTo(128);
        assertThat(copied.tensors().get(1).offset()).isEqualTo(128);
        assertThat(dataOf(copied, "b")).isEqualTo("BBB");
    }

    @Test
    void versionOneBecomesThree() throws IOException {
        var v1 = new HeaderBuffer().i32(GgufReader.MAGIC).i32(1).i32(0).i32(2);
        v1.i32(1).bytes("k".getBytes(StandardCharsets.US_ASCII)).i32(8).i32(2).bytes(new byte[] {'h', 'i'});
        v1.i32(1).bytes("l".getBytes(StandardCharsets.US_ASCII)).i32(9).i32(8).i32(2);
        v1.i32(0).i32(1).bytes(new byte[] {'x'});
        ByteBuffer content = v1.content();
        Files.write(source, Arrays.copyOf(content.array(), content.limit()));
        GgufFile copied = copy(GgufEdit.NONE);
        assertThat(copied.version()).isEqualTo(3);
        assertThat(copied.metadata()).containsEntry("k", "hi").containsEntry("l", List.of("", "x"));
    }

    @Test
    void bytesThatAreNoUtf8StayAsTheyAre() throws IOException {
        var header = new HeaderBuffer().i32(GgufReader.MAGIC).i32(3).i64(0).i64(1);
        header.string("k")
                .i32(8)
                .i64(2)
                .bytes(new byte[] {(byte) 0xff, (byte) 0xfe})
                .padTo(32);
        ByteBuffer content = header.content();
        Files.write(source, Arrays.copyOf(content.array(), content.limit()));
        copy(GgufEdit.NONE);
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        Samples.everything().write(source);
        var edit = new GgufEdit.Builder().renameKey("u8", "i8").build();
        assertThatThrownBy(() -> copy(edit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("i8");
    }

    @Test
    void filesBeyondTwoGibibytesAreWrittenAndRead() throws IOException {
        long rows = 3L << 20;
        TensorData hole = out -> {
            var buffer = ByteBuffer.allocate(1 << 20);
            for (long i = 0; i < rows / 1024; i++) out.write(buffer.clear());
        };
        var writer = new GgufWriter().tensor("big", GgmlType.I8, List.of(1024L, rows), hole);
        writer.tensor("behind", GgmlType.I8, List.of(3L), data("END"));
        var out = new Counted();
        writer.write(out);
        assertThat(out.bytes).isGreaterThan(3L << 30);
        Files.write(target, out.head());
        try (var channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), out.bytes - 1); // a hole, which takes no room on the disk
        }
        GgufFile header = GgufFile.read(target);
        assertThat(header.tensor("behind").orElseThrow().offset()).isEqualTo(rows * 1024);
    }

    /** Keeps the header and counts the rest. */
    private static final class Counted implements WritableByteChannel {
        private long bytes;
        private byte[] first;

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            if (first == null) {
                first = new byte[count];
                source.get(first);
            }
            source.position(source.limit());
            bytes += count;
            return count;
        }

        byte[] head() {
            return first;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
