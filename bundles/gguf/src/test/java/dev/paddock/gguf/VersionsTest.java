package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {
    @TempDir
    Path dir;

    private static int fourBytes(String text) {
        byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        return b[0] | b[1] << 8 | b[2] << 16 | b[3] << 24;
    }

    private GgufFile read(HeaderBuffer content) throws IOException {
        var buffer = content.content();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return GgufFile.read(Files.write(dir.resolve("v.gguf"), bytes));
    }

    @Test
    void versionOneHasCountsOf32Bits() throws IOException {
        var v1 = new HeaderBuffer().i32(GgufReader.MAGIC).i32(1).i32(1).i32(1);
        v1.i32(4).i32(fourBytes("name")).i32(9).i32(5).i32(2).i32(7).i32(-7);
        v1.i32(4).i32(fourBytes("tens")).i32(1).i32(8).i32(0).i64(0).padTo(32);
        var gguf = read(v1.i64(0).i64(0).i64(0).i64(0));
        assertThat(gguf.metadata()).containsEntry("name", List.of(7L, -7L));
        assertThat(gguf.tensors()).containsExactly(new TensorInfo("tens", List.of(8L), GgmlType.F32, 0, 32));
    }

    @Test
    void arraysOfArraysAreRead() throws IOException {
        var nested =
                new HeaderBuffer().i32(GgufReader.MAGIC).i32(2).i64(0).i64(1).string("k");
        nested.i32(9).i32(9).i64(2).i32(4).i64(1).i32(5).i32(4).i64(0);
        assertThat(read(nested).metadata()).containsEntry("k", List.of(List.of(5L), List.of()));
    }

    @Test
    void anotherAlignmentMovesTheData() throws IOException {
        var header = new HeaderBuffer().i32(GgufReader.MAGIC).i32(3).i64(1).i64(1);
        header.string("general.alignment").i32(4).i32(128);
        header.string("t").i32(1).i64(2).i32(0).i64(0).padTo(128);
        var gguf = read(header.i64(0));
        assertThat(gguf.alignment()).isEqualTo(128);
        assertThat(gguf.dataOffset()).isEqualTo(128);
    }
}
