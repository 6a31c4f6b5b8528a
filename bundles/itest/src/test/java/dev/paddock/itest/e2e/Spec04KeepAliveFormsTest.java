package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ready-made case 4 of the specification. */
@DisplayName("4 keep_alive forms")
@ExtendWith(SharedServer.class)
class Spec04KeepAliveFormsTest {
    private final Server server;

    Spec04KeepAliveFormsTest(Server server) {
        this.server = server;
    }

    private Instant expiry() {
        return Instant.parse(server.loaded("starter").path("expires_at").asString());
    }

    private String load(String path, String keepAlive, int status) throws Exception {
        var answer = server.post(path, "{\"model\":\"starter\",\"keep_alive\":" + keepAlive + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            60     | 60
            60.5   | 60
            `"60s"`  | 60
            `"1.5h"` | 5400
            `"1h1m"` | 3660
            `"90000ms"` | 90
            """)
    void aTimeIsCountedFromTheLastUse(String keepAlive, long seconds) throws Exception {
        for (String path : new String[] {"/api/generate", "/api/chat"}) {
            Instant before = Instant.now();
            load(path, keepAlive, 200);
            assertThat(Duration.between(before, expiry()))
                    .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 30));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -1
            -0.5
            `"-1s"`
            `"-10m"`
            """)
    void aNegativeOneIsForEver(String keepAlive) throws Exception {
        load("/api/generate", keepAlive, 200);
        assertThat(expiry()).isAfter("2300-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0
            `"0"`
            `"0s"`
            """)
    void noneUnloads(String keepAlive) throws Exception {
        load("/api/generate", "60", 200);
        assertThat(load("/api/generate", keepAlive, 200)).contains("\"done_reason\":\"unload\"");
        Await.until(Duration.ofSeconds(1), "it is unloaded", () -> server.loaded("starter")
                .isMissingNode());
    }

    @Test
    void nullLeavesItAsItIs() throws Exception {
        load("/api/generate", "7200", 200);
        load("/api/generate", "null", 200);
        assertThat(expiry()).isAfter(Instant.now().plusSeconds(7000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"300"` | time: missing unit in duration \\"300\\"
            `"soon"`| time: invalid duration \\"soon\\"
            `""`    | time: invalid duration \\"\\"
            true    | Unsupported type: 'bool'
            {}      | Unsupported type: 'object'
            []      | Unsupported type: 'array'
            """)
    void whatIsNoTimeIsRefused(String keepAlive, String error) throws Exception {
        for (String path : new String[] {"/api/generate", "/api/chat", "/api/embed", "/api/embeddings"}) {
            assertThat(load(path, keepAlive, 400)).isEqualTo("{\"error\":\"" + error + "\"}");
        }
    }
}
