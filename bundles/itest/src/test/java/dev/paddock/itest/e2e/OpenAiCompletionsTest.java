package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Prompts that are continued as they are. */
@ExtendWith(SharedServer.class)
class OpenAiCompletionsTest {
    private static final String PATH = "/v1/completions";

    private final Server server;

    OpenAiCompletionsTest(Server server) {
        this.server = server;
    }

    private static Map<String, Object> body(Object prompt, Object... more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", "starter");
        body.put("prompt", prompt);
        body.put("temperature", 0);
        for (int i = 0; i < more.length; i += 2) body.put((String) more[i], more[i + 1]);
        return body;
    }

    @Test
    @Shows(api = Api.OPENAI_COMPLETIONS, value = Trait.PLAIN)
    void promptsAreAnsweredInTheirOrder() throws Exception {
        List<Golden> asked = List.of(Golden.named("who-are-you"), Golden.named("thanks"));
        var prompts = asked.stream().map(Golden::prompt).toList();
        var answer = server.ask(PATH, body(prompts, "n", 2));
        List<String> texts = new ArrayList<>();
        for (JsonNode choice : answer.path("choices"))
            texts.add(choice.path("text").asString());
        String first = asked.get(0).answer();
        String second = asked.get(1).answer();
        assertThat(texts).containsExactly(first, first, second, second);
        assertThat(answer.path("choices"))
                .extracting(c -> c.path("index").asInt())
                .containsExactly(0, 1, 2, 3);
    }

    /** The tokens that the native API hands back as context are the prompt's and the answer's. */
    @Test
    void tokensSayTheSameAsTheirText() throws Exception {
        Golden golden = Golden.named("who-are-you");
        var asked = server.ask(
                "/api/generate",
                Map.of(
                        "model",
                        "starter",
                        "prompt",
                        "Who are you?",
                        "stream",
                        false,
                        "options",
                        Map.of("temperature", 0)));
        int count = asked.path("prompt_eval_count").asInt();
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : asked.path("context")) if (tokens.size() < count) tokens.add(token.asInt());
        var answer = server.ask(PATH, body(tokens));
        assertThat(answer.at("/choices/0/text").asString()).isEqualTo(golden.answer());
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(count);
    }

    @Test
    @Shows(api = Api.OPENAI_COMPLETIONS, value = Trait.LOGPROBS)
    void likelyTokensPutTogetherAreTheText() throws Exception {
        var answer = server.ask(PATH, body(Golden.named("thanks").prompt(), "logprobs", 2));
        JsonNode logprobs = answer.at("/choices/0/logprobs");
        var text = new StringBuilder();
        for (int i = 0; i < logprobs.path("tokens").size(); i++) {
            assertThat(logprobs.path("text_offset").path(i).asInt()).isEqualTo(text.length());
            text.append(logprobs.path("tokens").path(i).asString());
            assertThat(logprobs.path("token_logprobs").path(i).asDouble()).isBetween(-20.0, 0.0);
            assertThat(logprobs.path("top_logprobs").path(i).size()).isBetween(1, 3);
        }
        assertThat(text.toString()).startsWith(answer.at("/choices/0/text").asString());
    }

    @Test
    @Shows(api = Api.OPENAI_COMPLETIONS, value = Trait.STOP)
    void aStopTextEndsItAndIsNotShown() throws Exception {
        var answer = server.ask(PATH, body(Golden.named("thanks").prompt(), "stop", List.of("welcome"), "echo", true));
        assertThat(answer.at("/choices/0/text").asString())
                .isEqualTo(Golden.named("thanks").prompt() + "You are ");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        var cut = server.ask(PATH, body(Golden.named("thanks").prompt(), "max_tokens", 1));
        assertThat(cut.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    }

    @Test
    @Shows(api = Api.OPENAI_COMPLETIONS, value = Trait.ERROR)
    void errorsAreInTheEnvelope() throws Exception {
        var gap = server.post(PATH, Server.JSON.writeValueAsString(body("a", "suffix", "b")));
        assertThat(gap.statusCode()).isEqualTo(400);
        assertThat(gap.body()).contains("does not support insert", "invalid_request_error");
        var tooLong = server.post(PATH, Server.JSON.writeValueAsString(body("word ".repeat(5000))));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("context_length_exceeded");
        var unknown = server.post(PATH, "{\"model\":\"nobody\",\"prompt\":\"a\"}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("model_not_found");
    }
}
