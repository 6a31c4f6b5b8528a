package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Option;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.SseReader;
import dev.paddock.dialect.kit.TestServer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** {@code n} above 1: by their seeds the answers are told apart. */
@Timeout(60)
class SeveralChoicesTest {
    private static final String THREE =
            "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"n\":3,\"seed\":40";

    private final ScriptedInference inference = new ScriptedInference();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        var api = new OpenAiApi(inference, new OneModelStore(), new QuickSettings());
        server = new TestServer().with(api, OpenAiApi.CHAT).start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static long seed(Object request) {
        return (long) ((ChatRequest) request).options().values().get(Option.SEED);
    }

    private void sayingSeeds() {
        inference.each(request -> new ScriptedInference()
                .say("seed ", Long.toString(seed(request)))
                .end(StopReason.STOP));
    }

    @Test
    void aWholeAnswerHasAllOfThemInOrderAndCountsThePromptOnce() throws Exception {
        sayingSeeds();
        var answer = Json.parseObject(
                        server.send("POST", OpenAiApi.CHAT, THREE + "}").body())
                .orElseThrow();
        String choice =
                "{index=%d, message={role=assistant, content=seed %d, refusal=null}, logprobs=null, finish_reason=stop}";
        assertThat(answer.get("choices"))
                .hasToString("[" + choice.formatted(0, 40) + ", " + choice.formatted(1, 41) + ", "
                        + choice.formatted(2, 42) + "]");
        assertThat(answer.get("usage"))
                .hasToString("{prompt_tokens=7, completion_tokens=15, total_tokens=22,"
                        + " prompt_tokens_details={cached_tokens=3}}");
        assertThat(inference.asked).hasSize(3);
    }

    @Test
    void aStreamHasEachUnderItsIndexWithItsOwnRoleAndFinish() throws Exception {
        sayingSeeds();
        var chunks = SseReader.chunks(server.send(
                        "POST", OpenAiApi.CHAT, THREE + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")
                .body());
        Map<Integer, String> said = new TreeMap<>();
        for (JsonNode chunk : chunks.subList(0, chunks.size() - 1)) {
            JsonNode choice = chunk.path("choices").path(0);
            JsonNode delta = choice.path("delta");
            said.merge(
                    choice.path("index").asInt(),
                    delta.path("role").asString("")
                            + delta.path("content").asString("")
                            + choice.path("finish_reason").asString(""),
                    String::concat);
        }
        assertThat(said)
                .containsEntry(0, "assistantseed 40stop")
                .containsEntry(1, "assistantseed 41stop")
                .containsEntry(2, "assistantseed 42stop")
                .hasSize(3);
        assertThat(chunks.getLast().path("usage").path("completion_tokens").asInt())
                .isEqualTo(15);
    }

    @Test
    void oneThatFailsFailsTheRequestAndTheOthersEnd() throws Exception {
        var running = new ScriptedInference().say("a");
        inference.each(request ->
                seed(request) == 40 ? running : new ScriptedInference().fail(Fault.RUNNER_DIED, "the runner died"));
        var whole = server.send("POST", OpenAiApi.CHAT, THREE + "}");
        assertThat(whole.statusCode()).isEqualTo(500);
        assertThat(whole.body()).contains("{\"error\":{\"message\":\"the runner died\"");
        assertThat(running.closed.getCount()).isZero();
    }

    @Test
    void aClientThatGoesAwayEndsAllOfThem() throws Exception {
        var first = new ScriptedInference().say("a");
        var others = new ScriptedInference().say("b");
        inference.each(request -> seed(request) == 40 ? first : others);
        try (var body =
                server.open("POST", OpenAiApi.CHAT, THREE + ",\"stream\":true}").body()) {
            assertThat(new SseReader(body).next()).isPresent();
            server.hangUp();
            first.closed.await();
        }
    }

    @Test
    void withoutASeedNoneIsMadeUp() throws Exception {
        inference.each(_ -> new ScriptedInference().say("a").end(StopReason.STOP));
        server.send("POST", OpenAiApi.CHAT, THREE.replace(",\"seed\":40", "") + "}");
        assertThat(inference.asked).hasSize(3).allSatisfy(request -> assertThat(
                        ((ChatRequest) request).options().values())
                .doesNotContainKey(Option.SEED));
    }
}
