package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Thoughts of the starter model: wanted, not wanted, and no more than so many tokens of them. */
@ExtendWith(SharedServer.class)
class ThinkingTest {
    private static final String WHO = "Who are you?";

    private final Server server;

    ThinkingTest(Server server) {
        this.server = server;
    }

    static Stream<Arguments> dialects() {
        return Stream.of(Dialect.values()).flatMap(d -> Stream.of(Arguments.of(d, true), Arguments.of(d, false)));
    }

    private Transcript ask(Dialect dialect, boolean stream, boolean think, int budget) throws Exception {
        Map<String, Object> body = dialect.body(WHO, Draw.GREEDY, stream);
        dialect.think(body, think);
        if (budget >= 0) dialect.thoughts(body, budget);
        return Transcript.ask(server, dialect, body);
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void thoughtsComeWhenTheyAreWanted(Dialect dialect, boolean stream) throws Exception {
        String[] golden = Golden.named("think-on-who").answer().split("</think>");
        var on = ask(dialect, stream, true, -1);
        assertThat(on.thinking().strip()).isEqualTo(golden[0].strip());
        assertThat(on.content()).isEqualTo(golden[1].strip());
        var off = ask(dialect, stream, false, -1);
        assertThat(off.thinking()).isEmpty();
        assertThat(off.content()).isEqualTo(Golden.named("think-off-who").answer());
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aLimitEndsThoughtsAndTheAnswerFollows(Dialect dialect, boolean stream) throws Exception {
        String thought = ask(dialect, stream, true, -1).thinking();
        var limited = ask(dialect, stream, true, 3);
        assertThat(limited.thinking()).isNotEmpty().hasSizeLessThan(thought.length());
        assertThat(thought).startsWith(limited.thinking());
        assertThat(limited.content()).isNotBlank().doesNotContain("think>");
        assertThat(limited.reason()).isEqualTo("stop");
        assertThat(limited.notes()).isEmpty();
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void aLimitThatIsNotReachedChangesNothing(Dialect dialect, boolean stream) throws Exception {
        assertThat(ask(dialect, stream, true, 200)).isEqualTo(ask(dialect, stream, true, -1));
        assertThat(ask(dialect, stream, false, 0)).isEqualTo(ask(dialect, stream, false, -1));
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void noThoughtsAtAllIsALimitToo(Dialect dialect, boolean stream) throws Exception {
        var none = ask(dialect, stream, true, 0);
        assertThat(none.thinking()).isEmpty();
        assertThat(none.content()).isEqualTo(Golden.named("think-off-who").answer());
    }

    @ParameterizedTest(name = "{0} stream={1}")
    @MethodSource("dialects")
    void behindThoughtsThatWereEndedTheFormStillHolds(Dialect dialect, boolean stream) throws Exception {
        Map<String, Object> body =
                dialect.body("Anna is 31 years old. Answer in JSON with keys name and age.", Draw.GREEDY, stream);
        dialect.think(body, true);
        dialect.thoughts(body, 3);
        dialect.json(body);
        var said = Transcript.ask(server, dialect, body);
        assertThat(said.thinking()).isNotEmpty();
        JsonNode json = Server.JSON.readTree(said.content());
        assertThat(json.isObject()).as(said.content()).isTrue();
    }
}
