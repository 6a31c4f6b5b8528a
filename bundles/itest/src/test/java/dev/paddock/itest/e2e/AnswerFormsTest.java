package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/** Answers that must have a form: JSON and grammars, asked for in each dialect's own words, streamed and whole. */
@ExtendWith(SharedServer.class)
class AnswerFormsTest {
    private static final String ANNA = "Anna is 31 years old. Answer in JSON with keys name and age.";

    private final Server server;

    AnswerFormsTest(Server server) {
        this.server = server;
    }

    /** A way to ask. */
    enum Dialect {
        OLLAMA_CHAT("/api/chat", "/message/content", "/done_reason"),
        OLLAMA_GENERATE("/api/generate", "/response", "/done_reason"),
        OPENAI("/v1/chat/completions", "/choices/0/message/content", "/choices/0/finish_reason");

        final String path;
        private final String text;
        private final String reason;

        Dialect(String path, String text, String reason) {
            this.path = path;
            this.text = text;
            this.reason = reason;
        }

        Map<String, Object> body(String prompt, Draw draw, boolean stream) {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("model", "starter", "stream", stream));
            if (this == OLLAMA_GENERATE) body.put("prompt", prompt);
            else body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
            if (this == OPENAI) {
                body.putAll(Map.of("temperature", draw.temperature, "seed", draw.seed, "max_tokens", draw.tokens));
            } else {
                body.put(
                        "options",
                        Map.of("temperature", draw.temperature, "seed", draw.seed, "num_predict", draw.tokens));
            }
            return body;
        }

        /** Asks for an object in JSON. */
        void json(Map<String, Object> body) {
            if (this == OPENAI) body.put("response_format", Map.of("type", "json_object"));
            else body.put("format", "json");
        }

        /** Asks for an object of this schema. */
        void schema(Map<String, Object> body, Map<String, Object> schema) {
            if (this == OPENAI) {
                var wrapped = Map.of("name", "person", "schema", schema);
                body.put("response_format", Map.of("type", "json_schema", "json_schema", wrapped));
            } else {
                body.put("format", schema);
            }
        }

        String text(JsonNode answer, boolean stream) {
            return answer.at(stream && this == OPENAI ? "/choices/0/delta/content" : text)
                    .asString("");
        }

        String reason(JsonNode answer) {
            return answer.at(reason).asString("");
        }
    }

    /** How tokens are chosen, and how many at most. */
    private record Draw(double temperature, int seed, int tokens) {
        static final Draw GREEDY = new Draw(0, 1, 300);
    }

    private record Said(String text, String reason) {}

    static Stream<Arguments> dialects() {
        return Stream.of(Dialect.values()).flatMap(d -> Stream.of(Arguments.of(d, true), Arguments.of(d, false)));
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void theModelsOwnJsonIsLeftAsItIs(Dialect dialect, boolean stream) throws Exception {
        var body = dialect.body(ANNA, Draw.GREEDY, stream);
        dialect.json(body);
        assertThat(ask(dialect, body, stream)).isEqualTo(new Said("{\"name\": \"Anna\", \"age\": 31}", "stop"));
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void whatWouldHaveBeenProseBecomesAnObject(Dialect dialect, boolean stream) throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            var body = dialect.body("Tell me a story.", new Draw(1, seed, 120), stream);
            dialect.json(body);
            Said said = ask(dialect, body, stream);
            assertThat(said.text()).startsWith("{");
            if (said.reason().equals("length")) assertCut(said.text());
            else assertThat(Server.JSON.readTree(said.text()).isObject()).isTrue();
        }
    }

    /** In a runner that computed nothing else: what lies beside it in the cache changes the last digit of a sum. */
    @ParameterizedTest
    @EnumSource
    void theSameSeedSaysTheSame(Dialect dialect) throws Exception {
        List<Said> said = new ArrayList<>();
        for (int seed : new int[] {3, 3, 4}) {
            var body = dialect.body("Tell me a story.", new Draw(1, seed, 120), true);
            dialect.json(body);
            server.ask("/api/generate", Map.of("model", "starter", "keep_alive", 0, "stream", false));
            said.add(ask(dialect, body, true));
        }
        assertThat(said.get(1)).isEqualTo(said.get(0));
        assertThat(said.get(2)).isNotEqualTo(said.get(0));
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void anObjectThatTheLimitCutsIsSaidToBeCut(Dialect dialect, boolean stream) throws Exception {
        var body = dialect.body(ANNA, new Draw(0, 1, 6), stream);
        dialect.json(body);
        Said said = ask(dialect, body, stream);
        assertThat(said.reason()).isEqualTo("length");
        assertThat(said.text()).startsWith("{\"name\"");
        assertCut(said.text());
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aGrammarIsFollowedToTheLetter(Dialect dialect, boolean stream) throws Exception {
        for (double temperature : new double[] {0, 1}) {
            var body = dialect.body("Who are you?", new Draw(temperature, 3, 100), stream);
            body.put("grammar", "root ::= \"[\" word (\", \" word){2} \"]\"\nword ::= [a-z]{3,5}");
            Said said = ask(dialect, body, stream);
            assertThat(said.text()).matches("\\[[a-z]{3,5}, [a-z]{3,5}, [a-z]{3,5}]");
            assertThat(said.reason()).isEqualTo("stop");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenGrammarIsRefusedByTheNameOfItsRule(Dialect dialect) throws Exception {
        var body = dialect.body("Hi", Draw.GREEDY, true);
        body.put("grammar", "root ::= noun\nnoun ::= \"a\" | verb");
        var answer = server.post(dialect.path, Server.JSON.writeValueAsString(body));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("verb");
    }

    @ParameterizedTest
    @EnumSource
    void schemasAreRefusedByTheirFieldUntilTheyAreHonoured(Dialect dialect) throws Exception {
        var body = dialect.body(ANNA, Draw.GREEDY, true);
        dialect.schema(body, Map.of("type", "object", "properties", Map.of("name", Map.of("type", "string"))));
        var answer = server.post(dialect.path, Server.JSON.writeValueAsString(body));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(dialect == Dialect.OPENAI ? "response_format" : "format", "not supported");
    }

    /** The text is the beginning of an object: all that a reader misses is the rest. */
    private static void assertCut(String text) {
        assertThatThrownBy(() -> Server.JSON.readTree(text)).as(text).isInstanceOf(UnexpectedEndOfInputException.class);
    }

    private Said ask(Dialect dialect, Map<String, Object> body, boolean stream) throws Exception {
        if (!stream) {
            JsonNode answer = server.ask(dialect.path, body);
            return new Said(dialect.text(answer, false), dialect.reason(answer));
        }
        StringBuilder text = new StringBuilder();
        List<String> reasons = new ArrayList<>();
        try (var lines = server.stream(dialect.path, Server.JSON.writeValueAsString(body))
                .body()) {
            for (String line : lines.toList()) {
                String json = line.startsWith("data: ") ? line.substring("data: ".length()) : line;
                if (json.isEmpty() || json.equals("[DONE]")) continue;
                JsonNode part = Server.JSON.readTree(json);
                assertThat(part.has("error")).as(line).isFalse();
                text.append(dialect.text(part, true));
                if (!dialect.reason(part).isEmpty()) reasons.add(dialect.reason(part));
            }
        }
        assertThat(reasons).hasSize(1);
        return new Said(text.toString(), reasons.getFirst());
    }
}
