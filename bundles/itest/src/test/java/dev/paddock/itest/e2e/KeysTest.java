package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A server that asks this machine for keys too, as it asks others: who gets in, who does not, and in which words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG = "Count from 1 to 100.";

    /** One API: how it is asked, how a key is shown to it, and how it refuses. */
    private enum Form {
        OLLAMA("/api/chat", "Authorization", "Bearer ", "{\"model\":\"starter\",\"stream\":false,\"messages\":["
                + "{\"role\":\"user\",\"content\":\"Hi\"}],\"options\":{\"num_predict\":4}}"),
        OPENAI("/v1/chat/completions", "Authorization", "bearer ", "{\"model\":\"starter\",\"max_tokens\":4,\"messages\":["
                + "{\"role\":\"user\",\"content\":\"Hi\"}]}"),
        ANTHROPIC("/v1/messages", "x-api-key", "", "{\"model\":\"starter\",\"max_tokens\":4,\"messages\":["
                + "{\"role\":\"user\",\"content\":\"Hi\"}]}"),
        GEMINI("/v1beta/models/starter:generateContent", "x-goog-api-key", "", "{\"contents\":[{\"role\":\"user\",\"parts\":"
                + "[{\"text\":\"Hi\"}]}],\"generationConfig\":{\"maxOutputTokens\":4}}");

        private final String path;
        private final String header;
        private final String prefix;
        private final String body;

        Form(String path, String header, String prefix, String body) {
            this.path = path;
            this.header = header;
            this.prefix = prefix;
            this.body = body;
        }

        /** The error has the shape that the API's clients make exceptions of. */
        void assertError(int status, String text) throws IOException {
            JsonNode json = Server.JSON.readTree(text);
            JsonNode error = json.path("error");
            switch (this) {
                case OLLAMA -> assertThat(error.asString()).isNotEmpty();
                case OPENAI -> {
                    assertThat(error.path("message").asString()).isNotEmpty();
                    assertThat(error.path("type").asString()).isEqualTo(type(status));
                }
                case ANTHROPIC -> {
                    assertThat(json.path("type").asString()).isEqualTo("error");
                    assertThat(json.path("request_id").asString()).isNotEmpty();
                    assertThat(error.path("type").asString()).isEqualTo(type(status));
                }
                case GEMINI -> {
                    assertThat(error.path("code").asInt()).isEqualTo(status);
                    assertThat(error.path("status").asString())
                            .isEqualTo(
                                    switch (status) {
                                        case 401 -> "UNAUTHENTICATED";
                                        case 403 -> "PERMISSION_DENIED";
                                        default -> "RESOURCE_EXHAUSTED";
                                    });
                }
            }
        }

        private static String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                default -> "rate_limit_error";
            };
        }
    }

    private record Made(String id, String secret) {}

    @TempDir
    static Path scratch;

    private Server server;
    private int names;

    @BeforeAll
    void start() throws Exception {
        Path install = Installation.copy(scratch.resolve("paddock"), "backend-vulkan");
        for (Path plugin : Layout.plugins()) {
            if (plugin.toString().contains("gemini")) Files.copy(plugin, install.resolve("bundles").resolve(plugin.getFileName()));
        }
        server = Server.start(Map.of(), Map.of("dev.paddock.web", Map.of("local.keyless", false, "wrong.keys", 10_000)), install);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path, String body, String... headers) throws Exception {
        var request = server.request(path).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> ask(Form form, String secret) throws Exception {
        return ask("POST", form.path, form.body, form.header, form.prefix + secret);
    }

    private HttpResponse<String> owner(String method, String path, String body) throws Exception {
        String password = Files.readString(server.home().resolve("console-password")).strip();
        return ask(method, path, body, "Authorization", "Bearer " + password);
    }

    private Made make(String fields) throws Exception {
        String name = "k" + names++;
        var made = owner("POST", "/api/keys", "{\"name\":\"" + name + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        JsonNode json = Server.JSON.readTree(made.body());
        return new Made(json.path("id").asString(), json.path("key").asString());
    }

    private static void refused(Form form, HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(form + ": " + answer.body()).isEqualTo(status);
        form.assertError(status, answer.body());
        if (status == 401) assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        if (status == 429) {
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 61L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsNeededAndARightOneIsEnough(Form form) throws Exception {
        refused(form, ask("POST", form.path, form.body), 401);
        refused(form, ask(form, "pk-" + "A".repeat(43)), 401);
        refused(form, ask(form, "sk-something"), 401);
        assertThat(ask(form, make("").secret()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredOneIsRefused(Form form) throws Exception {
        String secret = make("\"expires\":\"1s\"").secret();
        Await.until(PATIENCE, "it expires", () -> ask(form, secret).statusCode() == 401);
        var answer = ask(form, secret);
        refused(form, answer, 401);
        assertThat(answer.body()).contains("expired");
    }

    @ParameterizedTest
    @EnumSource
    void oneForOtherThingsIsRefused(Form form) throws Exception {
        refused(form, ask(form, make("\"scopes\":[\"models.read\",\"models.write\"]").secret()), 403);
        refused(form, ask(form, make("\"models\":[\"qwen*\",\"start\"]").secret()), 403);
        assertThat(ask(form, make("\"models\":[\"qwen*\",\"start*\"]").secret()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void limitsAreKept(Form form) throws Exception {
        String once = make("\"requests_per_minute\":1").secret();
        assertThat(ask(form, once).statusCode()).isEqualTo(200);
        refused(form, ask(form, once), 429);
        String few = make("\"tokens_per_minute\":4").secret();
        assertThat(ask(form, few).statusCode()).isEqualTo(200);
        Await.until(PATIENCE, "the answer's tokens are counted", () -> ask(form, few).statusCode() == 429);
        String other = make("\"requests_per_minute\":1").secret();
        assertThat(ask(form, other).statusCode()).as("limits are each key's own").isEqualTo(200);
    }

    @Test
    void aKeyInTheQueryIsGoogles() throws Exception {
        String path = Form.GEMINI.path + "?key=";
        assertThat(ask("POST", path + make("").secret(), Form.GEMINI.body).statusCode()).isEqualTo(200);
        assertThat(ask("POST", path + "pk-wrong", Form.GEMINI.body).statusCode()).isEqualTo(401);
    }

    @Test
    void whatAKeyIsNotForIsNotSeen() throws Exception {
        String[] other = bearer(make("\"models\":[\"qwen*\"]").secret());
        String[] all = bearer(make("").secret());
        for (String list : List.of("/api/tags", "/v1/models", "/v1beta/models")) {
            assertThat(ask("GET", list, "", other).body()).as(list).doesNotContain("starter");
            assertThat(ask("GET", list, "", all).body()).as(list).contains("starter");
        }
        assertThat(ask("POST", "/api/show", "{\"model\":\"starter\"}", other).statusCode()).isEqualTo(403);
        assertThat(ask("GET", "/v1/models/starter", "", other).statusCode()).isEqualTo(403);
        assertThat(ask("POST", "/api/show", "{\"model\":\"nobody\"}", other).statusCode())
                .as("whether there is one is not told")
                .isEqualTo(403);
    }

    @Test
    void eachRouteHasItsScope() throws Exception {
        Map<String, List<String>> routes = Map.of(
                "infer", List.of("POST /api/generate", "POST /v1/embeddings", "GET /v1/responses/x", "GET /v1/batches"),
                "models.read", List.of("GET /api/tags", "GET /api/ps", "GET /v1/models", "GET /api/explain", "GET /api/backends"),
                "models.write", List.of("POST /api/pull", "DELETE /api/delete", "POST /api/copy", "POST /api/blobs/sha256:0"),
                "admin", List.of("GET /api/keys", "POST /api/models/prune", "DELETE /api/backends/x", "GET /api/models/export"));
        for (String scope : routes.keySet()) {
            String[] key = bearer(make("\"scopes\":[\"" + scope + "\"]").secret());
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
            return ask(words[0], words[1], "{}", headers).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(route, e);
        }
    }

    private static String[] bearer(String secret) {
        return new String[] {"Authorization", "Bearer " + secret};
    }

    @Test
    void probesAndThePageAreOpenAndNoSpellingOpensMore() throws Exception {
        for (String open : List.of("/livez", "/readyz", "/", "/chat/app.js")) {
            assertThat(ask("GET", open, "").statusCode()).as(open).isEqualTo(200);
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
            assertThat(ask("GET", shut, "").statusCode())
                    .as(shut)
                    .isNotEqualTo(200)
                    .isLessThan(500);
        }
    }

    @Test
    void soManyRunAtTheSameTime() throws Exception {
        String secret = make("\"parallel\":1").secret();
        try (var running = stream(secret)) {
            running.next();
            refused(Form.OPENAI, ask(Form.OPENAI, secret), 429);
        }
        Await.until(PATIENCE, "the place is free again", () -> ask(Form.OPENAI, secret).statusCode() == 200);
    }

    @Test
    void aRevokedKeyEndsForNewRequestsWhileAllStreamsGoOn() throws Exception {
        Made ann = make("");
        String ben = make("").secret();
        try (var first = stream(ann.secret());
                var second = stream(ben)) {
            first.next();
            second.next();
            assertThat(owner("DELETE", "/api/keys/" + ann.id(), "").statusCode()).isEqualTo(200);
            refused(Form.OPENAI, ask(Form.OPENAI, ann.secret()), 401);
            assertThat(ask(Form.OPENAI, ben).statusCode()).isEqualTo(200);
            assertThat(first.rest()).last().asString().contains("\"done\":true");
            assertThat(second.rest()).last().asString().contains("\"done\":true");
        }
    }

    @Test
    void aRotatedKeyIsTheSameWithAnotherSecret() throws Exception {
        Made old = make("\"models\":[\"start*\"]");
        var rotated = owner("POST", "/api/keys/" + old.id() + "/rotate", "");
        JsonNode json = Server.JSON.readTree(rotated.body());
        assertThat(json.path("id").asString()).isEqualTo(old.id());
        refused(Form.OLLAMA, ask(Form.OLLAMA, old.secret()), 401);
        assertThat(ask(Form.OLLAMA, json.path("key").asString()).statusCode()).isEqualTo(200);
    }

    @Test
    void noSecretIsWrittenAnywhere() throws Exception {
        String secret = make("").secret();
        String wrong = "pk-" + "wrongWRONG".repeat(4);
        for (Form form : Form.values()) {
            assertThat(ask(form, secret).body()).doesNotContain(secret);
            assertThat(ask(form, wrong).body()).doesNotContain(wrong);
        }
        ask("GET", "/v1beta/models?key=" + secret, "");
        ask("POST", "/v1/chat/completions", "{ broken", bearer(secret));
        ask("POST", "/api/chat", "{\"model\":\"nobody\"}", bearer(secret));
        assertThat(ask("GET", "/api/keys/" + secret, "", bearer(secret)).body()).doesNotContain(secret);
        assertThat(owner("GET", "/api/keys", "").body()).contains(secret.substring(0, 9)).doesNotContain(secret);
        assertThat(server.output()).doesNotContain(secret, wrong);
        List<Path> holders = new ArrayList<>();
        for (Path file : files()) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            if (content.contains(secret) || content.contains(wrong)) holders.add(file);
        }
        assertThat(holders).isEmpty();
        assertThat(files()).anyMatch(file -> file.startsWith(server.home().resolve("logs")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(server.home())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(server.home().resolve("models")))
                    .toList();
        }
    }

    @Test
    void guessesFromOneAddressAreSlowed() throws Exception {
        // Another address than that of the other tests, which make mistakes too.
        try (Server own = Server.start(Map.of())) {
            int status = 0;
            for (int i = 0; i < 30; i++) {
                try (var client = HttpClient.newHttpClient()) {
                    var guess = own.request("/api/tags").headers(bearer("pk-guess" + i)).build();
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
        try (Server first = Server.start(Map.of())) {
            Files.writeString(first.home().resolve("keys.json"), "{\"version\":1,\"keys\":[{\"id\":");
            Server next = first.killedAndStarted();
            try (next;
                    var client = HttpClient.newHttpClient()) {
                var keyed = next.request("/api/tags").headers(bearer("pk-" + "A".repeat(43))).build();
                assertThat(client.send(keyed, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
                var remote = next.request("/api/tags").header("X-Forwarded-For", "192.0.2.1").build();
                assertThat(client.send(remote, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
                assertThat(next.get("/api/tags").statusCode()).as("this machine").isEqualTo(200);
                var list = Server.command(next.home(), next.port(), Map.of(), "key", "list")
                        .redirectErrorStream(true)
                        .start();
                assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("keys.json", "damaged");
                assertThat(list.waitFor()).isEqualTo(1);
            }
        }
    }

    @Test
    void theFirstKeyIsMadeWhereNoServerRunsYet() throws Exception {
        Path home = Files.createTempDirectory("paddock-e2e-");
        try {
            var create = Server.command(home, Server.freePort(), Map.of(), "key", "create", "first", "--json").start();
            String out = new String(create.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(create.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(create.exitValue()).isZero();
            String secret = Server.JSON.readTree(out).path("key").asString();
            assertThat(secret).startsWith("pk-");
            assertThat(Files.readString(home.resolve("keys.json"))).contains("\"first\"").doesNotContain(secret);
            assertThat(home.resolve("paddock.pid")).as("it has ended").doesNotExist();
        } finally {
            Server.delete(home);
        }
    }

    @Test
    void theCommandLineShowsTheKeyThatItIsGiven() throws Exception {
        String secret = make("").secret();
        var list = Server.command(server.home(), server.port(), Map.of("PADDOCK_API_KEY", secret), "list").start();
        assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("starter");
        assertThat(list.waitFor()).isZero();
    }

    /** A long answer that is being read. */
    private Running stream(String secret) throws Exception {
        String body = "{\"model\":\"starter\",\"options\":{\"temperature\":0,\"num_predict\":200},\"messages\":["
                + "{\"role\":\"user\",\"content\":\"" + LONG + "\"}]}";
        var client = HttpClient.newHttpClient();
        var request = server.request("/api/chat").headers(bearer(secret)).POST(BodyPublishers.ofString(body));
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
