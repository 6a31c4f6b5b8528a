package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server tells of itself while it works: activity, metrics, health; and that telling wakes nobody. */
class ObservedTest {
    @Test
    void requestsAreCountedWhereTheyHappenAndProbesWakeNothing() throws Exception {
        try (Server server = Server.start(Map.of())) {
            for (String probe : List.of("/livez", "/readyz", "/healthz", "/metrics", "/api/activity", "/api/drain"))
                assertThat(server.get(probe).statusCode()).as(probe).isEqualTo(200);
            assertThat(server.loaded("starter").isMissingNode())
                    .as("nothing was loaded for them")
                    .isTrue();

            var chat = Map.of("model", "starter", "messages", List.of(Map.of("role", "user", "content", "Hello")));
            server.ask("/v1/chat/completions", chat);
            assertThat(server.post("/api/chat", "{\"model\":\"nope\",\"messages\":[]}")
                            .statusCode())
                    .isEqualTo(404);
            server.ask("/api/generate", Map.of("model", "starter", "keep_alive", 0));
            Await.until(Duration.ofSeconds(20), "it is unloaded", () -> server.loaded("starter")
                    .isMissingNode());

            String page = server.get("/metrics").body();
            assertThat(page)
                    .containsPattern("paddock_requests_total\\{method=\"POST\",model=\"starter:latest\","
                            + "route=\"/v1/chat/completions\",status=\"200\"} 1.0")
                    .containsPattern(
                            "paddock_requests_total\\{method=\"POST\",model=\"\",route=\"/api/chat\",status=\"404\"} 1")
                    .containsPattern(
                            "paddock_generated_tokens_total\\{backend=\"CPU[^\"]*\",key=\"local\",model=\"starter:latest\"} [1-9]")
                    .containsPattern("paddock_first_token_seconds_count\\{model=\"starter:latest\"} 1")
                    .containsPattern("paddock_load_seconds_count\\{model=\"starter:latest\"} 1")
                    .containsPattern("paddock_evictions_total\\{model=\"starter:latest\"} 1.0")
                    .containsPattern("paddock_memory_bytes\\{device=\"host\",what=\"total\"} [1-9]")
                    .containsPattern("process_resident_memory_bytes [1-9]");
            var activity = Server.JSON.readTree(server.get("/api/activity").body());
            assertThat(activity.path("draining").asBoolean(true)).isFalse();
            assertThat(activity.path("series").path("tokens").size()).isEqualTo(60);
        }
    }

    @Test
    void askingHowItIsDoesNotKeepAModelLoaded() throws Exception {
        try (Server server = Server.start(Map.of())) {
            server.ask(
                    "/api/generate", Map.of("model", "starter", "prompt", "Hi", "stream", false, "keep_alive", "3s"));
            assertThat(server.loaded("starter").isMissingNode()).isFalse();
            Await.until(Duration.ofSeconds(20), "it is unloaded though it is watched", () -> {
                for (String probe : List.of("/livez", "/readyz", "/healthz", "/metrics", "/api/activity"))
                    assertThat(server.status(probe)).isEqualTo(200);
                return server.loaded("starter").isMissingNode();
            });
        }
    }
}
