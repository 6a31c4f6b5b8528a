package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A model that guesses for another changes how fast it answers and nothing else, and is never in its way. */
class DraftModelTest {
    private static final Map<String, Object> GREEDY = Map.of("temperature", 0, "num_predict", 600);

    private final Golden golden;

    DraftModelTest() throws IOException {
        golden = Golden.named("count-100");
    }

    @Test
    void aDraftModelGuessesAndTheAnswerIsTheGoldenOne() throws Exception {
        try (Server server = Server.start(Map.of("PADDOCK_DRAFT_MODELS", "starter=twin"))) {
            server.ask("/api/create", Map.of("model", "twin", "from", "starter", "stream", false));
            var answer = answer(server);
            assertThat(answer.path("response").asString().strip())
                    .isEqualTo(golden.answer().strip());
            assertThat(answer.path("accepted_tokens").asInt())
                    .isPositive()
                    .isLessThanOrEqualTo(answer.path("drafted_tokens").asInt());
            assertThat(draft(server).toString()).isEqualTo("{\"model\":\"twin:latest\",\"used\":true}");
        }
    }

    @Test
    void aDraftModelThatIsNotThereIsMissedInWordsOnly() throws Exception {
        try (Server server = Server.start(Map.of("PADDOCK_DRAFT_MODELS", "starter=gone"))) {
            assertThat(answer(server).path("response").asString().strip())
                    .isEqualTo(golden.answer().strip());
            assertThat(draft(server).path("used").asBoolean(true)).isFalse();
            assertThat(draft(server).path("reason").asString()).isEqualTo("it is not installed");
            assertThat(server.output())
                    .containsOnlyOnce("starter:latest works without its draft model gone:latest: it is not installed");
        }
    }

    @Test
    void pairsThatAreNoneAreSaidInOneSentenceAndTheServerServes() throws Exception {
        try (Server server = Server.start(Map.of("PADDOCK_DRAFT_MODELS", "starter"))) {
            assertThat(server.output())
                    .containsOnlyOnce(
                            "dev.paddock.scheduler: draft.models has the entry \"starter\"; write MODEL=DRAFT");
            assertThat(answer(server).path("response").asString().strip())
                    .isEqualTo(golden.answer().strip());
        }
    }

    private JsonNode answer(Server server) throws IOException, InterruptedException {
        return server.ask(
                "/api/generate",
                Map.of("model", "starter", "prompt", golden.prompt(), "raw", true, "stream", false, "options", GREEDY));
    }

    private static JsonNode draft(Server server) {
        return server.loaded("starter").path("paddock").path("draft");
    }
}
