package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Answers that must have a form: JSON and grammars, asked for in each dialect's own words, streamed and whole. */
@ExtendWith(SharedServer.class)
class AnswerFormsTest {
    private static final String ANNA = "Anna is 31 years old. Answer in JSON with keys name and age.";

    private static final Map<String, Object> PERSON = person();

    private final Server server;

    AnswerFormsTest(Server server) {
        this.server = server;
    }

    private static Map<String, Object> person() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", Map.of("type", "string", "minLength", 1, "maxLength", 20));
        properties.put("age", Map.of("type", "integer", "minimum", 0, "maximum", 150));
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.of("name", "age"),
                "additionalProperties",
                false);
    }

    static Stream<Arguments> dialects() {
        return Stream.of(Dialect.values()).flatMap(d -> Stream.of(Arguments.of(d, true), Arguments.of(d, false)));
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void theModelsOwnJsonIsLeftAsItIs(Dialect dialect, boolean stream) throws Exception {
        var body = dialect.body(ANNA, Draw.GREEDY, stream);
        dialect.json(body);
        var said = Transcript.ask(server, dialect, body);
        assertThat(said.content()).isEqualTo("{\"name\": \"Anna\", \"age\": 31}");
        assertThat(said.reason()).isEqualTo("stop");
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void whatWouldHaveBeenProseBecomesAnObject(Dialect dialect, boolean stream) throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            var body = dialect.body("Tell me a story.", new Draw(1, seed, 120), stream);
            dialect.json(body);
            var said = Transcript.ask(server, dialect, body);
            assertThat(said.content()).startsWith("{");
            if (said.reason().equals("length")) assertCut(said.content());
            else assertThat(Server.JSON.readTree(said.content()).isObject()).isTrue();
        }
    }

    /** In a runner that computed nothing else: what lies beside it in the cache changes the last digit of a sum. */
    @ParameterizedTest
    @EnumSource
    void theSameSeedSaysTheSame(Dialect dialect) throws Exception {
        List<String> said = new ArrayList<>();
        for (int seed : new int[] {3, 3, 4}) {
            var body = dialect.body("Tell me a story.", new Draw(1, seed, 120), true);
            dialect.json(body);
            server.ask("/api/generate", Map.of("model", "starter", "keep_alive", 0, "stream", false));
            said.add(Transcript.ask(server, dialect, body).content());
        }
        assertThat(said.get(1)).isEqualTo(said.get(0));
        assertThat(said.get(2)).isNotEqualTo(said.get(0));
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void anObjectThatTheLimitCutsIsSaidToBeCut(Dialect dialect, boolean stream) throws Exception {
        var body = dialect.body(ANNA, new Draw(0, 1, 6), stream);
        dialect.json(body);
        var said = Transcript.ask(server, dialect, body);
        assertThat(said.reason()).isEqualTo("length");
        assertThat(said.content()).startsWith("{\"name\"");
        assertCut(said.content());
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aGrammarIsFollowedToTheLetter(Dialect dialect, boolean stream) throws Exception {
        for (double temperature : new double[] {0, 1}) {
            var body = dialect.body("Who are you?", new Draw(temperature, 3, 100), stream);
            body.put("grammar", "root ::= \"[\" word (\", \" word){2} \"]\"\nword ::= [a-z]{3,5}");
            var said = Transcript.ask(server, dialect, body);
            assertThat(said.content()).matches("\\[[a-z]{3,5}, [a-z]{3,5}, [a-z]{3,5}]");
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

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aSchemaIsFollowed(Dialect dialect, boolean stream) throws Exception {
        var body = dialect.body(ANNA, Draw.GREEDY, stream);
        dialect.schema(body, PERSON);
        var said = Transcript.ask(server, dialect, body);
        assertThat(Server.JSON.readTree(said.content()))
                .isEqualTo(Server.JSON.readTree("{\"name\":\"Anna\",\"age\":31}"));
        assertThat(said.notes()).isEmpty();
        assertThat(said.reason()).isEqualTo("stop");
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aSchemaIsFollowedByWhatWouldHaveBeenProse(Dialect dialect, boolean stream) throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            var body = dialect.body("Tell me a story.", new Draw(1, seed, 300), stream);
            dialect.schema(body, PERSON);
            var person =
                    Server.JSON.readTree(Transcript.ask(server, dialect, body).content());
            assertThat(person.propertyNames()).containsExactly("name", "age");
            assertThat(person.path("name").asString()).hasSizeBetween(1, 20);
            assertThat(person.path("age").isIntegralNumber()).isTrue();
            assertThat(person.path("age").asInt()).isBetween(0, 150);
        }
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aKeywordThatCannotBeHeldToIsNoted(Dialect dialect, boolean stream) throws Exception {
        var body = dialect.body(ANNA, Draw.GREEDY, stream);
        Map<String, Object> odd = new LinkedHashMap<>(PERSON);
        odd.put("dependentSchemas", Map.of("name", Map.of("required", List.of("age"))));
        dialect.schema(body, odd);
        var said = Transcript.ask(server, dialect, body);
        assertThat(said.notes()).singleElement().asString().contains("dependentSchemas");
        assertThat(said.content()).startsWith("{\"name\"");
    }

    @Test
    void aStrictSchemaIsFollowedOrRefused() throws Exception {
        Map<String, Object> body = Dialect.OPENAI.body(ANNA, Draw.GREEDY, false);
        Map<String, Object> odd = new LinkedHashMap<>(PERSON);
        odd.put("dependentSchemas", Map.of("name", Map.of("required", List.of("age"))));
        var wrapped = Map.of("name", "person", "strict", true, "schema", odd);
        body.put("response_format", Map.of("type", "json_schema", "json_schema", wrapped));
        var refused = server.post(Dialect.OPENAI.path, Server.JSON.writeValueAsString(body));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("response_format.json_schema.schema", "dependentSchemas");
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aSchemaStandsBehindThoughts(Dialect dialect, boolean stream) throws Exception {
        for (boolean think : new boolean[] {true, false}) {
            var body = dialect.body(ANNA, Draw.GREEDY, stream);
            dialect.think(body, think);
            dialect.schema(body, PERSON);
            var said = Transcript.ask(server, dialect, body);
            assertThat(Server.JSON.readTree(said.content()).path("name").asString())
                    .isEqualTo("Anna");
            if (think) assertThat(said.thinking()).isNotBlank();
            else assertThat(said.thinking()).isEmpty();
        }
    }

    /** The text is the beginning of an object: all that a reader misses is the rest. */
    private static void assertCut(String text) {
        assertThatThrownBy(() -> Server.JSON.readTree(text)).as(text).isInstanceOf(UnexpectedEndOfInputException.class);
    }
}
