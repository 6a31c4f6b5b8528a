package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Dialect.Draw;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ready-made case 2 of the specification. */
@DisplayName("2 Non-stream equality")
@ExtendWith(SharedServer.class)
class Spec02NonStreamEqualityTest {
    private static final Draw GREEDY = new Draw(0, 1, 600);

    private final Server server;

    Spec02NonStreamEqualityTest(Server server) {
        this.server = server;
    }

    static List<Golden> golden() throws IOException {
        return Golden.all();
    }

    static List<Golden> plain() throws IOException {
        return Golden.all().stream()
                .filter(g -> g.plain() && g.messages().size() == 1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("golden")
    @Shows(
            api = Api.OLLAMA_CHAT,
            value = {Trait.PLAIN, Trait.STREAM})
    void chat(Golden golden) throws Exception {
        Map<String, Object> body = Dialect.OLLAMA_CHAT.body(GREEDY, true);
        body.put("messages", golden.messages());
        if (!golden.tools().isMissingNode()) body.put("tools", golden.tools());
        if (golden.think().isBoolean()) body.put("think", golden.think());
        var whole = assertSame(Dialect.OLLAMA_CHAT, body);
        if (golden.plain())
            assertThat(whole.content().strip()).isEqualTo(golden.answer().strip());
    }

    @ParameterizedTest
    @MethodSource("plain")
    @Shows(
            api = Api.OLLAMA_GENERATE,
            value = {Trait.PLAIN, Trait.STREAM})
    void generate(Golden golden) throws Exception {
        String prompt = golden.messages().get(0).path("content").asString();
        var whole = assertSame(Dialect.OLLAMA_GENERATE, Dialect.OLLAMA_GENERATE.body(prompt, GREEDY, true));
        assertThat(whole.content().strip()).isEqualTo(golden.answer().strip());
    }

    /** Text, thoughts, calls, why it ended and how many tokens it took. */
    private Transcript assertSame(Dialect dialect, Map<String, Object> streamed) throws Exception {
        Map<String, Object> whole = new LinkedHashMap<>(streamed);
        whole.put("stream", false);
        var answer = Transcript.ask(server, dialect, whole);
        assertThat(Transcript.ask(server, dialect, streamed)).isEqualTo(answer);
        return answer;
    }
}
