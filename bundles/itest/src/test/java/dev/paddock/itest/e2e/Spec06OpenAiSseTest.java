package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.SseReader;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Ready-made case 6 of the specification. */
@DisplayName("06 OpenAI SSE")
@ExtendWith(SharedServer.class)
class Spec06OpenAiSseTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String COMPLETIONS = "/v1/completions";
    private static final Map<String, Object> USAGE = Map.of("include_usage", true);

    private final Server server;
    private final Golden golden = Golden.named("who-are-you");

    Spec06OpenAiSseTest(Server server) throws Exception {
        this.server = server;
    }

    private List<JsonNode> chunks(String path, Map<String, Object> body) throws Exception {
        var answer = server.post(path, Server.JSON.writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var chunks = SseReader.chunks(answer.body());
        assertThat(chunks)
                .extracting(c -> c.path("id").asString())
                .containsOnly(chunks.getFirst().path("id").asString());
        assertThat(chunks)
                .extracting(c -> c.path("created").asLong())
                .containsOnly(chunks.getFirst().path("created").asLong());
        return chunks;
    }

    private static String texts(List<JsonNode> chunks, String pointer) {
        return chunks.stream().map(c -> c.at(pointer).asString("")).collect(Collectors.joining());
    }

    private static void assertUsageComesLast(List<JsonNode> chunks) {
        assertThat(chunks.getLast().path("choices")).isEmpty();
        JsonNode usage = chunks.getLast().path("usage");
        assertThat(usage.path("prompt_tokens").asInt()).isPositive();
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(usage.path("prompt_tokens").asInt()
                        + usage.path("completion_tokens").asInt());
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(c -> assertThat(c.path("usage").isNull()).isTrue());
    }

    @Test
    @Shows(api = Api.OPENAI_CHAT, value = Trait.STREAM)
    @Shows(api = Api.OPENAI_CHAT, value = Trait.USAGE)
    void aConversationHasTheRoleFirstThenFinishUsageAndEnd() throws Exception {
        var chunks = chunks(
                CHAT,
                Map.of(
                        "model",
                        "starter",
                        "messages",
                        golden.messages(),
                        "temperature",
                        0,
                        "stream",
                        true,
                        "stream_options",
                        USAGE));
        assertThat(texts(chunks, "/choices/0/delta/content")).isEqualTo(golden.answer());
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
        assertThat(chunks.subList(1, chunks.size()))
                .allSatisfy(
                        c -> assertThat(c.at("/choices/0/delta").has("role")).isFalse());
        JsonNode finish = chunks.get(chunks.size() - 2);
        assertThat(finish.at("/choices/0/delta").isEmpty()).isTrue();
        assertThat(finish.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertUsageComesLast(chunks);
    }

    @Test
    @Shows(api = Api.OPENAI_COMPLETIONS, value = Trait.STREAM)
    @Shows(api = Api.OPENAI_COMPLETIONS, value = Trait.USAGE)
    void aTextGoesToTheModelAsItIsAndEndsLikewise() throws Exception {
        var chunks = chunks(
                COMPLETIONS,
                Map.of(
                        "model",
                        "starter",
                        "prompt",
                        golden.prompt(),
                        "temperature",
                        0,
                        "stream",
                        true,
                        "stream_options",
                        USAGE));
        assertThat(texts(chunks, "/choices/0/text")).isEqualTo(golden.answer());
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
                .isEqualTo("stop");
        assertUsageComesLast(chunks);
    }

    @Test
    void severalAnswersShareAStreamAndAreCountedTogether() throws Exception {
        var chunks = chunks(
                CHAT,
                Map.of(
                        "model",
                        "starter",
                        "messages",
                        golden.messages(),
                        "temperature",
                        0,
                        "n",
                        6,
                        "stream",
                        true,
                        "stream_options",
                        USAGE));
        for (int index = 0; index < 6; index++) {
            int mine = index;
            var answer = chunks.stream()
                    .filter(c -> c.at("/choices/0/index").asInt(-1) == mine)
                    .toList();
            assertThat(texts(answer, "/choices/0/delta/role")).isEqualTo("assistant");
            assertThat(texts(answer, "/choices/0/delta/content")).isEqualTo(golden.answer());
            assertThat(texts(answer, "/choices/0/finish_reason")).isEqualTo("stop");
        }
        var one = server.ask(CHAT, Map.of("model", "starter", "messages", golden.messages(), "temperature", 0));
        JsonNode usage = chunks.getLast().path("usage");
        assertThat(usage.path("prompt_tokens")).isEqualTo(one.at("/usage/prompt_tokens"));
        assertThat(usage.path("completion_tokens").asInt())
                .isEqualTo(6 * one.at("/usage/completion_tokens").asInt());
    }
}
