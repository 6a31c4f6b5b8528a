package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the dry run said a model would take is what it takes. */
class LedgerTest {
    @Test
    void whatWasReservedIsWhatWasMeasured() throws Exception {
        try (Server server = Server.start(Map.of())) {
            SlowModel.install(server);
            assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
            server.ask("/api/generate", Map.of("model", "starter", "prompt", "Who are you?", "stream", false));
            long reserved = 0;
            for (String model : List.of("starter", "slow")) {
                JsonNode numbers = loaded(server, model);
                long promised = numbers.path("reserved").asLong();
                assertThat(promised).as(model).isPositive();
                assertThat(numbers.path("measured").asLong()).as(model).isCloseTo(promised, withinPercentage(5));
                reserved += promised;
            }
            JsonNode host = Server.JSON
                    .readTree(server.get("/api/backends").body())
                    .path("memory")
                    .path(0);
            assertThat(host.path("reserved").asLong()).as("with the caches").isGreaterThanOrEqualTo(reserved);
        }
    }

    private static JsonNode loaded(Server server, String model) throws Exception {
        JsonNode decisions = Server.JSON
                .readTree(server.get("/api/explain/model/" + model).body())
                .path("decisions");
        for (JsonNode one : decisions) {
            if (one.path("kind").asString().equals("loaded")) return one.path("numbers");
        }
        throw new AssertionError("nothing says that " + model + " was loaded: " + decisions);
    }
}
