package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.NdjsonReader;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Dialect.Draw;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ready-made case 1 of the specification. */
@DisplayName("1 Streaming contract")
@ExtendWith(SharedServer.class)
class Spec01StreamingContractTest {
    private static final List<String> METRICS = List.of(
            "total_duration",
            "load_duration",
            "prompt_eval_count",
            "prompt_eval_duration",
            "eval_count",
            "eval_duration");

    private final Server server;

    Spec01StreamingContractTest(Server server) {
        this.server = server;
    }

    @Test
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.STREAM)
    void chat() throws Exception {
        var lines = stream(Dialect.OLLAMA_CHAT, true);
        assertThat(lines).allSatisfy(line -> assertThat(line.get("message"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("role", "assistant")
                .containsKey("content"));
    }

    @Test
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.STREAM)
    void generate() throws Exception {
        var lines = stream(Dialect.OLLAMA_GENERATE, true);
        assertThat(lines).allSatisfy(line -> assertThat(line).containsKey("response"));
        assertThat(lines.getLast().get("context"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isNotEmpty();
    }

    @Test
    void aStreamIsWhatIsSentUnlessTheRequestSaysOtherwise() throws Exception {
        assertThat(stream(Dialect.OLLAMA_CHAT, false)).hasSizeGreaterThan(2);
        assertThat(stream(Dialect.OLLAMA_GENERATE, false)).hasSizeGreaterThan(2);
    }

    private List<Map<String, Object>> stream(Dialect dialect, boolean said) throws Exception {
        var body = dialect.body("Who are you?", Draw.GREEDY, true);
        if (!said) body.remove("stream");
        var response = server.bytes(dialect.path, Server.JSON.writeValueAsString(body));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        var lines = NdjsonReader.read(response.body());
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(
                        line -> assertThat(line).containsEntry("done", false).doesNotContainKey("done_reason"));
        assertThat(lines.getLast())
                .containsEntry("done", true)
                .containsEntry("done_reason", "stop")
                .containsKeys(METRICS.toArray(String[]::new));
        METRICS.forEach(name -> assertThat(((Number) lines.getLast().get(name)).longValue())
                .as(name)
                .isGreaterThanOrEqualTo(name.startsWith("load") ? 0 : 1));
        assertThat(lines)
                .extracting(line -> Instant.parse(line.get("created_at").toString()))
                .isSorted();
        assertThat(lines).allSatisfy(line -> assertThat(line).containsEntry("model", "starter"));
        return lines;
    }
}
