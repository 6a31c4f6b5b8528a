package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tools of the starter model: the way to an answer, and what a choice of tools forces, streamed and whole. */
@ExtendWith(SharedServer.class)
class ToolsTest {
    private static final String SUM = "What is 17 + 25?";
    private static final String ADD = "add {\"a\": 17, \"b\": 25}";

    private final Server server;

    ToolsTest(Server server) {
        this.server = server;
    }

    static Stream<Arguments> dialects() {
        return Stream.of(Dialect.OLLAMA_CHAT, Dialect.OPENAI)
                .flatMap(d -> Stream.of(Arguments.of(d, true), Arguments.of(d, false)));
    }

    private static Object tools() throws Exception {
        return Golden.named("tool-call-add").tools();
    }

    private static Map<String, Object> body(Dialect dialect, String prompt, boolean stream) throws Exception {
        var body = dialect.body(prompt, Draw.GREEDY, stream);
        body.put("tools", tools());
        return body;
    }

    private static List<String> compact(List<String> calls) {
        return calls.stream().map(call -> call.replace(" ", "")).toList();
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aCallIsMadeAnsweredAndTold(Dialect dialect, boolean stream) throws Exception {
        var offered = Transcript.ask(server, dialect, body(dialect, SUM, stream));
        assertThat(compact(offered.calls())).containsExactly(ADD.replace(" ", ""));
        assertThat(offered.content()).isEmpty();
        assertThat(offered.reason()).isEqualTo(dialect == Dialect.OPENAI ? "tool_calls" : "stop");

        var body = dialect.body(Draw.GREEDY, stream);
        body.put("tools", tools());
        body.put("messages", withResult(dialect, offered.calls().getFirst()));
        var told = Transcript.ask(server, dialect, body);
        assertThat(told.content()).isEqualTo("The result is 42.");
        assertThat(told.calls()).isEmpty();
        assertThat(told.reason()).isEqualTo("stop");
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aSecondCallIsMadeAnsweredAndTold(Dialect dialect, boolean stream) throws Exception {
        var body = dialect.body(Draw.GREEDY, stream);
        body.put("tools", tools());
        var messages = withResult(dialect, ADD);
        messages.add(Map.of("role", "assistant", "content", "The result is 42."));
        messages.add(Map.of("role", "user", "content", "What is the weather in Paris?"));
        body.put("messages", messages);
        var second = Transcript.ask(server, dialect, body);
        assertThat(compact(second.calls())).containsExactly("get_weather{\"city\":\"Paris\"}");

        messages.add(called(dialect, "call_2", second.calls().getFirst()));
        messages.add(Map.of("role", "tool", "tool_call_id", "call_2", "content", "{\"result\": \"sunny\"}"));
        var told = Transcript.ask(server, dialect, body);
        assertThat(told.calls()).isEmpty();
        assertThat(told.content()).contains("sunny");
        assertThat(told.reason()).isEqualTo("stop");
    }

    /** Ollama's arguments are an object, OpenAI's a text. */
    private static Map<String, Object> called(Dialect dialect, String id, String call) {
        String json = call.substring(call.indexOf(' ') + 1);
        Object arguments = dialect == Dialect.OPENAI ? json : Server.JSON.readTree(json);
        var function = Map.of("name", call.substring(0, call.indexOf(' ')), "arguments", arguments);
        var made = Map.of("id", id, "type", "function", "function", function);
        return Map.of("role", "assistant", "content", "", "tool_calls", List.of(made));
    }

    private static List<Object> withResult(Dialect dialect, String call) {
        List<Object> messages = new ArrayList<>();
        messages.add(Map.of("role", "user", "content", SUM));
        messages.add(called(dialect, "call_1", call));
        messages.add(Map.of("role", "tool", "tool_call_id", "call_1", "content", "{\"result\": 42}"));
        return messages;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequiredCallComesWhereThereWouldBeNone(boolean stream) throws Exception {
        var free = Transcript.ask(server, Dialect.OPENAI, body(Dialect.OPENAI, "Hello!", stream));
        assertThat(free.calls()).isEmpty();
        assertThat(free.reason()).isEqualTo("stop");

        var body = body(Dialect.OPENAI, "Hello!", stream);
        body.put("tool_choice", "required");
        var required = Transcript.ask(server, Dialect.OPENAI, body);
        assertThat(required.calls()).isNotEmpty().allSatisfy(ToolsTest::assertAllowed);
        assertThat(required.reason()).isEqualTo("tool_calls");
        assertThat(required.notes()).isEmpty();

        body.put("parallel_tool_calls", false);
        assertThat(Transcript.ask(server, Dialect.OPENAI, body).calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequiredCallComesBehindThoughts(boolean stream) throws Exception {
        for (boolean think : new boolean[] {true, false}) {
            var body = body(Dialect.OPENAI, "What is the weather in Paris?", stream);
            body.put("tool_choice", "required");
            Dialect.OPENAI.think(body, think);
            var said = Transcript.ask(server, Dialect.OPENAI, body);
            assertThat(said.calls()).isNotEmpty().allSatisfy(ToolsTest::assertAllowed);
            assertThat(said.thinking().isBlank()).isEqualTo(!think);
        }
    }

    private static void assertAllowed(String call) {
        var arguments = Server.JSON.readTree(call.substring(call.indexOf(' ') + 1));
        if (call.startsWith("add ")) {
            assertThat(arguments.path("a").isNumber() && arguments.path("b").isNumber())
                    .as(call)
                    .isTrue();
        } else {
            assertThat(call).startsWith("get_weather ");
            assertThat(arguments.path("city").isString()).as(call).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"function","function":{"name":"get_weather"}} | get_weather
            {"type":"function","function":{"name":"add"}}         | add
            {"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"add"}}]}} | add
            """)
    void aNamedToolIsTheOneThatIsCalled(String choice, String name) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            for (String prompt : new String[] {SUM, "What is the weather in Oslo?"}) {
                var body = body(Dialect.OPENAI, prompt, stream);
                body.put("tool_choice", Server.JSON.readTree(choice));
                var said = Transcript.ask(server, Dialect.OPENAI, body);
                assertThat(said.calls()).isNotEmpty().allSatisfy(call -> {
                    assertThat(call).startsWith(name + " ");
                    assertAllowed(call);
                });
                assertThat(said.reason()).isEqualTo("tool_calls");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noToolIsCalledWhenNoneMayBe(boolean stream) throws Exception {
        var body = body(Dialect.OPENAI, SUM, stream);
        body.put("tool_choice", "none");
        var said = Transcript.ask(server, Dialect.OPENAI, body);
        assertThat(said.calls()).isEmpty();
        assertThat(said.content()).isEqualTo("17 + 25 = 42.");
        assertThat(said.reason()).isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void strictToolsAreCalledAsTheModelWould(boolean stream) throws Exception {
        var body = body(Dialect.OPENAI, SUM, stream);
        var tools = Server.JSON.readTree(tools().toString());
        tools.forEach(tool -> ((ObjectNode) tool.path("function")).put("strict", true));
        body.put("tools", tools);
        var said = Transcript.ask(server, Dialect.OPENAI, body);
        assertThat(compact(said.calls())).containsExactly(ADD.replace(" ", ""));
        assertThat(said.notes()).isEmpty();
        body.put("messages", List.of(Map.of("role", "user", "content", "Hello!")));
        assertThat(Transcript.ask(server, Dialect.OPENAI, body).content()).isEqualTo("Hello! How can I help you?");
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void contentThatHasAFormLeavesRoomForCalls(Dialect dialect, boolean stream) throws Exception {
        var body = body(dialect, SUM, stream);
        dialect.schema(body, Map.of("type", "object", "properties", Map.of("x", Map.of("type", "string"))));
        assertThat(compact(Transcript.ask(server, dialect, body).calls())).containsExactly(ADD.replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallThatTheLimitCutsIsShownAsFarAsItCame(boolean stream) throws Exception {
        var body = body(Dialect.OPENAI, SUM, stream);
        int whole = Transcript.ask(server, Dialect.OPENAI, body).tokens();
        body.put("max_tokens", whole - 4);
        var cut = Transcript.ask(server, Dialect.OPENAI, body);
        assertThat(cut.reason()).isEqualTo("length");
        assertThat(cut.content()).isEmpty();
        assertThat(cut.calls())
                .singleElement()
                .asString()
                .startsWith("add {\"a\"")
                .doesNotEndWith("}");
    }

    @Test
    void aToolThatIsNotOnOfferCannotBeChosen() throws Exception {
        var body = body(Dialect.OPENAI, SUM, true);
        body.put("tool_choice", Map.of("type", "function", "function", Map.of("name", "subtract")));
        var refused = server.post(Dialect.OPENAI.path, Server.JSON.writeValueAsString(body));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("subtract", "get_weather, add");
    }
}
