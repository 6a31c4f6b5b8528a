package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.gguf.model.ModelSanity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file for each way in which a GGUF file has attacked another server, each named for where it was reported. */
class KnownAttacksTest {
    @TempDir
    Path dir;

    private static HeaderBuffer header(long tensors, long keyValues) {
        return new HeaderBuffer().i32(GgufReader.MAGIC).i32(3).i64(tensors).i64(keyValues);
    }

    private static HeaderBuffer tensor(HeaderBuffer out, String name, int type, long offset, long... dims) {
        out.string(name).i32(dims.length);
        for (long extent : dims) out.i64(extent);
        return out.i32(type).i64(offset);
    }

    private GgufFile read(HeaderBuffer out, int more) throws IOException {
        ByteBuffer content = out.padTo(32).content();
        Path file = dir.resolve("attack.gguf");
        Files.write(file, Arrays.copyOf(content.array(), content.limit() + more));
        return GgufFile.read(file);
    }

    private void refused(HeaderBuffer out, int more, String words) {
        assertThatThrownBy(() -> read(out, more))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining(words);
    }

    /** CVE-2026-7482: weights that end behind the file, so that packing them reads the memory behind. */
    @Test
    void weightsThatEndBehindTheFileAreNotThereToBePacked() {
        refused(
                tensor(header(1, 0), "blk.0.attn_q.weight", 1, 0, 4096, 4096),
                1024,
                "needs 33554432 bytes, 1024 are there");
        refused(tensor(header(1, 0), "w", 0, 1 << 20, 8), 64, "ends too early");
    }

    /** CVE-2024-8063, CVE-2025-0315: numbers that others divide by, and numbers that others allocate. */
    @Test
    void numbersThatAreDividedByAreNotZero() throws IOException {
        refused(header(0, 1).string("general.alignment").i32(4).i32(0), 64, "no power of two");
        refused(tensor(header(1, 0), "w", 0, 0, 0), 64, "is empty");
        refused(tensor(header(1, 0), "w", 2, 0, 31), 64, "no multiple of the 32");
        for (String zero : List.of("block_count", "embedding_length", "attention.head_count")) {
            assertThat(ModelSanity.fault(model("llama." + zero, 0))).as(zero).isPresent();
        }
    }

    /** CVE-2024-12886, CVE-2025-0315, ollama#17042: counts that others take memory for. */
    @Test
    void noMemoryIsTakenForWhatAFileOnlyClaims() {
        refused(header(Long.MAX_VALUE, 0), 64, "the number of tensors");
        refused(header(0, Long.MAX_VALUE), 64, "the number of metadata entries");
        refused(header(0, -1), 64, "the number of metadata entries");
        refused(header(0, 1).i64(1L << 62), 64, "the length of a metadata key");
        refused(header(0, 1).string("k").i32(8).i64(-1), 64, "the length of a string");
        refused(header(0, 1).string("k").i32(9).i32(8).i64(1L << 61), 64, "the length of an array");
        refused(header(0, 1).string("k").i32(9).i32(12).i64((1L << 61) + 1), 64, "the length of an array");
        refused(header(0, 1).string("k").i32(9).i32(10).i64(64 << 20), 64, "ends too early");
    }

    /** CVE-2025-49847, CVE-2025-52566, talos 2024-1912 to 1916: products and sums that overflow. */
    @Test
    void productsAndSumsDoNotOverflow() {
        refused(tensor(header(1, 0), "w", 0, 0, 1L << 32, 1L << 32), 64, "larger than any file");
        refused(tensor(header(1, 0), "w", 0, 0, 1L << 62, 4), 64, "larger than any file");
        refused(tensor(header(1, 0), "w", 0, 0, 1L << 62), 64, "larger than any file");
        refused(tensor(header(1, 0), "w", 0, 0, -4), 64, "larger than any file");
        refused(tensor(header(1, 0), "w", 0, Long.MAX_VALUE - 31, 8), 64, "ends too early");
        refused(tensor(header(1, 0), "w", 0, -32, 8), 64, "no multiple of the alignment");
    }

    /** CVE-2024-32878: a type that is used before it was read. */
    @Test
    void typesThatDoNotExistAreNotUsed() {
        refused(header(0, 1).string("k").i32(-1), 64, "unknown metadata value type");
        refused(header(0, 1).string("k").i32(9).i32(99).i64(1), 64, "unknown metadata value type");
        refused(tensor(header(1, 0), "w", -1, 0, 8), 64, "unknown type");
        refused(tensor(header(1, 0), "w", 4, 0, 8), 64, "given up");
    }

    /** Two tensors in one place: writing one of them again would change the other. */
    @Test
    void weightsDoNotLieInEachOther() {
        refused(tensor(tensor(header(2, 0), "a", 0, 0, 16), "b", 0, 32, 16), 128, "overlaps another");
        refused(tensor(tensor(header(2, 0), "a", 0, 0, 8), "b", 0, 0, 8), 128, "overlaps another");
    }

    /** Names that C reads as others. */
    @Test
    void namesAreTheSameForEveryReader() {
        refused(header(0, 1).string("").i32(4).i32(0), 64, "a metadata key is empty");
        refused(header(0, 1).string("a\0b").i32(4).i32(0), 64, "holds a NUL");
        refused(tensor(header(1, 0), "a\0b", 0, 0, 8), 64, "holds a NUL");
        var broken = header(0, 1).i64(1).bytes(new byte[] {(byte) 0xff}).i32(4).i32(0);
        refused(broken, 64, "is not UTF-8");
    }

    /** CVE-2024-34359: a chat template stays text here, whatever stands in it. */
    @Test
    void aChatTemplateStaysText() throws IOException {
        String template = "{{ ''.__class__.__mro__[1].__subclasses__() }}";
        GgufFile file =
                read(header(0, 1).string("tokenizer.chat_template").i32(8).string(template), 0);
        assertThat(file.text("tokenizer.chat_template")).contains(template);
    }

    /** CVE-2025-49847 and others: tokens and their types do not fit together, or ids point outside. */
    @Test
    void vocabulariesFitTogether() throws IOException {
        assertThat(ModelSanity.fault(model("tokenizer.ggml.token_type", List.of(1))))
                .get()
                .asString()
                .contains("only 1 values");
        assertThat(ModelSanity.fault(model("tokenizer.ggml.tokens", List.of("a", "a"))))
                .get()
                .asString()
                .contains("twice");
        assertThat(ModelSanity.fault(model("llama.rope.dimension_count", 3)))
                .get()
                .asString()
                .contains("even number");
        assertThat(ModelSanity.fault(model("none", 1))).isEmpty();
    }

    /** A model that is in order but for one value. */
    private GgufFile model(String key, Object value) throws IOException {
        var edit = new GgufEdit.Builder();
        if (value instanceof Integer number) edit.put(key, MetadataValue.uint32(number));
        else if (value instanceof List<?> list && list.getFirst() instanceof Integer) {
            edit.put(key, new MetadataValue.Array(ValueType.INT32, list));
        } else edit.put(key, new MetadataValue.Array(ValueType.STRING, (List<?>) value));
        Path sound = dir.resolve("sound.gguf");
        Path odd = dir.resolve("odd.gguf");
        Samples.model().write(sound);
        GgufCopy.write(sound, edit.build(), odd);
        return GgufFile.read(odd);
    }
}
