package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ready-made case 5 of the specification: its table 1.3, and what each route says of a body or method that is none. */
@DisplayName("5 Error matrix")
@ExtendWith(SharedServer.class)
class Spec05ErrorMatrixTest {
    private final Server server;

    Spec05ErrorMatrixTest(Server server) {
        this.server = server;
    }

    private static String body(String model) {
        return Server.JSON.writeValueAsString(Map.of(
                "model",
                model,
                "prompt",
                "x",
                "input",
                "x",
                "from",
                "starter",
                "messages",
                List.of(Map.of("role", "user", "content", "x"))));
    }

    private RawRequest.Answer send(String method, String path, String body) throws Exception {
        var answer = new RawRequest(method, path, Map.of(), body).answer(server);
        assertThat(answer.headers()).containsKey("x-request-id");
        return answer;
    }

    private void assertError(String method, String path, String body, int status, String error) throws Exception {
        var answer = send(method, path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().get("content-type")).startsWith("application/json");
        assertThat(answer.body()).isEqualTo(Server.JSON.writeValueAsString(Map.of("error", error)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | generate   | ``     | 404 | model '' not found
            POST   | generate   | a//b   | 400 | invalid model name
            POST   | generate   | nope   | 404 | model 'nope' not found
            POST   | chat       | ``     | 400 | model is required
            POST   | chat       | m:     | 400 | invalid model name
            POST   | chat       | nope   | 404 | model 'nope' not found
            POST   | embed      | ``     | 404 | model '' not found
            POST   | embed      | h:5/m  | 400 | invalid model name
            POST   | embed      | nope   | 404 | model "nope" not found, try pulling it first
            POST   | embeddings | ``     | 400 | model is required
            POST   | embeddings | -m     | 400 | invalid model name
            POST   | embeddings | nope   | 404 | model "nope" not found, try pulling it first
            POST   | show       | ``     | 400 | model is required
            POST   | show       | /m     | 400 | invalid model name
            POST   | show       | nope   | 404 | model 'nope:latest' not found
            DELETE | delete     | ``     | 400 | model is required
            DELETE | delete     | m@x    | 400 | name "m@x" is invalid
            DELETE | delete     | nope   | 404 | model 'nope' not found
            POST   | pull       | ``     | 400 | invalid model name
            POST   | pull       | a/b/c/d| 400 | invalid model name
            POST   | push       | ``     | 400 | model is required
            POST   | create     | ``     | 400 | invalid model name
            POST   | create     | a:     | 400 | invalid model name
            POST   | chat       | x:cloud:local | 400 | use either :local or :cloud, not both: "x:cloud:local"
            POST   | generate   | x:20b-cloud | 403 | ollama cloud is disabled: remote model is unavailable; "x:20b-cloud" is a cloud model; this server runs only local ones
            """)
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.ERROR)
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.ERROR)
    @Shows(api = Api.OLLAMA_EMBED, value = Trait.ERROR)
    void everyRouteSaysWhatIsWrongWithAModel(String method, String route, String model, int status, String error)
            throws Exception {
        assertError(method, "/api/" + route, body(model), status, error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``      | new | 400 | source "" is invalid
            a//b    | new | 400 | source "a//b" is invalid
            starter | m:  | 400 | destination "m:" is invalid
            nope    | new | 404 | model "nope" not found
            """)
    void copy(String source, String destination, int status, String error) throws Exception {
        String body = Server.JSON.writeValueAsString(Map.of("source", source, "destination", destination));
        assertError("POST", "/api/copy", body, status, error);
    }

    /** That there is no such model is found out on the way. */
    @ParameterizedTest
    @CsvSource({"nope", "h:5/m"})
    void push(String model) throws Exception {
        var answer = server.post("/api/push", body(model));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(
                        "{\"status\":\"retrieving manifest\"}\n{\"status\":\"couldn't retrieve manifest\"}\n{\"error\":")
                .hasLineCount(3);
    }

    @ParameterizedTest
    @CsvSource({"true, 200", "false, 500"})
    void pull(boolean stream, int status) throws Exception {
        var answer = server.post(
                "/api/pull", "{\"model\":\"127.0.0.1:1/n/nope\",\"insecure\":true,\"stream\":" + stream + "}");
        assertThat(answer.statusCode()).isEqualTo(status);
        var lines = answer.body().lines().toList();
        if (stream) assertThat(lines.getFirst()).isEqualTo("{\"status\":\"pulling manifest\"}");
        assertThat(lines).hasSize(stream ? 2 : 1);
        assertThat(lines.getLast()).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "chat", "embed", "embeddings", "show", "copy", "create", "pull", "push"})
    void aBodyThatIsNoneIsRefused(String route) throws Exception {
        assertError("POST", "/api/" + route, "", 400, "missing request body");
        for (String broken : List.of("{", "{\"model\":}", "[1]", "{\"model\":5}", "{\"model\":[\"starter\"]}")) {
            var answer = send("POST", "/api/" + route, broken);
            assertThat(answer.status()).as(broken).isEqualTo(400);
            assertThat(answer.body()).startsWith("{\"error\":\"");
        }
        var behind = send("POST", "/api/" + route, body("a//b") + " what follows is not looked at }");
        assertThat(behind.status()).isIn(200, 400);
        assertThat(behind.body()).doesNotContain("JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/generate | 405 | POST
            HEAD   | /api/chat     | 405 | POST
            PUT    | /api/tags     | 405 | GET, HEAD
            POST   | /api/ps       | 405 | GET
            HEAD   | /api/ps       | 405 | GET
            GET    | /api/delete   | 405 | DELETE
            DELETE | /api/version  | 405 | GET, HEAD
            POST   | /             | 405 | GET, HEAD
            GET    | /api/blobs/x  | 405 | HEAD, POST
            GET    | /api/me       | 405 | POST
            GET    | /api/nothing  | 404 |
            GET    | /api/         | 404 |
            GET    | /api/tags/    | 301 |
            POST   | /api/chat/    | 307 |
            HEAD   | /             | 200 |
            HEAD   | /api/version  | 200 |
            HEAD   | /api/tags     | 200 |
            """)
    void methodsAndPaths(String method, String path, int status, String allowed) throws Exception {
        var answer = send(method, path, "");
        assertThat(answer.status()).isEqualTo(status);
        if (status == 405) assertThat(answer.headers()).containsEntry("allow", allowed);
        if (status == 301 || status == 307) {
            assertThat(answer.headers().get("location")).endsWith(path.substring(0, path.length() - 1));
        }
        boolean text = status >= 400 && !method.equals("HEAD");
        if (!text) assertThat(answer.body()).isEmpty();
        else assertThat(answer.body()).isEqualTo(status == 405 ? "405 method not allowed" : "404 page not found");
    }
}
