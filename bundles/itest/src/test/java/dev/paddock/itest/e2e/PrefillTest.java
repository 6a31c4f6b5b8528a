package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A last message of the assistant is gone on with, and nothing of it said again: what is begun and what comes are the whole. */
@ExtendWith(SharedServer.class)
class PrefillTest {
    private static final String WHO = "Who are you?";
    private static final String THOUGHT = "A friendly question.";

    private final Server server;

    PrefillTest(Server server) {
        this.server = server;
    }

    static Stream<Arguments> dialects() {
        return Stream.of(Dialect.OLLAMA_CHAT, Dialect.OPENAI)
                .flatMap(d -> Stream.of(Arguments.of(d, true), Arguments.of(d, false)));
    }

    /** Asks, with the beginning of the answer as the last message. */
    private Transcript ask(Dialect dialect, boolean stream, Boolean think, String prompt, Map<String, Object> begun)
            throws Exception {
        var body = dialect.body(Draw.GREEDY, stream);
        if (think != null) dialect.think(body, think);
        List<Object> messages = new ArrayList<>(List.of(Map.of("role", "user", "content", prompt)));
        if (!begun.isEmpty()) messages.add(begun);
        body.put("messages", messages);
        return Transcript.ask(server, dialect, body);
    }

    private static Map<String, Object> content(String text) {
        return Map.of("role", "assistant", "content", text);
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void theAnswerGoesOnWhereItWasLeft(Dialect dialect, boolean stream) throws Exception {
        for (String prompt : List.of(WHO, "Tell me a story.", "Count from 1 to 10.")) {
            String whole = ask(dialect, stream, null, prompt, Map.of()).content();
            for (int part = 1; part < 4; part++) {
                int cut = whole.indexOf(' ', whole.length() * part / 4);
                if (cut < 0) continue;
                var rest = ask(dialect, stream, null, prompt, content(whole.substring(0, cut)));
                assertThat(rest.content()).as(prompt).isEqualTo(whole.substring(cut));
            }
        }
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void thoughtsThatAreNotWantedDoNotComeBack(Dialect dialect, boolean stream) throws Exception {
        String whole = Golden.named("think-off-who").answer();
        int cut = whole.indexOf(" starter");
        var rest = ask(dialect, stream, false, WHO, content(whole.substring(0, cut)));
        assertThat(rest.content()).isEqualTo(whole.substring(cut));
        assertThat(rest.thinking()).isEmpty();
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aThoughtGoesOnAndTheAnswerFollows(Dialect dialect, boolean stream) throws Exception {
        String[] golden = Golden.named("think-on-who").answer().split("</think>");
        String field = dialect == Dialect.OPENAI ? "reasoning" : "thinking";
        Map<String, Object> begun = Map.of("role", "assistant", "content", "", field, THOUGHT);
        var rest = ask(dialect, stream, true, WHO, begun);
        assertThat(golden[0]).startsWith(THOUGHT);
        assertThat(rest.thinking().stripTrailing())
                .isEqualTo(golden[0].substring(THOUGHT.length()).stripTrailing());
        assertThat(rest.content()).isEqualTo(golden[1].strip());
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void behindItsThoughtTheAnswerGoesOn(Dialect dialect, boolean stream) throws Exception {
        String[] golden = Golden.named("think-on-who").answer().split("</think>");
        String answer = golden[1].strip();
        int cut = answer.indexOf(" starter");
        String field = dialect == Dialect.OPENAI ? "reasoning" : "thinking";
        Map<String, Object> begun =
                Map.of("role", "assistant", "content", answer.substring(0, cut), field, golden[0].strip());
        var rest = ask(dialect, stream, true, WHO, begun);
        assertThat(rest.content()).isEqualTo(answer.substring(cut));
        assertThat(rest.thinking()).isEmpty();
    }
}
