package dev.paddock.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkTest {
    private static Chunk chunk(String line) {
        return Chunk.of(line.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}",
                "data:{\"choices\":[{\"delta\":{\"content\":null,\"reasoning_content\":\"hm\"}}]}",
                "data: {\"choices\":[{\"delta\":{\"reasoning\":\"hm\"}}]}",
                "data: {\"choices\":[{\"text\":\" Hi\",\"index\":0}]}",
            })
    void textOfAnyKindIsSeen(String line) {
        assertThat(chunk(line)).isEqualTo(new Chunk(true, 0, 0, false, ""));
    }

    @Test
    void aRoleIsNoText() {
        assertThat(chunk("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}"))
                .isEqualTo(Chunk.NOTHING);
    }

    @Test
    void usageComesAloneOrBesideText() {
        String usage = "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}";
        assertThat(chunk("data: {\"choices\":[]," + usage)).isEqualTo(new Chunk(false, 7, 3, false, ""));
        assertThat(chunk("data: {\"choices\":[{\"text\":\"x\"}]," + usage)).isEqualTo(new Chunk(true, 7, 3, false, ""));
        assertThat(chunk("data: {\"choices\":[{\"text\":\"x\"}],\"usage\":null}")
                        .promptTokens())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ": keep-alive", "event: message", "id: 1", "retry: 5"})
    void whatSaysNothingIsNothing(String line) {
        assertThat(chunk(line)).isEqualTo(Chunk.NOTHING);
    }

    @Test
    void theEndIsSaid() {
        assertThat(chunk("data: [DONE]").done()).isTrue();
    }

    @Test
    void errorsAreToldWhateverTheirForm() {
        assertThat(chunk("data: {\"error\":{\"message\":\"out of memory\"}}").error())
                .isEqualTo("out of memory");
        assertThat(chunk("data: {\"error\":\"full\"}").error()).isEqualTo("full");
        assertThat(chunk("{\"error\":{\"code\":1}}").error()).isNotEmpty();
        assertThat(chunk("data: {broken").error()).contains("no event", "{broken");
        assertThat(chunk("<html>Welcome</html>").error()).contains("no event", "Welcome");
    }
}
