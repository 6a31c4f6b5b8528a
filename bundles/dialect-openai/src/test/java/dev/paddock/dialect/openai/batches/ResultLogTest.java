package dev.paddock.dialect.openai.batches;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultLogTest {
    @TempDir
    private Path directory;

    private static Map<String, Object> result(String id, boolean answered) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("custom_id", id);
        json.put("response", answered ? Map.of("text", "ü😀") : null);
        return json;
    }

    @Test
    void itKnowsWhatItHasAfterItWasClosed() throws Exception {
        Path file = directory.resolve("log");
        try (var log = new ResultLog(file)) {
            assertThat(log.isEmpty()).isTrue();
            log.add(result("a", true));
            log.add(result("b", false));
        }
        try (var log = new ResultLog(file)) {
            assertThat(log.has("a")).isTrue();
            assertThat(log.has("b")).isTrue();
            assertThat(log.has("c")).isFalse();
            assertThat(log.answered()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"custom_id\":\"b\",\"respo", "{\"custom_id\":\"b\"}", "\0\0\0", "no json\n", "{}\n"})
    void whatWasCutIsDroppedAndWritingGoesOnBehindTheRest(String cut) throws Exception {
        Path file = directory.resolve("log");
        try (var log = new ResultLog(file)) {
            log.add(result("a", true));
        }
        String whole = Files.readString(file);
        Files.writeString(file, cut, StandardOpenOption.APPEND);
        try (var log = new ResultLog(file)) {
            assertThat(log.has("b")).isFalse();
            log.add(result("c", true));
        }
        assertThat(Files.readString(file)).isEqualTo(whole + whole.replace("\"a\"", "\"c\""));
    }
}
