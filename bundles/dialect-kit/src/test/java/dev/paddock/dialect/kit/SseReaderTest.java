package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseReaderTest {
    private static final String CHUNK = "data: {\"a\":1}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void chunksAndTheirEndAreRead() {
        assertThat(SseReader.chunks(CHUNK + ": ping\n\n" + CHUNK + DONE))
                .hasSize(2)
                .allSatisfy(chunk -> assertThat(chunk.path("a").asInt()).isEqualTo(1));
    }

    @Test
    void namesAreReadAndCommentsCounted() throws IOException {
        String text = ": ping\n\nevent: start\ndata: {\"type\":\"start\",\"t\":\"ü\"}\n\n: ping\n\n";
        var reader = new SseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(reader.next()).contains(new SseReader.Event("start", "{\"type\":\"start\",\"t\":\"ü\"}"));
        assertThat(reader.next()).isEqualTo(Optional.empty());
        assertThat(reader.comments()).isEqualTo(2);
    }

    @Test
    void anEventIsThereBeforeTheNextByteComes() throws IOException {
        var reader = new SseReader(new ByteArrayInputStream((CHUNK + "data: {").getBytes(StandardCharsets.UTF_8)));
        assertThat(reader.next()).isPresent();
        assertThatThrownBy(reader::next).isInstanceOf(AssertionError.class).hasMessageContaining("line 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {}\\n|no empty line",
                "data: {}\\ndata: {}\\n\\n|no empty line",
                "data: {}\\n\\n\\n|not \"data: \"",
                "data:{}\\n\\n|not \"data: \"",
                "data: \\n\\n|not \"data: \"",
                "data: {}\\r\\n\\r\\n|a byte 13",
                "data: {|without its end",
                "data: {\\n\\n|no JSON",
                "data: {} {}\\n\\n|no JSON",
                "data: {\"a\":1,\"a\":2}\\n\\n|no JSON",
                "data: [1]\\n\\n|no JSON object",
                "id: 1\\ndata: {}\\n\\n|not \"data: \"",
                "retry: 1\\n\\n|not \"data: \"",
                "event: a\\n\\n|not \"data: \"",
                "event: a\\n|no data",
                "event: a\\ndata: {\"type\":\"b\"}\\n\\n|whose type differs",
                "event: a\\ndata: [DONE]\\n\\n|with a name",
                ": ping\\ndata: {}\\n\\n|no empty line",
                "data: [DONE]\\n\\n: ping\\n\\n|after [DONE]",
                "data: [DONE]\\n\\ndata: {}\\n\\n|after [DONE]",
            })
    void whatIsMalformedIsRefused(String text, String complaint) {
        String answer = text.replace("\\r", "\r").replace("\\n", "\n");
        assertThatThrownBy(() -> SseReader.all(answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] latin = "data: {\"a\":\"ü\"}\n\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> SseReader.all(latin))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no UTF-8");
        assertThatThrownBy(() -> SseReader.all("\uFEFF" + CHUNK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("byte order mark");
    }

    @Test
    void chunksEndWithDoneAndHaveNoNames() {
        assertThatThrownBy(() -> SseReader.chunks(CHUNK)).hasMessageContaining("does not end");
        assertThatThrownBy(() -> SseReader.chunks("event: a\ndata: {\"type\":\"a\"}\n\n" + DONE))
                .hasMessageContaining("the name a");
    }
}
