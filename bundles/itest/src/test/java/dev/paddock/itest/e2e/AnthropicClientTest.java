package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Anthropic's own npm package: what it makes of the starter model's answers, whole and streamed. */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicClientTest {
    private static final List<String> WAYS = List.of("whole", "streamed");

    private final Server server;
    private JsonNode seen;

    AnthropicClientTest(Server server) {
        this.server = server;
    }

    @BeforeAll
    void run() throws Exception {
        seen = NpmScript.run("anthropic.mjs", "@anthropic-ai/sdk", server);
    }

    @Test
    @Shows(
            api = Api.ANTHROPIC_MESSAGES,
            value = {Trait.PLAIN, Trait.STREAM})
    void answersAreTheModelsWholeAndStreamed() {
        for (String way : WAYS) {
            JsonNode plain = seen.at("/" + way + "/plain");
            assertThat(plain.path("text").asString()).isEqualTo("17 + 25 = 42.");
            assertThat(plain.path("reason").asString()).isEqualTo("end_turn");
            assertThat(plain.path("id").asString()).startsWith("msg_");
        }
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.USAGE)
    void usageTellsWhatWasCachedApartFromTheRest() {
        int tokens = seen.at("/system/bare").asInt();
        for (String way : WAYS) {
            JsonNode usage = seen.at("/" + way + "/plain/usage");
            assertThat(usage.path("input_tokens").asInt()
                            + usage.path("cache_read_input_tokens").asInt())
                    .as("with what was counted: " + usage)
                    .isEqualTo(tokens);
            assertThat(usage.path("cache_creation_input_tokens").asInt(-1)).isZero();
            assertThat(usage.path("output_tokens").asInt()).isPositive();
        }
        assertThat(seen.at("/streamed/plain/usage/cache_read_input_tokens").asInt())
                .isPositive();
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.SYSTEM)
    void aSystemPromptCountsAsTextOrBlocks() {
        JsonNode system = seen.path("system");
        assertThat(system.path("text").asInt())
                .isGreaterThan(system.path("bare").asInt())
                .isEqualTo(system.path("blocks").asInt());
        assertThat(system.path("tools").asInt())
                .isGreaterThan(system.path("bare").asInt());
        assertThat(system.path("answer").asString()).isNotBlank();
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.TURNS)
    void whatWasSaidIsRememberedAndWhatWasBegunGoesOn() {
        for (String way : WAYS) {
            assertThat(seen.at("/" + way + "/turns").asString()).contains("Anna");
            assertThat(seen.at("/" + way + "/begun").asString()).isEqualTo(" 42.");
        }
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.TOOLS)
    void toolsAreCalledAndTheirResultsAnsweredWith() {
        for (String way : WAYS) {
            JsonNode call = seen.at("/" + way + "/call");
            assertThat(call.path("name").asString()).isEqualTo("add");
            assertThat(call.path("input")).isEqualTo(Server.JSON.readTree("{\"a\":17,\"b\":25}"));
            assertThat(call.path("reason").asString()).isEqualTo("tool_use");
            assertThat(seen.at("/" + way + "/answer").asString()).isEqualTo("The result is 42.");
            assertThat(seen.at("/" + way + "/forced").asString()).isEqualTo("add");
        }
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.SCHEMA)
    void anAnswerKeepsToASchema() {
        for (String way : WAYS) {
            assertThat(seen.at("/" + way + "/json")).isEqualTo(Server.JSON.readTree("{\"name\":\"Anna\",\"age\":31}"));
        }
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.THINKING)
    void thoughtsComeWhenTheyAreWantedOnly() {
        for (String way : WAYS) {
            assertThat(seen.at("/" + way + "/unasked").asString()).isEmpty();
            assertThat(seen.at("/" + way + "/thinking").asString()).contains("7 + 5 = 12");
            assertThat(seen.at("/" + way + "/thought").asString()).isEqualTo("17 + 25 = 42.");
        }
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.STOP)
    void itIsToldWhatEndedAnAnswer() {
        for (String way : WAYS) {
            JsonNode stopped = seen.at("/" + way + "/stopped");
            assertThat(stopped.path("text").asString()).isEqualTo("17 + 25 ");
            assertThat(stopped.path("reason").asString()).isEqualTo("stop_sequence");
            assertThat(stopped.path("sequence").asString()).isEqualTo("= 4");
            assertThat(seen.at("/" + way + "/cut/reason").asString()).isEqualTo("max_tokens");
            assertThat(seen.at("/" + way + "/cut/tokens").asInt()).isEqualTo(3);
        }
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.ERROR)
    void failuresAreTheClientsOwnExceptions() {
        JsonNode unknown = seen.path("unknown");
        assertThat(unknown.path("class").asString()).isEqualTo("NotFoundError");
        assertThat(unknown.path("type").asString()).isEqualTo("not_found_error");
        assertThat(unknown.path("message").asString()).contains("no-such-model");
        assertThat(unknown.path("request").asString()).isNotEmpty();
        JsonNode image = seen.path("image");
        assertThat(image.path("class").asString()).isEqualTo("BadRequestError");
        assertThat(image.path("message").asString()).contains("messages[0].content[0].type");
    }

    @Test
    void modelsAreListedPageByPage() {
        assertThat(seen.path("models").toString()).contains("\"starter:latest\"");
        assertThat(seen.at("/one/type").asString()).isEqualTo("model");
        assertThat(seen.at("/one/id").asString()).isEqualTo("starter");
    }

    @Test
    @Shows(api = Api.ANTHROPIC_MESSAGES, value = Trait.ABORT)
    void aClientThatGoesAwayEndsItsAnswer() throws Exception {
        assertThat(seen.at("/aborted/class").asString()).isEqualTo("APIUserAbortError");
        // What had come already is still told.
        assertThat(seen.at("/aborted/pieces").asInt()).isBetween(3, 50);
        Await.until(
                Duration.ofSeconds(10),
                "nothing is computed any more",
                () -> server.loaded("starter").path("paddock").path("running").asInt(-1) == 0);
    }
}
