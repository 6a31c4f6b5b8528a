package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFileTest {
    @TempDir
    Path dir;

    private void read(byte[] content) throws IOException {
        Path file = Files.write(dir.resolve("hostile.gguf"), content);
        GgufFile.read(file, 0);
        GgufFile.read(file);
    }

    private void refused(byte[] content, String words) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(words);
    }

    private void refused(HeaderBuffer header, String words) {
        var content = header.content();
        refused(Arrays.copyOf(content.array(), content.limit()), words);
    }

    private static HeaderBuffer header(long tensors, long keyValues) {
        return new HeaderBuffer().i32(GgufReader.MAGIC).i32(3).i64(tensors).i64(keyValues);
    }

    private static HeaderBuffer tensor(HeaderBuffer header, String name, long elements, int type, long offset) {
        return header.string(name).i32(1).i64(elements).i32(type).i64(offset);
    }

    @Test
    void aFileCutAtAnyByteIsRefusedWithThePosition() {
        byte[] whole = Samples.bytes(Samples.everything());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isInstanceOfSatisfying(
                            GgufException.class, e -> assertThat(e.position()).isBetween(0L, (long) cut.length));
        }
    }

    @Test
    void aFlippedBitNeverCausesAnythingButAGgufException() {
        byte[] whole = Samples.bytes(Samples.everything());
        int headerBits = (whole.length - Samples.DATA_BYTES) * 8;
        for (int bit = 0; bit < headerBits; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            soundOrRefused(damaged);
        }
    }

    @Test
    void randomDamageNeverCausesAnythingButAGgufException() {
        byte[] whole = Samples.bytes(Samples.everything());
        var random = new Random(7);
        for (int round = 0; round < 1500; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(12); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            soundOrRefused(damaged);
        }
    }

    private void soundOrRefused(byte[] content) {
        // Some arrays of the sample are longer than such a limit, some are not.
        int arrayLimit = Arrays.hashCode(content) & 3;
        try {
            GgufFile.read(Files.write(dir.resolve("damaged.gguf"), content), arrayLimit);
        } catch (GgufException e) {
            assertThat(e.position()).isNotNegative();
        } catch (Exception e) {
            throw new AssertionError("another failure than a GgufException", e);
        }
    }

    @Test
    void otherFormatsAreRefused() {
        refused("GGML and more of it".getBytes(), "does not begin with \"GGUF\"");
        refused(new HeaderBuffer().i32(GgufReader.MAGIC).i32(0x03000000), "big-endian");
        refused(new HeaderBuffer().i32(GgufReader.MAGIC).i32(4), "version 4 is not supported");
    }

    @Test
    void hugeCountsAreRefusedBeforeMemoryIsTaken() {
        refused(header(Long.MAX_VALUE, 0), "the number of tensors");
        refused(header(0, -1), "the number of metadata entries is 18446744073709551615");
        refused(header(0, 1).i64(1L << 40), "the length of a metadata key");
        refused(header(0, 1).string("k").i32(8).i64(1L << 30), "the length of a string");
        refused(header(0, 1).string("k").i32(9).i32(10).i64(64L << 20), "ends too early");
        refused(header(0, 1).string("k").i32(9).i32(8).i64(1 << 20), "ends too early");
        refused(header(0, 1).string("k").i32(9).i32(0).i64(Long.MAX_VALUE), "the length of an array");
    }

    @Test
    void deeplyNestedArraysAreRefused() {
        var deep = header(0, 1).string("k").i32(9);
        for (int i = 0; i < 100; i++) deep.i32(9).i64(1);
        refused(deep, "nested too deep");
        refused(header(0, 1).string("k").i32(9).i32(9).i64(1 << 20), "nested arrays");
    }

    @Test
    void unknownTypesAreRefusedByTheirNumber() {
        refused(header(0, 1).string("k").i32(13), "unknown metadata value type 13");
        refused(
                tensor(header(1, 0), "t", 4, 31, 0).i64(0).i64(0),
                "tensor \"t\" has type 31, which llama.cpp has given up");
    }

    @Test
    void duplicatesAreRefused() {
        refused(header(0, 2).string("k").i32(0).i32(0), "ends too early");
        var twice = header(0, 2);
        twice.string("k").i32(4).i32(1).string("k").i32(4).i32(2);
        refused(twice, "duplicate metadata key \"k\"");
        refused(tensor(tensor(header(2, 0), "t", 4, 0, 0), "t", 4, 0, 32).i64(0), "duplicate tensor \"t\"");
    }

    @Test
    void tensorsMustLieApartAndInsideTheFile() {
        var room = new byte[256];
        refused(with(tensor(header(1, 0), "t", 4, 0, 8), room), "no multiple of the alignment 32");
        refused(with(tensor(header(1, 0), "t", 4, 0, -32), room), "no multiple of the alignment 32");
        refused(with(tensor(header(1, 0), "t", 4, 0, Long.MAX_VALUE - 31), room), "ends too early");
        refused(with(tensor(header(1, 0), "t", 1 << 20, 0, 0), room), "needs 4194304 bytes");
        refused(with(tensor(header(1, 0), "t", Long.MAX_VALUE, 0, 0), room), "larger than any file");
        refused(with(tensor(header(1, 0), "t", 33, 8, 0), room), "no multiple of the 32");
        refused(with(tensor(header(1, 0), "t", 0, 0, 0), room), "is empty");
        refused(with(tensor(tensor(header(2, 0), "t", 16, 0, 0), "u", 4, 0, 32), room), "\"u\" overlaps another");
        refused(with(header(1, 0).string("t").i32(5), room), "5 dimensions");
    }

    @Test
    void aStrangeAlignmentIsRefused() {
        refused(header(0, 1).string("general.alignment").i32(4).i32(0), "no power of two");
        refused(header(0, 1).string("general.alignment").i32(4).i32(48), "no power of two");
        refused(header(0, 1).string("general.alignment").i32(8).string("32"), "no power of two");
    }

    @Test
    void namesInMessagesHoldNoControlCharacters() {
        refused(tensor(header(1, 0), "a\u001b[31m", 4, 31, 0), "\"a?[31m\"");
    }

    private static byte[] with(HeaderBuffer header, byte[] data) {
        var content = header.content();
        byte[] whole = Arrays.copyOf(content.array(), content.limit() + data.length);
        System.arraycopy(data, 0, whole, content.limit(), data.length);
        return whole;
    }
}
