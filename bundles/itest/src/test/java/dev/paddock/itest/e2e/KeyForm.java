package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** One API: how it is asked, how a key is shown to it, and how it refuses. */
enum KeyForm {
    OLLAMA(
            "/api/chat",
            "Authorization",
            "Bearer ",
            "{\"model\":\"starter\",\"stream\":false,\"messages\":["
                    + "{\"role\":\"user\",\"content\":\"Hi\"}],\"options\":{\"num_predict\":4}}"),
    OPENAI(
            "/v1/chat/completions",
            "Authorization",
            "bearer ",
            "{\"model\":\"starter\",\"max_tokens\":4,\"messages\":[" + "{\"role\":\"user\",\"content\":\"Hi\"}]}"),
    ANTHROPIC(
            "/v1/messages",
            "x-api-key",
            "",
            "{\"model\":\"starter\",\"max_tokens\":4,\"messages\":[" + "{\"role\":\"user\",\"content\":\"Hi\"}]}"),
    GEMINI(
            "/v1beta/models/starter:generateContent",
            "x-goog-api-key",
            "",
            "{\"contents\":[{\"role\":\"user\",\"parts\":"
                    + "[{\"text\":\"Hi\"}]}],\"generationConfig\":{\"maxOutputTokens\":4}}");

    final String path;
    final String header;
    final String prefix;
    final String body;

    KeyForm(String path, String header, String prefix, String body) {
        this.path = path;
        this.header = header;
        this.prefix = prefix;
        this.body = body;
    }

    /** It refused, in the shape that the API's clients make exceptions of, and as HTTP says. */
    void assertRefusal(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(this + ": " + answer.body()).isEqualTo(status);
        assertError(status, answer.body());
        if (status == 401)
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        if (status == 429) {
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 61L);
        }
    }

    private void assertError(int status, String text) throws IOException {
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
