package dev.paddock.modelfile.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    private static final String GOOD = """
            {"__metadata__":{"format":"pt"},
             "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
             "b":{"dtype":"BF16","shape":[],"data_offsets":[24,26]},
             "none":{"dtype":"F16","shape":[0,4],"data_offsets":[24,24]}}   \s""";

    private static final int MUTATIONS = 5_000;

    @TempDir
    private Path folder;

    @Test
    void tensorsAreWhereTheHeaderSays() throws IOException {
        SafetensorsFile file = read(GOOD, 26);
        long start = 8 + GOOD.getBytes(StandardCharsets.UTF_8).length;
        assertThat(file.tensors().get("a")).isEqualTo(new StoredTensor("a", Dtype.F32, List.of(2L, 3L), start, 24));
        assertThat(file.tensors().get("b").elements()).isEqualTo(1);
        assertThat(file.tensors()).containsOnlyKeys("a", "b", "none");
        assertThat(file.metadata()).containsEntry("format", "pt");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}} | 8 | two tensors named
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | 7 | cut off
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | 9 | but the file has
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}} | 8 | has 8 bytes of data
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | 8 | cut off or damaged
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | 8 | not negative
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,8]}} | 8 | not negative
            {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | 8 | no whole number
            {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}} | 8 | larger than any file
            {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | 8 | JSON
            {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}} | 8 | at most 8
            {"a":{"dtype":"F4","shape":[16],"data_offsets":[0,8]}} | 8 | not known
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}} | 8 | does not know
            {"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}} | 8 | has two
            {"a":{"dtype":"F32","shape":[2]}} | 8 | lacks one of
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}} | 8 | at most 2
            {"a":{"dtype":"F32","shape":{},"data_offsets":[0,8]}} | 8 | no list
            {"a":[]} | 0 | no JSON object
            {"":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | 8 | name has 0
            {"__metadata__":{"a":1}} | 0 | no text
            {"__metadata__":{},"__metadata__":{}} | 0 | two "__metadata__"
            {"a":[[[[[[[[[[[[]]]]]]]]]]]]} | 0 | no JSON object
            {} {} | 0 | something follows
            {"a": | 0 | no sound JSON
            [] | 0 | no JSON object
            nope | 0 | no sound JSON
            """)
    void whatIsNotSoundIsRefusedInWords(String header, int data, String words) {
        assertThatThrownBy(() -> read(header, data))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(words);
    }

    @Test
    void bytesThatTwoTensorsShareOrNoneHasAreRefused() {
        String shared = """
                {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""";
        String gap = """
                {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}}""";
        assertThatThrownBy(() -> read(shared, 12)).hasMessageContaining("the one before it ends");
        assertThatThrownBy(() -> read(gap, 20)).hasMessageContaining("the one before it ends");
    }

    @Test
    void aHeaderThatTheFileCannotHoldTakesNoMemory() throws IOException {
        for (long length : new long[] {-1, 0, 1, 1000, Long.MAX_VALUE, Long.MIN_VALUE}) {
            Path file = Files.write(folder.resolve("file"), bytes(length, "{}", 0));
            assertThatThrownBy(() -> SafetensorsFile.read(file)).isInstanceOf(SafetensorsException.class);
        }
        Path empty = Files.write(folder.resolve("empty"), new byte[3]);
        assertThatThrownBy(() -> SafetensorsFile.read(empty)).hasMessageContaining("too few");
    }

    @Test
    void anyChangeOfAFileIsReadOrRefusedAndNothingElse() throws IOException {
        Random random = new Random(1);
        byte[] good = bytes(GOOD.getBytes(StandardCharsets.UTF_8).length, GOOD, 26);
        Path file = folder.resolve("changed");
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Files.write(file, changed(good, random));
            try {
                SafetensorsFile.read(file).tensors().values().forEach(tensor -> assertThat(
                                tensor.offset() + tensor.size())
                        .isLessThanOrEqualTo(good.length));
            } catch (SafetensorsException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - 1);
    }

    private static byte[] changed(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) "0123456789{}[]\",:-eE".charAt(random.nextInt(20));
                default -> System.arraycopy(good, 0, bytes, at, Math.min(bytes.length - at, random.nextInt(16)));
            }
        }
        return random.nextInt(8) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private SafetensorsFile read(String header, int data) throws IOException {
        byte[] bytes = bytes(header.getBytes(StandardCharsets.UTF_8).length, header, data);
        return SafetensorsFile.read(Files.write(folder.resolve("file.safetensors"), bytes));
    }

    private static byte[] bytes(long length, String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json)
                .array();
    }
}
