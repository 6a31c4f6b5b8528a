package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The first key, a file that is damaged, and somebody who guesses. */
class KeyFileTest {
    @Test
    void guessesFromOneAddressAreSlowed() throws Exception {
        try (Server own = Server.start(Map.of())) {
            int status = 0;
            for (int i = 0; i < 30; i++) {
                try (var client = HttpClient.newHttpClient()) {
                    var guess = own.request("/api/tags")
                            .headers(KeyedServer.bearer("pk-guess" + i))
                            .build();
                    var answer = client.send(guess, BodyHandlers.ofString());
                    status = answer.statusCode();
                    if (status == 429) {
                        assertThat(i).isGreaterThan(5);
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                        break;
                    }
                    assertThat(status).isEqualTo(401);
                }
            }
            assertThat(status).isEqualTo(429);
            assertThat(own.get("/api/tags").statusCode())
                    .as("who needs no key is served")
                    .isEqualTo(200);
        }
    }

    @Test
    void aDamagedFileRefusesAllKeysAndTheOwnerIsTold() throws Exception {
        Server first = Server.start(Map.of());
        Files.writeString(first.home().resolve("keys.json"), "{\"version\":1,\"keys\":[{\"id\":");
        try (Server next = first.killedAndStarted();
                var client = HttpClient.newHttpClient()) {
            var keyed = next.request("/api/tags")
                    .headers(KeyedServer.bearer("pk-" + "A".repeat(43)))
                    .build();
            assertThat(client.send(keyed, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
            var remote = next.request("/api/tags")
                    .header("X-Forwarded-For", "192.0.2.1")
                    .build();
            assertThat(client.send(remote, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            assertThat(next.get("/api/tags").statusCode()).as("this machine").isEqualTo(200);
            var list = Server.command(next.home(), next.port(), Map.of(), "key", "list")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("keys.json", "damaged");
            assertThat(list.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void theFirstKeyIsMadeWhereNoServerRunsYet() throws Exception {
        Path home = Files.createTempDirectory("paddock-e2e-");
        try {
            var create = Server.command(home, Server.freePort(), Map.of(), "key", "create", "first", "--json")
                    .start();
            String out = new String(create.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(create.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(create.exitValue()).isZero();
            String secret = Server.JSON.readTree(out).path("key").asString();
            assertThat(secret).startsWith("pk-");
            assertThat(Files.readString(home.resolve("keys.json")))
                    .contains("\"first\"")
                    .doesNotContain(secret);
            assertThat(home.resolve("paddock.pid")).as("it has ended").doesNotExist();
        } finally {
            Server.delete(home);
        }
    }
}
