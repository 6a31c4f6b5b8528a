package dev.paddock.dialect.openai.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final String FORM = """
            --xyz\r
            Content-Disposition: form-data; name="purpose"\r
            \r
            batch\r
            --xyz\r
            content-disposition: form-data; name="file"; filename="a \\"b\\".jsonl"\r
            Content-Type: application/jsonl\r
            \r
            %s\r
            --xyz--\r
            """;

    /** Gives so many bytes at a time, whatever is asked for. */
    private static InputStream slow(byte[] bytes, int step) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return super.read(to, offset, Math.min(length, step));
            }
        };
    }

    private static List<String> read(byte[] form, int step) throws IOException {
        var reader = new MultipartReader(slow(form, step), "xyz");
        List<String> parts = new ArrayList<>();
        for (var part = reader.next(); part.isPresent(); part = reader.next()) {
            byte[] content = reader.content().readAllBytes();
            parts.add(part.get().name()
                    + part.get().fileName().map(name -> "(" + name + ")").orElse("") + "="
                    + new String(content, StandardCharsets.ISO_8859_1));
        }
        return parts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 100_000})
    void partsAreReadWhateverThePiecesInWhichTheyCome(int step) throws IOException {
        String tricky = "\r\n--xy\r\n--xyx\r\n\r\n--\r--xyz\n\r\r\n-";
        byte[] form = FORM.formatted(tricky).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(form, step)).containsExactly("purpose=batch", "file(a \"b\".jsonl)=" + tricky);
    }

    @Test
    void largeContentsPassThroughASmallWindow() throws IOException {
        byte[] random = new byte[300_000];
        new Random(1).nextBytes(random);
        String content = new String(random, StandardCharsets.ISO_8859_1);
        byte[] form = FORM.formatted("@").replace("@", content).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(form, 4099).getLast().substring("file(a \"b\".jsonl)=".length()))
                .isEqualTo(content);
    }

    @Test
    void whatIsNotReadIsPassedOverAndAPreambleToo() throws IOException {
        byte[] form = ("preamble\r\n" + FORM.formatted("x".repeat(100_000))).getBytes(StandardCharsets.UTF_8);
        var reader = new MultipartReader(new ByteArrayInputStream(form), "xyz");
        assertThat(reader.next()).isPresent();
        assertThat(reader.next()).isPresent();
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void everyFormThatIsCutOffIsRefused() {
        byte[] form = FORM.formatted("{}").strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < form.length - 2; length++) {
            byte[] cut = java.util.Arrays.copyOf(form, length);
            assertThatThrownBy(() -> read(cut, 16)).as("%d bytes", length).isInstanceOf(PaddockException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            form-data; name="a"                        | true
            attachment; name="a"                       | false
            form-data                                  | false
            form-data; filename="a"                    | false
            """)
    void aPartSaysItsName(String disposition, boolean fine) throws IOException {
        byte[] form = ("--xyz\r\nContent-Disposition: " + disposition + "\r\n\r\nb\r\n--xyz--")
                .getBytes(StandardCharsets.UTF_8);
        if (fine) assertThat(read(form, 9)).containsExactly("a=b");
        else
            assertThatThrownBy(() -> read(form, 9))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("part of the form");
    }

    @Test
    void tooMuchIsRefused() {
        String part = "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n";
        byte[] many = (part.repeat(40) + "--xyz--").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(many, 999)).hasMessageContaining("more than 32 parts");
        byte[] header = ("--xyz\r\nX: " + "y".repeat(20_000) + "\r\n\r\nb\r\n--xyz--").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(header, 999)).hasMessageContaining("too long a header");
        byte[] field = part.replace("b", "b".repeat(20)).getBytes(StandardCharsets.UTF_8);
        var reader = new MultipartReader(new ByteArrayInputStream(field), "xyz");
        assertThatThrownBy(() -> {
                    reader.next();
                    reader.text(10);
                })
                .hasMessageContaining("more than 10 bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            multipart/form-data; boundary=xyz                         | xyz
            Multipart/Form-Data; charset=utf-8; Boundary="x y;z"      | x y;z
            multipart/form-data                                       | ``
            multipart/form-data; boundary=                            | ``
            multipart/mixed; boundary=xyz                             | ``
            application/json                                          | ``
            """)
    void theBoundaryIsInTheContentType(String type, String boundary) {
        if (!boundary.isEmpty())
            assertThat(PartHeader.boundary(Optional.of(type))).isEqualTo(boundary);
        else
            assertThatThrownBy(() -> PartHeader.boundary(Optional.of(type)))
                    .hasMessageContaining("multipart/form-data");
    }
}
