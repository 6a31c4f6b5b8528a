package dev.paddock.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class KeysApiTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Pattern SECRET = Pattern.compile("pk-[A-Za-z0-9_-]{43}");

    @TempDir
    private Path home;

    private FileKeys keys;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        keys = new FileKeys(home, () -> NOW, System::nanoTime);
        server = new TestServer()
                .with(new KeysApi(keys, () -> NOW), KeysApi.ROOT, KeysApi.ONE)
                .sending("Authorization", "Bearer secret")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aKeyIsToldOnceAndListedWithoutItsSecret() throws Exception {
        var made = server.send("POST", "/api/keys", """
                {"name":"ann","scopes":["infer","models.write"],"models":["qwen*"],"requests_per_minute":5,
                "tokens_per_minute":1000,"parallel":2,"priority":3,"weight":0.5,"expires":"30d","colour":"red"}""");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(made.headers().firstValue("X-Paddock-Ignored")).contains("colour");
        var secret = SECRET.matcher(made.body());
        assertThat(secret.find()).isTrue();
        String list = server.get("/api/keys").body();
        assertThat(list)
                .contains("\"name\":\"ann\"", "\"scopes\":[\"infer\",\"models.write\"]", "\"models\":[\"qwen*\"]")
                .contains("\"requests_per_minute\":5", "\"tokens_per_minute\":1000", "\"parallel\":2", "\"priority\":3")
                .contains("\"weight\":0.5", "\"created_at\":\"2026-11-30T12:00:00Z\"", "\"last_used_at\":null")
                .contains(
                        "\"expires_at\":\"2026-12-30T12:00:00Z\"",
                        "\"prefix\":\"" + secret.group().substring(0, 9))
                .doesNotContain(secret.group())
                .doesNotContain("hash");
        assertThat(keys.identify(secret.group()).name()).isEqualTo("key ann");
    }

    @Test
    void aKeyIsRotatedAndRevoked() throws Exception {
        server.send("POST", "/api/keys", "{\"name\":\"ann\"}");
        String id = keys.list().getFirst().id();
        var rotated = server.send("POST", "/api/keys/" + id + "/rotate", "");
        var secret = SECRET.matcher(rotated.body());
        assertThat(secret.find()).isTrue();
        assertThat(keys.identify(secret.group()).name()).isEqualTo("key ann");
        assertThat(server.send("DELETE", "/api/keys/ann", "").body()).contains("\"revoked\":true");
        assertThat(keys.list()).isEmpty();
        assertThat(server.send("DELETE", "/api/keys/ann", "").statusCode()).isEqualTo(404);
        assertThat(server.send("POST", "/api/keys/ann", "").statusCode()).isEqualTo(404);
        assertThat(server.send("POST", "/api/keys/ann/rotate", "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatAKeyCannotBeIsSaid() throws Exception {
        for (String body : List.of(
                "",
                "{}",
                "{\"name\":\"a b\"}",
                "{\"name\":\"a\",\"scopes\":[\"everything\"]}",
                "{\"name\":\"a\",\"models\":[\"a b\"]}",
                "{\"name\":\"a\",\"parallel\":-1}",
                "{\"name\":\"a\",\"priority\":11}",
                "{\"name\":\"a\",\"weight\":0}",
                "{\"name\":\"a\",\"expires\":\"soon\"}",
                "{\"name\":\"a\",\"expires\":\"99999d\",\"expires_at\":\"tomorrow\"}",
                "{\"name\":\"a\",\"expires_at\":\"2020-01-01T00:00:00Z\"}")) {
            var refused = server.send("POST", "/api/keys", body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
            assertThat(refused.body()).contains("\"error\"");
        }
        assertThat(keys.exist()).isFalse();
    }

    @Test
    void onlyTheOwnerMay() throws Exception {
        server.sending("Authorization", "Bearer other");
        assertThat(server.get("/api/keys").statusCode()).isEqualTo(403);
        assertThat(server.send("POST", "/api/keys", "{\"name\":\"ann\"}").statusCode())
                .isEqualTo(403);
        assertThat(server.send("DELETE", "/api/keys/ann", "").statusCode()).isEqualTo(403);
        assertThat(server.send("POST", "/api/keys/ann/rotate", "").statusCode()).isEqualTo(403);
    }
}
