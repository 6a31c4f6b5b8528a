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

/** OpenAI's npm package and the Responses API: whole, event by event, and by the package's own stream helper. */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponsesClientTest {
    private static final List<String> WAYS = List.of("whole", "streamed", "helped");

    private final Server server;
    private JsonNode seen;

    ResponsesClientTest(Server server) {
        this.server = server;
    }

    @BeforeAll
    void run() throws Exception {
        seen = NpmScript.run("responses.mjs", "openai", server);
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.TOOLS)
    void aToolIsCalledAndItsResultAnswered() {
        for (String way : WAYS) {
            JsonNode call = seen.at("/" + way + "/call");
            assertThat(call.path("name").asString()).isEqualTo("add");
            assertThat(call.path("arguments")).isEqualTo(Server.JSON.readTree("{\"a\":17,\"b\":25}"));
            assertThat(call.path("status").asString()).isEqualTo("completed");
            assertThat(seen.at("/" + way + "/required").asString()).isEqualTo("add");
        }
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.TURNS)
    void aConversationGoesOnFromAKeptResponseAndFromItemsSentAgain() {
        for (String way : WAYS) {
            assertThat(seen.at("/" + way + "/continued").asString()).isEqualTo("The result is 42.");
            assertThat(seen.at("/" + way + "/resent").asString()).isEqualTo("The result is 42.");
        }
    }

    @Test
    @Shows(
            api = Api.OPENAI_RESPONSES,
            value = {Trait.PLAIN, Trait.STREAM, Trait.THINKING})
    void thoughtsStandBeforeTheAnswer() {
        for (String way : WAYS) {
            assertThat(seen.at("/" + way + "/thinking").asString()).contains("7 + 5 = 12");
            assertThat(seen.at("/" + way + "/thought").asString()).isEqualTo("17 + 25 = 42.");
        }
        assertThat(seen.at("/summary/text").asString()).contains("7 + 5 = 12");
        assertThat(seen.at("/summary/sealed").asString()).startsWith("paddock1:");
        assertThat(seen.at("/summary/again").asString()).isEqualTo("completed");
    }

    @Test
    void theLimitMakesAResponseIncomplete() {
        for (String way : WAYS) {
            assertThat(seen.at("/" + way + "/status").asString()).isEqualTo("completed");
            assertThat(seen.at("/" + way + "/cut").toString()).isEqualTo("[\"incomplete\",\"max_output_tokens\"]");
        }
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.USAGE)
    void usageIsToldWithWhatWasCached() {
        for (String way : WAYS) {
            JsonNode usage = seen.at("/" + way + "/usage");
            int input = usage.path("input_tokens").asInt();
            int output = usage.path("output_tokens").asInt();
            assertThat(input).isPositive();
            assertThat(output).isPositive();
            assertThat(usage.path("total_tokens").asInt()).isEqualTo(input + output);
            assertThat(usage.at("/input_tokens_details/cached_tokens").asInt(-1))
                    .isBetween(0, input);
        }
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.SCHEMA)
    void jsonBySchemaIsParsedByTheClient() {
        assertThat(seen.path("parsed")).isEqualTo(Server.JSON.readTree("{\"name\":\"Anna\",\"age\":31}"));
    }

    @Test
    void keptResponsesAreShownCountedAndDeleted() {
        assertThat(seen.path("kept"))
                .isEqualTo(Server.JSON.readTree("{\"same\":true,\"items\":[\"Hello!\"],\"counted\":true,"
                        + "\"gone\":[404,null],\"unfollowed\":[400,\"previous_response_not_found\"]}"));
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.ERROR)
    void anUnknownModelIsTheClientsOwnException() {
        assertThat(seen.path("unknown").toString()).isEqualTo("[404,\"model_not_found\"]");
    }

    @Test
    @Shows(api = Api.OPENAI_RESPONSES, value = Trait.ABORT)
    void aClientThatGoesAwayEndsItsAnswer() throws Exception {
        // What had come already is still told.
        assertThat(seen.path("aborted").asInt()).isBetween(2, 50);
        Await.until(
                Duration.ofSeconds(10),
                "nothing is computed any more",
                () -> server.loaded("starter").path("paddock").path("running").asInt(-1) == 0);
    }
}
