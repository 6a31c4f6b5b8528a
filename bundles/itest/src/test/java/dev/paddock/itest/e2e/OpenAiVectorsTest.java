package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What OpenAI's vectors come with, which its clients hide. */
@ExtendWith(SharedServer.class)
class OpenAiVectorsTest {
    private static final String PATH = "/v1/embeddings";

    private final Server server;

    OpenAiVectorsTest(Server server) {
        this.server = server;
    }

    @Test
    @Shows(
            api = Api.OPENAI_EMBEDDINGS,
            value = {Trait.EMBEDDINGS, Trait.USAGE})
    void tokensOfAllTextsAreCounted() throws Exception {
        int one = tokens(List.of("Hello!"));
        assertThat(one).isPositive();
        assertThat(tokens(List.of("Hello!", "Hello!"))).isEqualTo(2 * one);
    }

    private int tokens(List<String> texts) throws Exception {
        JsonNode answer = server.ask(PATH, Map.of("model", "starter", "input", texts));
        assertThat(answer.path("object").asString()).isEqualTo("list");
        assertThat(answer.path("data").size()).isEqualTo(texts.size());
        int tokens = answer.at("/usage/prompt_tokens").asInt();
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(tokens);
        return tokens;
    }

    @Test
    @Shows(api = Api.OPENAI_EMBEDDINGS, value = Trait.ERROR)
    void anUnknownModelIsTheErrorThatClientsKnow() throws Exception {
        var answer = server.post(PATH, Server.JSON.writeValueAsString(Map.of("model", "no-such-model", "input", "Hi")));
        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode error = Server.JSON.readTree(answer.body()).path("error");
        assertThat(error.path("code").asString()).isEqualTo("model_not_found");
        assertThat(error.path("message").asString()).contains("no-such-model");
    }
}
