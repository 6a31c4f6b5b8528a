package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Ready-made case 16 of the specification. That tags are found wherever pieces cut them is shown of every format by
 * {@code FormatContract} in the bundle prompt: the starter model's are one token each.
 */
@DisplayName("16 Thinking")
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Spec16ThinkingTest {
    private final Server server;

    Spec16ThinkingTest(Server server) {
        this.server = server;
    }

    @BeforeAll
    void install() throws Exception {
        SlowModel.installTiny(server, "thoughtless");
    }

    @AfterAll
    void remove() throws Exception {
        server.delete("thoughtless");
    }

    @Test
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.THINKING)
    void chat() throws Exception {
        assertThoughts(Dialect.OLLAMA_CHAT);
    }

    @Test
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.THINKING)
    void generate() throws Exception {
        assertThoughts(Dialect.OLLAMA_GENERATE);
    }

    /** The model's template opens the thought, the model closes it; none of it is text, however the pieces fall. */
    private void assertThoughts(Dialect dialect) throws Exception {
        String[] golden = Golden.named("think-on-who").answer().split("</think>");
        for (Object think : new Object[] {true, "low", "medium", "high", "max"}) {
            var body = dialect.body("Who are you?", Draw.GREEDY, true);
            body.put("think", think);
            List<JsonNode> lines = new ArrayList<>();
            server.post(dialect.path, Server.JSON.writeValueAsString(body))
                    .body()
                    .lines()
                    .forEach(line -> lines.add(dialect.message(Server.JSON.readTree(line), true)));
            assertThat(join(lines, dialect, true).strip()).isEqualTo(golden[0].strip());
            assertThat(join(lines, dialect, false)).isEqualTo(golden[1].strip());
            assertThat(lines).noneMatch(line -> line.toString().contains("think>"));
            assertThat(lines)
                    .as("first thoughts, then text")
                    .isSortedAccordingTo((a, b) -> Boolean.compare(
                            dialect.thinking(a).isEmpty(), dialect.thinking(b).isEmpty()));
        }
    }

    private static String join(List<JsonNode> lines, Dialect dialect, boolean thinking) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(thinking ? dialect.thinking(line) : dialect.content(line)));
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"OLLAMA_CHAT", "OLLAMA_GENERATE"})
    void withoutThoughtsThereIsNoFieldForThem(Dialect dialect) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            var body = dialect.body("Who are you?", Draw.GREEDY, stream);
            body.put("think", false);
            var answer = server.post(dialect.path, Server.JSON.writeValueAsString(body));
            assertThat(answer.body()).doesNotContain("thinking", "think>");
            assertThat(Transcript.ask(server, dialect, body).content())
                    .isEqualTo(Golden.named("think-off-who").answer());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            chat     | true     | 400
            chat     | `"high"` | 400
            chat     | false    | 200
            generate | true     | 400
            generate | `"low"`  | 400
            generate | false    | 200
            """)
    void aModelThatCannotThinkIsNotMadeTo(String route, String think, int status) throws Exception {
        var answer = server.post(
                "/api/" + route,
                "{\"model\":\"thoughtless\",\"prompt\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + "\"options\":{\"num_predict\":1},\"stream\":false,\"think\":" + think + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 400) {
            assertThat(Server.JSON.readTree(answer.body()))
                    .isEqualTo(Server.JSON.valueToTree(Map.of("error", "\"thoughtless\" does not support thinking")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"x"`    | x
            `"true"` | true
            `"HIGH"` | HIGH
            2        | 2
            """)
    void whatIsNoWayToThinkIsRefused(String think, String shown) throws Exception {
        var answer = server.post("/api/chat", "{\"model\":\"starter\",\"think\":" + think + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Server.JSON.readTree(answer.body()).path("error").asString())
                .isEqualTo("invalid think value: \"" + shown
                        + "\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)");
    }
}
