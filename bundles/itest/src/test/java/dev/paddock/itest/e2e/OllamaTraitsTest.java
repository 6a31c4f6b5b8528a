package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Dialect.Draw;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the specification's ready-made cases leave out of Ollama's API: system texts, turns, tools, logprobs, stops, usage. */
@ExtendWith(SharedServer.class)
class OllamaTraitsTest {
    private static final String WHO = "Who are you?";
    private static final String HELPFUL = "You are a helpful assistant.";

    private final Server server;

    OllamaTraitsTest(Server server) {
        this.server = server;
    }

    private JsonNode ask(Dialect dialect, Map<String, Object> body, Object... more) throws Exception {
        for (int i = 0; i < more.length; i += 2) body.put((String) more[i], more[i + 1]);
        return server.ask(dialect.path, body);
    }

    private static Map<String, Object> body(Dialect dialect, String prompt) {
        return dialect.body(prompt, Draw.GREEDY, false);
    }

    private static List<Map<String, String>> messages(String... roleAndText) {
        return java.util.stream.IntStream.range(0, roleAndText.length / 2)
                .mapToObj(i -> Map.of("role", roleAndText[2 * i], "content", roleAndText[2 * i + 1]))
                .toList();
    }

    private static int promptTokens(JsonNode answer) {
        return answer.path("prompt_eval_count").asInt();
    }

    @Test
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.SYSTEM)
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.SYSTEM)
    void aSystemTextStandsBeforeTheQuestionWhoeverBringsIt() throws Exception {
        var chat = Dialect.OLLAMA_CHAT;
        JsonNode without = ask(chat, body(chat, WHO));
        JsonNode with = ask(chat, body(chat, WHO), "messages", messages("system", HELPFUL, "user", WHO));
        assertThat(with.at("/message/content").asString())
                .isEqualTo(Golden.named("system").answer());
        assertThat(promptTokens(with)).isGreaterThan(promptTokens(without));
        var generate = Dialect.OLLAMA_GENERATE;
        JsonNode asked = ask(generate, body(generate, WHO), "system", HELPFUL);
        assertThat(promptTokens(asked)).isEqualTo(promptTokens(with));
        try {
            server.ask("/api/create", Map.of("model", "helper", "from", "starter", "system", HELPFUL, "stream", false));
            for (Dialect dialect : List.of(chat, generate)) {
                assertThat(promptTokens(ask(dialect, body(dialect, WHO), "model", "helper")))
                        .as("the model's own")
                        .isEqualTo(promptTokens(with));
            }
        } finally {
            server.delete("helper");
        }
    }

    @Test
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.TURNS)
    void aConversationGoesOn() throws Exception {
        var golden = Golden.named("recall-later");
        var answer =
                ask(Dialect.OLLAMA_CHAT, Dialect.OLLAMA_CHAT.body(Draw.GREEDY, false), "messages", golden.messages());
        assertThat(answer.at("/message/content").asString()).isEqualTo(golden.answer());
    }

    @Test
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.TURNS)
    void theContextOfAnAnswerIsTheBeginningOfTheNext() throws Exception {
        var generate = Dialect.OLLAMA_GENERATE;
        JsonNode first = ask(generate, body(generate, "My name is Anna."));
        assertThat(first.path("context").size())
                .isEqualTo(promptTokens(first) + first.path("eval_count").asInt());
        JsonNode second = ask(generate, body(generate, "What is my name?"), "context", first.path("context"));
        assertThat(second.path("response").asString()).contains("Anna");
        assertThat(promptTokens(second)).isGreaterThan(first.path("context").size());
    }

    @Test
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.TOOLS)
    void aToolIsCalledByItsNameWithItsArguments() throws Exception {
        var golden = Golden.named("tool-call-add");
        var body = Dialect.OLLAMA_CHAT.body(Draw.GREEDY, false);
        JsonNode answer = ask(Dialect.OLLAMA_CHAT, body, "messages", golden.messages(), "tools", golden.tools());
        JsonNode call = answer.at("/message/tool_calls/0");
        assertThat(call.propertyNames()).containsExactly("id", "function");
        assertThat(call.path("id").asString()).matches("call_[a-z0-9]{8,}");
        assertThat(call.path("function").toString())
                .isEqualTo("{\"index\":0,\"name\":\"add\",\"arguments\":{\"a\":17,\"b\":25}}");
        assertThat(answer.path("done_reason").asString()).isEqualTo("stop");
    }

    /** As in Ollama, but the answer says so. */
    @Test
    void generateTakesNoToolsAndSaysSo() throws Exception {
        var golden = Golden.named("tool-call-add");
        var body = body(Dialect.OLLAMA_GENERATE, "What is 17 + 25?");
        body.put("tools", golden.tools());
        var answer = server.post("/api/generate", Server.JSON.writeValueAsString(body));
        assertThat(answer.headers().firstValue("X-Paddock-Ignored")).contains("tools");
        assertThat(Server.JSON.readTree(answer.body()).path("response").asString())
                .isEqualTo("17 + 25 = 42.");
    }

    @ParameterizedTest
    @EnumSource(names = {"OLLAMA_CHAT", "OLLAMA_GENERATE"})
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.LOGPROBS)
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.LOGPROBS)
    void logprobsAreOfEachTokenOfTheText(Dialect dialect) throws Exception {
        JsonNode answer = ask(dialect, body(dialect, "What is 2 + 2?"), "logprobs", true, "top_logprobs", 3);
        var bytes = new ByteArrayOutputStream();
        for (JsonNode token : answer.path("logprobs")) {
            token.path("bytes").forEach(b -> bytes.write(b.asInt()));
            assertThat(token.path("logprob").asDouble()).isNotPositive();
            assertThat(token.path("top_logprobs")).hasSize(3);
            assertThat(token.at("/top_logprobs/0/token"))
                    .as("greedy: the likeliest is taken")
                    .isEqualTo(token.path("token"));
            assertThat(token.at("/top_logprobs/1/logprob").asDouble())
                    .isLessThanOrEqualTo(token.at("/top_logprobs/0/logprob").asDouble());
        }
        String text = dialect.content(dialect.message(answer, false));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith(text);
        assertThat(ask(dialect, body(dialect, WHO)).has("logprobs")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"OLLAMA_CHAT", "OLLAMA_GENERATE"})
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.STOP)
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.STOP)
    void anAnswerEndsBeforeItsStopText(Dialect dialect) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            var body = dialect.body("Count from 1 to 10.", Draw.GREEDY, stream);
            body.put("options", Map.of("temperature", 0, "stop", List.of("nothing", ", 5,")));
            var said = Transcript.ask(server, dialect, body);
            assertThat(said.content()).isEqualTo("1, 2, 3, 4");
            assertThat(said.reason()).isEqualTo("stop");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OLLAMA_CHAT", "OLLAMA_GENERATE"})
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.USAGE)
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.USAGE)
    void tokensAreCounted(Dialect dialect) throws Exception {
        JsonNode cut = ask(dialect, dialect.body("Tell me a story.", new Draw(0, 1, 7), false));
        assertThat(cut.path("eval_count").asInt()).isEqualTo(7);
        assertThat(cut.path("done_reason").asString()).isEqualTo("length");
        assertThat(promptTokens(cut)).isPositive();
        JsonNode again = ask(dialect, dialect.body("Tell me a story.", new Draw(0, 1, 7), false));
        assertThat(promptTokens(again)).as("what was cached counts too").isEqualTo(promptTokens(cut));
        assertThat(again.path("cached_tokens").asInt()).isBetween(1, promptTokens(again));
    }
}
