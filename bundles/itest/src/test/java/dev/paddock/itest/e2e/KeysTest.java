package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Who gets in, who does not, and in which words: each API refuses in its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG = "Count from 1 to 100.";

    @TempDir
    static Path scratch;

    private KeyedServer keyed;

    @BeforeAll
    void start() throws Exception {
        Path install = Installation.copy(scratch.resolve("paddock"), "backend-vulkan");
        for (Path plugin : Layout.plugins()) {
            if (plugin.toString().contains("gemini"))
                Files.copy(plugin, install.resolve("bundles").resolve(plugin.getFileName()));
        }
        keyed = new KeyedServer(install);
    }

    @AfterAll
    void stop() {
        keyed.close();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsNeededAndARightOneIsEnough(KeyForm form) throws Exception {
        form.assertRefusal(keyed.ask("POST", form.path, form.body), 401);
        form.assertRefusal(keyed.ask(form, "pk-" + "A".repeat(43)), 401);
        form.assertRefusal(keyed.ask(form, "sk-something"), 401);
        assertThat(keyed.ask(form, keyed.make("").secret()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredOneIsRefused(KeyForm form) throws Exception {
        String secret = keyed.make("\"expires\":\"1s\"").secret();
        Await.until(PATIENCE, "it expires", () -> keyed.ask(form, secret).statusCode() == 401);
        var answer = keyed.ask(form, secret);
        form.assertRefusal(answer, 401);
        assertThat(answer.body()).contains("expired");
    }

    @ParameterizedTest
    @EnumSource
    void oneForOtherThingsIsRefused(KeyForm form) throws Exception {
        form.assertRefusal(
                keyed.ask(
                        form,
                        keyed.make("\"scopes\":[\"models.read\",\"models.write\"]")
                                .secret()),
                403);
        form.assertRefusal(
                keyed.ask(form, keyed.make("\"models\":[\"qwen*\",\"start\"]").secret()), 403);
        assertThat(keyed.ask(
                                form,
                                keyed.make("\"models\":[\"qwen*\",\"start*\"]").secret())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void limitsAreKept(KeyForm form) throws Exception {
        String once = keyed.make("\"requests_per_minute\":1").secret();
        assertThat(keyed.ask(form, once).statusCode()).isEqualTo(200);
        form.assertRefusal(keyed.ask(form, once), 429);
        String few = keyed.make("\"tokens_per_minute\":4").secret();
        assertThat(keyed.ask(form, few).statusCode()).isEqualTo(200);
        Await.until(
                PATIENCE,
                "the answer's tokens are counted",
                () -> keyed.ask(form, few).statusCode() == 429);
        String other = keyed.make("\"requests_per_minute\":1").secret();
        assertThat(keyed.ask(form, other).statusCode())
                .as("limits are each key's own")
                .isEqualTo(200);
    }

    @Test
    void aKeyInTheQueryIsGoogles() throws Exception {
        String path = KeyForm.GEMINI.path + "?key=";
        assertThat(keyed.ask("POST", path + keyed.make("").secret(), KeyForm.GEMINI.body)
                        .statusCode())
                .isEqualTo(200);
        String other = keyed.make("\"models\":[\"qwen*\"]").secret();
        assertThat(keyed.ask("GET", "/v1beta/models?key=" + other, "").body()).doesNotContain("starter");
        assertThat(keyed.ask("POST", path + "pk-wrong", KeyForm.GEMINI.body).statusCode())
                .isEqualTo(401);
    }

    @Test
    void soManyRunAtTheSameTime() throws Exception {
        String secret = keyed.make("\"parallel\":1").secret();
        try (var running = stream(secret)) {
            running.next();
            KeyForm.OPENAI.assertRefusal(keyed.ask(KeyForm.OPENAI, secret), 429);
        }
        Await.until(
                PATIENCE,
                "the place is free again",
                () -> keyed.ask(KeyForm.OPENAI, secret).statusCode() == 200);
    }

    @Test
    void aRevokedKeyEndsForNewRequestsWhileAllStreamsGoOn() throws Exception {
        KeyedServer.Made ann = keyed.make("");
        String ben = keyed.make("").secret();
        try (var first = stream(ann.secret());
                var second = stream(ben)) {
            first.next();
            second.next();
            assertThat(keyed.owner("DELETE", "/api/keys/" + ann.id(), "").statusCode())
                    .isEqualTo(200);
            KeyForm.OPENAI.assertRefusal(keyed.ask(KeyForm.OPENAI, ann.secret()), 401);
            assertThat(keyed.ask(KeyForm.OPENAI, ben).statusCode()).isEqualTo(200);
            assertThat(first.rest()).last().asString().contains("\"done\":true");
            assertThat(second.rest()).last().asString().contains("\"done\":true");
        }
    }

    @Test
    void aRotatedKeyIsTheSameWithAnotherSecret() throws Exception {
        KeyedServer.Made old = keyed.make("\"models\":[\"start*\"]");
        var rotated = keyed.owner("POST", "/api/keys/" + old.id() + "/rotate", "");
        JsonNode json = Server.JSON.readTree(rotated.body());
        assertThat(json.path("id").asString()).isEqualTo(old.id());
        KeyForm.OLLAMA.assertRefusal(keyed.ask(KeyForm.OLLAMA, old.secret()), 401);
        assertThat(keyed.ask(KeyForm.OLLAMA, json.path("key").asString()).statusCode())
                .isEqualTo(200);
    }

    /** A long answer that is being read. */
    private Running stream(String secret) throws Exception {
        String body = "{\"model\":\"starter\",\"options\":{\"temperature\":0,\"num_predict\":200},\"messages\":["
                + "{\"role\":\"user\",\"content\":\"" + LONG + "\"}]}";
        var client = HttpClient.newHttpClient();
        var request = keyed.server()
                .request("/api/chat")
                .headers(KeyedServer.bearer(secret))
                .POST(BodyPublishers.ofString(body));
        var answer = client.send(request.build(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Running(client, answer.body());
    }

    private static final class Running implements AutoCloseable {
        private final HttpClient client;
        private final Iterator<String> lines;

        Running(HttpClient client, Stream<String> lines) {
            this.client = client;
            this.lines = lines.iterator();
        }

        String next() {
            return lines.next();
        }

        List<String> rest() {
            List<String> rest = new ArrayList<>();
            lines.forEachRemaining(rest::add);
            return rest;
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
