package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The starter model's known answers, through each way to ask for them. */
@ExtendWith(SharedServer.class)
class StarterModelTest {
    private static final Map<String, Object> GREEDY = Map.of("temperature", 0, "num_predict", 600);

    private final Server server;

    StarterModelTest(Server server) {
        this.server = server;
    }

    static List<Golden> golden() throws IOException {
        return Golden.all();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aRawPromptGetsItsGoldenAnswer(Golden golden) throws Exception {
        var answer = server.ask(
                "/api/generate",
                Map.of("model", "starter", "prompt", golden.prompt(), "raw", true, "stream", false, "options", GREEDY));
        assertThat(answer.path("response").asString().strip())
                .isEqualTo(golden.answer().strip());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aConversationIsRenderedAndParsedIntoItsGoldenAnswer(Golden golden) throws Exception {
        var message = server.ask("/api/chat", chat(golden, false)).path("message");
        String rest = golden.answer();
        int end = rest.indexOf("</think>");
        if (golden.think().asBoolean(false)) {
            assertThat(message.path("thinking").asString().strip())
                    .isEqualTo(rest.substring(0, end).strip());
            rest = rest.substring(end + "</think>".length());
        }
        if (rest.contains("<tool_call>")) assertThat(calls(message)).isEqualTo(expectedCalls(rest));
        else assertThat(message.path("content").asString().strip()).isEqualTo(rest.strip());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void theStreamedPiecesJoinToTheWhole(Golden golden) throws Exception {
        var whole = server.ask("/api/chat", chat(golden, false)).path("message");
        StringBuilder content = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        try (var lines = server.stream("/api/chat", Server.JSON.writeValueAsString(chat(golden, true)))
                .body()) {
            for (String line : lines.toList()) {
                JsonNode part = Server.JSON.readTree(line);
                assertThat(part.path("error").isMissingNode()).as(line).isTrue();
                content.append(part.path("message").path("content").asString(""));
                thinking.append(part.path("message").path("thinking").asString(""));
            }
        }
        assertThat(content).hasToString(whole.path("content").asString(""));
        assertThat(thinking).hasToString(whole.path("thinking").asString(""));
    }

    @Test
    void emojiCutAcrossTokensArriveWhole() throws Exception {
        var emoji = Golden.all().stream()
                .filter(g -> g.answer().codePoints().anyMatch(c -> c > 0xFFFF))
                .findFirst()
                .orElseThrow();
        List<String> pieces = new ArrayList<>();
        try (var lines = server.stream("/api/chat", Server.JSON.writeValueAsString(chat(emoji, true)))
                .body()) {
            lines.forEach(l -> pieces.add(
                    Server.JSON.readTree(l).path("message").path("content").asString("")));
        }
        assertThat(pieces).allMatch(p -> p.isEmpty() || !Character.isHighSurrogate(p.charAt(p.length() - 1)));
        assertThat(String.join("", pieces)).isEqualTo(emoji.answer()).doesNotContain("\uFFFD");
    }

    private static Map<String, Object> chat(Golden golden, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", "starter");
        body.put("messages", golden.messages());
        if (!golden.tools().isMissingNode() && !golden.tools().isNull()) body.put("tools", golden.tools());
        if (golden.think().isBoolean()) body.put("think", golden.think());
        body.put("stream", stream);
        body.put("options", GREEDY);
        return body;
    }

    private static List<String> calls(JsonNode message) {
        List<String> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            calls.add(function.path("name").asString() + function.path("arguments"));
        }
        return calls;
    }

    private static List<String> expectedCalls(String answer) {
        List<String> calls = new ArrayList<>();
        for (String part : answer.split("<tool_call>")) {
            int end = part.indexOf("</tool_call>");
            if (end < 0) continue;
            JsonNode call = Server.JSON.readTree(part.substring(0, end));
            calls.add(call.path("name").asString() + call.path("arguments"));
        }
        return calls;
    }
}
