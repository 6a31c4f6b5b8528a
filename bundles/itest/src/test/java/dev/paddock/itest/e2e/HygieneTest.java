package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Requests as coding agents send them: what changes at their beginning does not cost the computed prompt. */
@ExtendWith(SharedServer.class)
class HygieneTest {
    private static final String RULE = "Rule: read the whole file before you change it, then run the tests again.\n";

    private final Server server;
    /** Nobody else's prompt begins like this. */
    private final String system = "You are agent " + UUID.randomUUID() + ".\n" + RULE.repeat(30);

    HygieneTest(Server server) {
        this.server = server;
    }

    private HttpResponse<String> ask(String system, String question) throws Exception {
        var messages =
                List.of(Map.of("role", "system", "content", system), Map.of("role", "user", "content", question));
        var body = Map.of("model", "starter", "messages", messages, "max_tokens", 1, "temperature", 0);
        return server.post("/v1/chat/completions", Server.JSON.writeValueAsString(body));
    }

    private static JsonNode usage(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Server.JSON.readTree(answer.body()).path("usage");
    }

    private static int cached(HttpResponse<String> answer) {
        return usage(answer).path("prompt_tokens_details").path("cached_tokens").asInt();
    }

    @Test
    void anotherNonceComputesNearlyNothingAnew() throws Exception {
        String header = "x-anthropic-billing-header: cc_version=2.1.37.0d9; cc_entrypoint=cli; cch=";
        var first = ask(header + "fa690;\n" + system, "Hi");
        var second = ask(header + "1c8b4;\n" + system, "Hi");

        int prompt = usage(second).path("prompt_tokens").asInt();
        assertThat(prompt)
                .isGreaterThan(300)
                .isEqualTo(usage(first).path("prompt_tokens").asInt());
        assertThat(cached(first)).isLessThan(prompt / 10);
        assertThat(cached(second)).isGreaterThanOrEqualTo(prompt - 5);
        assertThat(explained(second)).contains("hygiene: left out: billing header");
    }

    @Test
    void aClockIsMovedBehindWhatStays() throws Exception {
        var first = ask("Current date and time: Monday, March 9, 2026 at 06:00:31 PM PDT\n" + system, "Hi");
        var second = ask("Current date and time: Monday, March 9, 2026 at 06:01:12 PM PDT\n" + system, "Hi");

        int prompt = usage(second).path("prompt_tokens").asInt();
        assertThat(cached(first)).isLessThan(prompt / 10);
        assertThat(cached(second)).isGreaterThan(prompt - 60);
        assertThat(explained(second)).contains("moved to the end of the last message: time");
    }

    @Test
    void whatIsNotKnownStaysAndCosts() throws Exception {
        ask("My favourite number is 11.\n" + system, "Hi");
        var second = ask("My favourite number is 12.\n" + system, "Hi");
        assertThat(cached(second))
                .isLessThan(usage(second).path("prompt_tokens").asInt() / 10);
        assertThat(explained(second)).doesNotContain("hygiene");
    }

    private String explained(HttpResponse<String> answer) throws Exception {
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        return server.get("/api/explain/" + id).body();
    }
}
