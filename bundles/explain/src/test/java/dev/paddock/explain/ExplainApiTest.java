package dev.paddock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.TestServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainApiTest {
    private static final String MODEL = "hf.co/user/model:Q4_K_M";

    private final DecisionLog log = new DecisionLog(100);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer()
                .with(new ExplainApi(log), ExplainApi.ROOT, ExplainApi.ONE)
                .start();
        log.add(new Decision(
                Instant.parse("2026-01-01T00:00:00Z"),
                Kind.PLACED,
                "ab-1",
                MODEL,
                "33 of 33 layers on Vulkan0",
                Map.of("layers", 33)));
        log.add(DecisionLogTest.decision(Kind.LOADED, "", "b:latest"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRequestIsExplainedWithItsNumbers() throws Exception {
        var response = server.get("/api/explain/ab-1");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Json.parseObject(response.body()).orElseThrow())
                .containsEntry("request", "ab-1")
                .containsEntry(
                        "decisions",
                        List.of(Map.of(
                                "at", "2026-01-01T00:00:00Z",
                                "kind", "placed",
                                "request", "ab-1",
                                "model", MODEL,
                                "text", "33 of 33 layers on Vulkan0",
                                "numbers", Map.of("layers", 33))));
    }

    @Test
    void aModelIsFoundByANameWithSlashesAndByAShortOne() throws Exception {
        assertThat(server.get("/api/explain/model/" + MODEL).body()).contains("33 of 33", "\"model\":\"" + MODEL);
        assertThat(server.get("/api/explain/model/b").body()).contains("\"model\":\"b:latest\"", "loaded");
    }

    @Test
    void theLatestComeFirstAndNoMoreThanAskedFor() throws Exception {
        var all = Json.parseObject(server.get("/api/explain").body()).orElseThrow();
        assertThat((List<?>) all.get("decisions")).hasSize(2);
        assertThat(server.get("/api/explain?limit=1").body())
                .contains("b:latest")
                .doesNotContain("ab-1");
    }

    @Test
    void aLimitThatIsNoneIsRefused() throws Exception {
        for (String limit : List.of("0", "-1", "x", "99999999999")) {
            var response = server.get("/api/explain?limit=" + limit);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("from 1 to 10000");
        }
    }

    @Test
    void whatIsNotRememberedIsNotFoundAndSaysHowMuchIs() throws Exception {
        for (String path : List.of("/api/explain/nope", "/api/explain/model/nope")) {
            var response = server.get(path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("nope", "the latest 100 decisions");
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() throws Exception {
        assertThat(server.get("/api/explain/model/a%20b").statusCode()).isEqualTo(400);
    }
}
