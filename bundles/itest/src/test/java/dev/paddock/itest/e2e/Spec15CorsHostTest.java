package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ready-made case 15 of the specification. */
@DisplayName("15 CORS/Host")
@ExtendWith(SharedServer.class)
class Spec15CorsHostTest {
    private static final String ALLOWED = "access-control-allow-origin";

    private final Server server;

    Spec15CorsHostTest(Server server) {
        this.server = server;
    }

    private RawRequest.Answer get(Map<String, String> headers) throws Exception {
        return new RawRequest("GET", "/api/version", headers, "").answer(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:3000",
                "https://localhost:8443",
                "http://127.0.0.1:5173",
                "https://0.0.0.0",
                "app://obsidian.md",
                "tauri://localhost",
                "vscode-webview://abc",
                "vscode-file://vscode-app"
            })
    void pagesOfThisMachineMayAsk(String origin) throws Exception {
        var answer = get(Map.of("Origin", origin));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry(ALLOWED, origin);
        assertThat(answer.headers().get("vary")).contains("Origin");
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://localhost.evil.example",
                "http://localhost:3000.evil.example",
                "null",
                "http://127.0.0.1.evil.example"
            })
    void foreignPagesMayNot(String origin) throws Exception {
        var answer = get(Map.of("Origin", origin));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).doesNotContainKey(ALLOWED).containsKey("x-request-id");
        assertThat(answer.body()).doesNotContain("version");
    }

    @Test
    void theServersOwnPageIsNoForeignOne() throws Exception {
        String own = "127.0.0.1:" + server.port();
        assertThat(get(Map.of("Origin", "http://" + own)).headers()).doesNotContainKey(ALLOWED);
        assertThat(get(Map.of()).headers()).doesNotContainKeys(ALLOWED, "vary");
    }

    @Test
    void aPreflightIsAnsweredForEveryPath() throws Exception {
        for (String path : new String[] {"/api/chat", "/v1/chat/completions", "/api/delete"}) {
            Map<String, String> asked = new LinkedHashMap<>();
            asked.put("Origin", "http://localhost:3000");
            asked.put("Access-Control-Request-Method", "POST");
            asked.put("Access-Control-Request-Headers", "content-type,x-stainless-os");
            var answer = new RawRequest("OPTIONS", path, asked, "").answer(server);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers())
                    .containsEntry(ALLOWED, "http://localhost:3000")
                    .containsEntry("access-control-allow-methods", "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS")
                    .containsEntry("access-control-max-age", "43200");
            assertThat(answer.headers().get("access-control-allow-headers"))
                    .contains("Authorization", "Content-Type", "X-Stainless-Os", "Openai-Beta")
                    .as("unlike Ollama: Anthropic's clients in browsers")
                    .contains("X-Api-Key", "Anthropic-Version");
            assertThat(answer.headers().get("vary"))
                    .contains("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 403",
        "evil.example:11434, 403",
        "8.8.8.8, 403",
        "localhost.evil.example, 403",
        "foo.local, 200",
        "foo.LOCAL:80, 200",
        "a.localhost, 200",
        "host.docker.internal:11434, 200",
        "localhost, 200",
        "10.0.0.5, 200",
        "10.0.0.5:11434, 200",
        "192.168.1.9, 200",
        "0.0.0.0, 200",
        "[::1]:11434, 200"
    })
    void onLoopbackAForeignNameIsRefused(String host, int status) throws Exception {
        var answer = get(Map.of("Host", host));
        assertThat(answer.status()).isEqualTo(status);
        if (status == 403) assertThat(answer.body()).doesNotContain("version");
    }
}
