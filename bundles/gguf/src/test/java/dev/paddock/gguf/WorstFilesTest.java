package dev.paddock.gguf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that make the most of each limit: entries that are as small as can be, and as many. */
class WorstFilesTest {
    /** Objects for entries that take less in the file than an object does; the limits bound how many there are. */
    private static final long CONSTANT = 24L << 20;

    @TempDir
    Path dir;

    private Gate gate;

    @BeforeEach
    void warmUp() {
        gate = new Gate(dir.resolve("worst.gguf"), CONSTANT);
        gate.read(Samples.bytes(Samples.everything()), "warming up");
    }

    private static HeaderBuffer header(long tensors, long keyValues) {
        return new HeaderBuffer().i32(GgufReader.MAGIC).i32(3).i64(tensors).i64(keyValues);
    }

    private void read(HeaderBuffer out, int data, String what) {
        ByteBuffer content = out.padTo(32).content();
        gate.read(Arrays.copyOf(content.array(), content.limit() + data), what);
    }

    @Test
    void asManyEntriesAsAllowed() {
        int count = GgufLimits.DEFAULTS.keyValues();
        var out = header(0, count);
        for (int i = 0; i < count; i++)
            out.string(Integer.toString(i, 36)).i32(0).bytes(new byte[1]);
        read(out, 0, "entries");
    }

    @Test
    void asManyTensorsAsAllowed() {
        int count = GgufLimits.DEFAULTS.tensors();
        var out = header(count, 0);
        for (int i = 0; i < count; i++)
            out.string(Integer.toString(i, 36)).i32(1).i64(1).i32(24).i64(i * 32L);
        read(out, count * 32, "tensors");
    }

    @Test
    void asManyNestedArraysAsAllowed() {
        int count = GgufLimits.NESTED_ARRAYS;
        var out = header(0, 1).string("k").i32(9).i32(9).i64(count);
        for (int i = 0; i < count; i++) out.i32(0).i64(0);
        read(out, 0, "nested arrays");
    }

    @Test
    void aMillionEmptyTexts() {
        var out = header(0, 1).string("k").i32(9).i32(8).i64(1 << 20);
        out.bytes(new byte[8 << 20]);
        read(out, 0, "empty texts");
    }

    @Test
    void oneTextOfSixteenMegabytes() {
        int length = GgufLimits.DEFAULTS.stringBytes();
        read(header(0, 1).string("k").i32(8).i64(length).bytes(new byte[length]), 0, "a long text");
    }

    @Test
    void namesThatHashAlike() {
        // "Aa" and "BB" have the same hash, and so has every mixture of them.
        List<String> names = IntStream.range(0, 1 << 13)
                .mapToObj(i -> {
                    var name = new StringBuilder();
                    for (int bit = 0; bit < 13; bit++) name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                    return name.toString();
                })
                .toList();
        var out = header(0, names.size());
        for (String name : names) out.string(name).i32(0).bytes(new byte[1]);
        read(out, 0, "colliding names");
    }
}
