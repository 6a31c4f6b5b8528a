package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a key opens and shows, what is open without one, and where its secret does not stand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyGuardTest {
    private KeyedServer keyed;

    @BeforeAll
    void start() throws Exception {
        keyed = new KeyedServer(Layout.install());
    }

    @AfterAll
    void stop() {
        keyed.close();
    }

    @Test
    void whatAKeyIsNotForIsNotSeen() throws Exception {
        String[] other = KeyedServer.bearer(keyed.make("\"models\":[\"qwen*\"]").secret());
        String[] all = KeyedServer.bearer(keyed.make("").secret());
        for (String list : List.of("/api/tags", "/v1/models")) {
            assertThat(keyed.ask("GET", list, "", other).body()).as(list).doesNotContain("starter");
            assertThat(keyed.ask("GET", list, "", all).body()).as(list).contains("starter");
        }
        other[0] = "x-api-key";
        other[1] = other[1].substring("Bearer ".length());
        assertThat(keyed.ask("GET", "/v1/models", "", other).body())
                .as("Anthropic's list")
                .contains("has_more")
                .doesNotContain("starter");
        assertThat(keyed.ask("POST", "/api/show", "{\"model\":\"starter\"}", other)
                        .statusCode())
                .isEqualTo(403);
        assertThat(keyed.ask("GET", "/v1/models/starter", "", other).statusCode())
                .isEqualTo(403);
        assertThat(keyed.ask("POST", "/api/show", "{\"model\":\"nobody\"}", other)
                        .statusCode())
                .as("whether there is one is not told")
                .isEqualTo(403);
    }

    @Test
    void eachRouteHasItsScope() throws Exception {
        Map<String, List<String>> routes = Map.of(
                "infer", List.of("POST /api/generate", "POST /v1/embeddings", "GET /v1/responses/x", "GET /v1/batches"),
                "models.read",
                        List.of(
                                "GET /api/tags",
                                "GET /api/ps",
                                "GET /v1/models",
                                "GET /api/explain",
                                "GET /api/backends"),
                "models.write",
                        List.of("POST /api/pull", "DELETE /api/delete", "POST /api/copy", "POST /api/blobs/sha256:0"),
                "admin",
                        List.of(
                                "GET /api/keys",
                                "POST /api/models/prune",
                                "DELETE /api/backends/x",
                                "GET /api/models/export"));
        for (String scope : routes.keySet()) {
            String[] key = KeyedServer.bearer(
                    keyed.make("\"scopes\":[\"" + scope + "\"]").secret());
            routes.forEach((of, paths) -> paths.forEach(route -> {
                int status = status(route, key);
                boolean may = of.equals(scope) || scope.equals("admin");
                if (may) assertThat(status).as(scope + " " + route).isNotIn(401, 403, 429);
                else assertThat(status).as(scope + " " + route).isEqualTo(403);
            }));
        }
    }

    private int status(String route, String[] headers) {
        try {
            String[] words = route.split(" ");
            return keyed.ask(words[0], words[1], "{}", headers).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(route, e);
        }
    }

    @Test
    void probesAndThePageAreOpenAndNoSpellingOpensMore() throws Exception {
        for (String open : List.of("/livez", "/readyz", "/", "/chat/app.js")) {
            assertThat(keyed.ask("GET", open, "").statusCode()).as(open).isEqualTo(200);
        }
        for (String shut : List.of(
                "/api/tags",
                "/api/tags/",
                "/api//tags",
                "/api/tags;x=1",
                "/api/%74ags",
                "/chat/../api/tags",
                "/chat/%2e%2e/api/tags",
                "/livez/../api/keys",
                "/system/../api/keys",
                "/SYSTEM/../api/tags",
                "/v1/models?key=pk-x",
                "/api/version",
                "/v1/anything")) {
            assertThat(keyed.ask("GET", shut, "").statusCode())
                    .as(shut)
                    .isNotEqualTo(200)
                    .isLessThan(500);
        }
    }

    @Test
    void noSecretIsWrittenAnywhere() throws Exception {
        String secret = keyed.make("").secret();
        String wrong = "pk-" + "wrongWRONG".repeat(4);
        for (KeyForm form : KeyForm.values()) {
            assertThat(keyed.ask(form, secret).body()).doesNotContain(secret);
            assertThat(keyed.ask(form, wrong).body()).doesNotContain(wrong);
        }
        keyed.ask("GET", "/v1beta/models?key=" + secret, "");
        keyed.ask("POST", "/v1/chat/completions", "{ broken", KeyedServer.bearer(secret));
        keyed.ask("POST", "/api/chat", "{\"model\":\"nobody\"}", KeyedServer.bearer(secret));
        assertThat(keyed.ask("GET", "/api/keys/" + secret, "", KeyedServer.bearer(secret))
                        .body())
                .doesNotContain(secret);
        assertThat(keyed.owner("GET", "/api/keys", "").body())
                .contains(secret.substring(0, 9))
                .doesNotContain(secret);
        assertThat(keyed.server().output()).doesNotContain(secret, wrong);
        List<Path> holders = new ArrayList<>();
        for (Path file : files()) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            if (content.contains(secret) || content.contains(wrong)) holders.add(file);
        }
        assertThat(holders).isEmpty();
        assertThat(files())
                .anyMatch(file -> file.startsWith(keyed.server().home().resolve("logs")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(keyed.server().home())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(keyed.server().home().resolve("models")))
                    .toList();
        }
    }

    @Test
    void theCommandLineShowsTheKeyThatItIsGiven() throws Exception {
        String secret = keyed.make("").secret();
        var list = Server.command(
                        keyed.server().home(), keyed.server().port(), Map.of("PADDOCK_API_KEY", secret), "list")
                .start();
        assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("starter");
        assertThat(list.waitFor()).isZero();
    }
}
