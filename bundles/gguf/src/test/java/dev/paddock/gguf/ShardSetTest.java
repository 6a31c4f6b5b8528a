package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardSetTest {
    @TempDir
    Path dir;

    /** A part that holds one tensor of four bytes. */
    private Path part(int number, int count, String architecture, String tensor) throws IOException {
        var out = new GgufWriter();
        if (!architecture.isEmpty()) out.text("general.architecture", architecture);
        if (number == 0) out.array("tokens", ValueType.STRING, List.of("a", "b"));
        out.value("split.no", ValueType.UINT16, number)
                .value("split.count", ValueType.UINT16, count)
                .value("split.tensors.count", ValueType.INT32, count);
        byte[] data = tensor.repeat(4).substring(0, 4).getBytes(StandardCharsets.US_ASCII);
        out.tensor(tensor, GgmlType.I8, List.of(4L), channel -> channel.write(ByteBuffer.wrap(data)));
        Path file = dir.resolve("m-%05d-of-%05d.gguf".formatted(number + 1, count));
        out.write(file);
        return file;
    }

    private static ShardSet read(Path... files) throws IOException {
        return ShardSet.read(List.of(files), GgufLimits.DEFAULTS);
    }

    @Test
    void partsGivenInAnyOrderBecomeOneFile() throws IOException {
        Path second = part(1, 3, "", "y");
        Path third = part(2, 3, "", "z");
        Path first = part(0, 3, "llama", "x");
        ShardSet set = read(third, first, second);
        assertThat(set.files()).containsExactly(first, second, third);
        assertThat(set.parameterCount()).isEqualTo(12);
        Path merged = dir.resolve("merged.gguf");
        try (var channel = FileChannel.open(merged, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            set.merge(channel);
        }
        GgufFile whole = GgufFile.read(merged);
        assertThat(whole.metadata())
                .containsOnlyKeys("general.architecture", "tokens")
                .containsEntry("tokens", List.of("a", "b"));
        assertThat(Shard.of(whole)).isEmpty();
        List<String> data = new ArrayList<>();
        try (var channel = FileChannel.open(merged, StandardOpenOption.READ)) {
            for (TensorInfo tensor : whole.tensors()) {
                var buffer = ByteBuffer.allocate(4);
                channel.read(buffer, whole.dataOffset() + tensor.offset());
                data.add(tensor.name() + " " + new String(buffer.array(), StandardCharsets.US_ASCII));
            }
        }
        assertThat(data).containsExactly("x xxxx", "y yyyy", "z zzzz");
    }

    @Test
    void aMissingPartIsToldWithHowManyThereAre() throws IOException {
        Path first = part(0, 3, "llama", "x");
        Path second = part(1, 3, "llama", "y");
        assertThatThrownBy(() -> read(first, second))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("m-00001-of-00003.gguf is one of 3 parts, but 2 were given");
    }

    @Test
    void aPartTwiceIsRefused() throws IOException {
        Path first = part(0, 2, "llama", "x");
        assertThatThrownBy(() -> read(first, first)).hasMessageContaining("is part 1, and so is m-00001-of-00002.gguf");
    }

    @Test
    void partsOfDifferentModelsAreRefused() throws IOException {
        Path first = part(0, 2, "llama", "x");
        Path second = part(1, 2, "qwen2", "y");
        assertThatThrownBy(() -> read(first, second))
                .hasMessageContaining("architecture qwen2, the first part of llama");
    }

    @Test
    void aTensorInTwoPartsIsRefused() throws IOException {
        Path first = part(0, 2, "llama", "x");
        Path second = part(1, 2, "", "x");
        assertThatThrownBy(() -> read(first, second)).hasMessageContaining("holds tensor \"x\", and so does m-00001");
    }

    @Test
    void partsThatTellOfMoreTensorsAreRefused() throws IOException {
        Path first = part(0, 2, "llama", "x");
        Path second = dir.resolve("second.gguf");
        new GgufWriter()
                .value("split.no", ValueType.UINT16, 1)
                .value("split.count", ValueType.UINT16, 2)
                .write(second);
        assertThatThrownBy(() -> read(first, second))
                .hasMessageContaining("tells of 2 tensors in all parts, they hold 1");
    }

    @Test
    void impossibleNumbersAndWholeFilesAreRefused() throws IOException {
        Path impossible = part(3, 2, "llama", "x");
        assertThatThrownBy(() -> read(impossible, impossible)).hasMessageContaining("part 3 (counted from 0) of 2");
        Path whole = dir.resolve("whole.gguf");
        Samples.everything().write(whole);
        assertThatThrownBy(() -> read(whole)).hasMessageContaining("whole.gguf is no part of a split model");
        assertThatThrownBy(() -> read()).hasMessageContaining("no part");
    }

    @Test
    void namesTellWhichPartAFileIs() {
        Shard.Name name = Shard.named("Big-Model-00002-of-00003.gguf").orElseThrow();
        assertThat(name).isEqualTo(new Shard.Name("Big-Model", new Shard(1, 3)));
        assertThat(name.sibling(2)).isEqualTo("Big-Model-00003-of-00003.gguf");
        assertThat(Shard.named("model.gguf")).isEmpty();
        assertThat(Shard.named("m-00004-of-00003.gguf")).isEmpty();
        assertThat(Shard.named("m-00000-of-00003.gguf")).isEmpty();
        assertThat(Shard.named("m-00001-of-00001.gguf")).isEmpty();
    }
}
