package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
    private static final String ISSUED =
            "{\"id\":\"ab\",\"name\":\"ann\",\"prefix\":\"pk-abcdef\",\"key\":\"pk-abcdefgh\"}";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aNewKeyStandsAloneOnStandardOutput() {
        stage.on("POST /api/keys", 200, ISSUED);
        var made = stage.run("key", "create", "ann");
        assertThat(made.out()).isEqualTo("pk-abcdefgh\n");
        assertThat(made.err()).contains("ann", "not shown again");
        assertThat(stage.requests).containsExactly("POST /api/keys {\"name\":\"ann\"}");
    }

    @Test
    void allThatAKeyCanHaveIsSent() {
        stage.on("POST /api/keys", 200, ISSUED);
        var made = stage.run(
                "key",
                "create",
                "ann",
                "--scope",
                "infer,admin",
                "--model",
                "qwen*",
                "--model",
                "a:b",
                "--requests",
                "5",
                "--tokens",
                "1000",
                "--parallel",
                "2",
                "--priority",
                "-3",
                "--weight",
                "0.5",
                "--expires",
                "30d",
                "--json");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(stage.requests)
                .containsExactly(
                        "POST /api/keys {\"name\":\"ann\",\"scopes\":[\"infer\",\"admin\"],\"models\":[\"qwen*\",\"a:b\"],"
                                + "\"requests_per_minute\":5,\"tokens_per_minute\":1000,\"parallel\":2,\"priority\":-3,\"weight\":0.5,"
                                + "\"expires\":\"30d\"}");
        assertThat(made.out()).startsWith("{").contains("\"key\":\"pk-abcdefgh\"");
    }

    @Test
    void theListShowsWhatEachIsFor() {
        stage.on("GET /api/keys", 200, """
                {"keys":[{"id":"ab","name":"ann","prefix":"pk-abcdef","scopes":["infer","models.read"],"models":[],
                "requests_per_minute":0,"tokens_per_minute":0,"parallel":0,"priority":0,"weight":1.0,
                "created_at":"2026-11-30T10:00:00Z","expires_at":null,"last_used_at":"2026-11-30T12:34:56.789Z"},
                {"id":"cd","name":"ben","prefix":"pk-ghijkl","scopes":["infer"],"models":["qwen*"],"requests_per_minute":60,
                "tokens_per_minute":9000,"parallel":2,"priority":-5,"weight":1.0,"created_at":"2026-11-30T10:00:00Z",
                "expires_at":"2026-12-30T10:00:00Z","last_used_at":null}]}""");
        var list = stage.run("key", "list");
        assertThat(list.out())
                .contains("ann", "pk-abcdef...", "infer,models.read", "all", "none", "never", "2026-11-30 12:34")
                .contains("60 requests/min, 9000 tokens/min, 2 at once, priority -5", "2026-12-30 10:00");
    }

    @Test
    void revokingAndRotatingNameTheKey() {
        stage.on("DELETE /api/keys/ann%40x", 200, "{\"id\":\"ab\",\"name\":\"ann@x\",\"revoked\":true}");
        stage.on("POST /api/keys/ann/rotate", 200, ISSUED);
        assertThat(stage.run("key", "revoke", "ann@x").out()).isEqualTo("ann@x is revoked\n");
        assertThat(stage.run("key", "rotate", "ann").out()).isEqualTo("pk-abcdefgh\n");
    }

    @Test
    void whatTheServerRefusesIsSaid() throws IOException {
        Files.writeString(home.resolve("console-password"), "secret\n");
        stage.on("GET /api/keys", 403, "{\"error\":\"this is for the server's owner only\"}");
        var list = stage.run("key", "list");
        assertThat(list.code()).isEqualTo(1);
        assertThat(list.err()).contains("owner only").doesNotContain("secret");
    }
}
