package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Ready-made case 17 of the specification. */
@DisplayName("17 Format")
@ExtendWith(SharedServer.class)
class Spec17FormatTest {
    private static final Map<String, Object> SCHEMA = schema();

    private final Server server;

    Spec17FormatTest(Server server) {
        this.server = server;
    }

    private static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("colour", Map.of("enum", List.of("red", "green")));
        properties.put("legs", Map.of("type", "integer", "minimum", 3, "maximum", 5));
        return Map.of("type", "object", "properties", properties, "required", List.of("colour", "legs"));
    }

    private Transcript ask(Dialect dialect, Object format, Object think, boolean stream) throws Exception {
        var body = dialect.body("Tell me a story.", new Draw(0, 1, 400), stream);
        body.put("format", format);
        if (think != null) body.put("think", think);
        return Transcript.ask(server, dialect, body);
    }

    @Test
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.SCHEMA)
    void chat() throws Exception {
        assertHeld(Dialect.OLLAMA_CHAT);
    }

    @Test
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.SCHEMA)
    void generate() throws Exception {
        assertHeld(Dialect.OLLAMA_GENERATE);
    }

    /** A story is no JSON: that this is some is the format's doing. */
    private void assertHeld(Dialect dialect) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            assertThat(ask(dialect, "json", null, stream).content()).startsWith("{");
            assertAnimal(ask(dialect, SCHEMA, null, stream));
            var thought = ask(dialect, SCHEMA, true, stream);
            assertThat(thought.thinking()).isNotBlank();
            assertAnimal(thought);
            var thoughtless = ask(dialect, SCHEMA, false, stream);
            assertThat(thoughtless.thinking()).isEmpty();
            assertAnimal(thoughtless);
        }
    }

    private static void assertAnimal(Transcript said) {
        JsonNode animal = Server.JSON.readTree(said.content());
        assertThat(animal.propertyNames()).containsExactly("colour", "legs");
        assertThat(animal.path("colour").asString()).isIn("red", "green");
        assertThat(animal.path("legs").asInt()).isBetween(3, 5);
        assertThat(said.reason()).isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({"OLLAMA_CHAT", "OLLAMA_GENERATE"})
    void noFormatIsFreeText(Dialect dialect) throws Exception {
        assertThat(ask(dialect, "", null, false).content()).startsWith("Once upon a time");
        assertThat(ask(dialect, null, null, false).content()).startsWith("Once upon a time");
    }

    /** Ollama's words; its 500 is the caller's 400 here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"xml"` | "\\"xml\\""
            `"JSON"`| "\\"JSON\\""
            5       | "5"
            true    | "true"
            `[1]`   | "[1]"
            """)
    void anythingElseIsRefused(String format, String shown) throws Exception {
        for (String path : new String[] {"/api/chat", "/api/generate"}) {
            var answer = server.post(
                    path,
                    "{\"model\":\"starter\",\"prompt\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                            + "\"format\":" + format + "}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Server.JSON.readTree(answer.body()).path("error").asString())
                    .isEqualTo("invalid format: " + shown + "; expected \"json\" or a valid JSON Schema object");
        }
    }
}
