package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What chat completions do that the cases of clients do not ask for. */
@ExtendWith(SharedServer.class)
class OpenAiTraitsTest {
    private static final String WHO = "Who are you?";

    private final Server server;

    OpenAiTraitsTest(Server server) {
        this.server = server;
    }

    @ParameterizedTest(name = "stream={0}")
    @ValueSource(booleans = {true, false})
    @Shows(api = Api.OPENAI_CHAT, value = Trait.STOP)
    void anAnswerEndsBeforeItsStopText(boolean stream) throws Exception {
        String all = Golden.named("who-are-you").answer();
        var body = Dialect.OPENAI.body(WHO, Draw.GREEDY, stream);
        body.put("stop", List.of("never said", "tiny lang"));
        var said = Transcript.ask(server, Dialect.OPENAI, body);
        assertThat(said.content()).isEqualTo(all.substring(0, all.indexOf("tiny")));
        assertThat(said.reason()).isEqualTo("stop");
    }

    @Test
    @Shows(api = Api.OPENAI_CHAT, value = Trait.LOGPROBS)
    void logprobsAreOfEachTokenOfTheText() throws Exception {
        var body = Dialect.OPENAI.body(WHO, Draw.GREEDY, false);
        body.put("logprobs", true);
        body.put("top_logprobs", 2);
        JsonNode choice = server.ask(Dialect.OPENAI.path, body).at("/choices/0");
        StringBuilder joined = new StringBuilder();
        for (JsonNode token : choice.at("/logprobs/content")) {
            joined.append(token.path("token").asString());
            JsonNode best = token.path("top_logprobs");
            assertThat(best.size()).isEqualTo(2);
            assertThat(best.get(0).path("token")).isEqualTo(token.path("token"));
            assertThat(token.path("logprob").asDouble())
                    .isEqualTo(best.get(0).path("logprob").asDouble())
                    .isGreaterThan(best.get(1).path("logprob").asDouble())
                    .isNotPositive();
        }
        assertThat(joined).hasToString(choice.at("/message/content").asString());
        assertThat(joined).hasToString(Golden.named("who-are-you").answer());
    }
}
