package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Requests that name LoRA adapters: what they change, and that they change nobody else's answer. */
class AdaptersTest {
    private static final List<?> NONE = List.of();
    private static final String QUESTION = "What is 17 + 25?";
    /** So far all the answers here are sure of themselves: no token is half as likely as the one chosen. */
    private static final int TOKENS = 8;

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        // Guesses depend on the clock, and tokens that are computed in other batches differ in the last digit.
        server = Server.start(Map.of("PADDOCK_SPECULATIVE", "off"));
        AdapterModel.install(server, "one", 1);
        AdapterModel.install(server, "two", 2);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAdapterCountsAsMuchAsItsScaleSays() throws Exception {
        String base = said("starter", null);
        String one = said("starter", List.of(adapter("one", 1)));
        assertThat(one).isNotEqualTo(base);
        assertThat(said("starter", List.of(adapter("two", 1)))).isNotIn(base, one);
        assertThat(said("starter", List.of(adapter("one", -0.5)))).isNotIn(base, one);
        assertThat(said("starter", List.of(adapter("one", 0)))).isEqualTo(base);
        assertThat(said("starter", List.of(Map.of("model", "one")))).isEqualTo(one);
        assertThat(said("one", null)).as("its own").isEqualTo(one);
        assertThat(said("one", NONE)).as("not even its own").isEqualTo(base);
    }

    @Test
    void streamsOfDifferentAdaptersAtTheSameTimeSayWhatEachSaysAlone() throws Exception {
        var sets = List.of(NONE, List.of(adapter("one", 1)), List.of(adapter("two", 1)));
        List<String> alone = new ArrayList<>();
        for (var set : sets) alone.add(said("starter", set));
        assertThat(alone).doesNotHaveDuplicates();
        for (int running = 0; running < sets.size(); running++) {
            var body = body("starter", sets.get(running), true);
            body.put("options", Map.of("temperature", 0, "num_predict", 1500, "ignore_eos", true));
            try (var lines = server.stream("/api/generate", Server.JSON.writeValueAsString(body))
                    .body()) {
                var stream = lines.map(Server.JSON::readTree).iterator();
                var text = new StringBuilder(text(stream.next()));
                for (int other = 0; other < sets.size(); other++) {
                    if (other == running) continue;
                    assertThat(text(ask("starter", sets.get(other)))).isEqualTo(alone.get(other));
                }
                text.append(until(Instant.now(), stream));
                assertThat(text).startsWith(alone.get(running));
            }
        }
    }

    /** What a stream says up to that time; it must go on until then. */
    private static String until(Instant time, Iterator<JsonNode> stream) {
        var text = new StringBuilder();
        while (true) {
            JsonNode line = stream.next();
            assertThat(line.path("done").asBoolean()).isFalse();
            text.append(text(line));
            if (Instant.parse(line.path("created_at").asString()).isAfter(time)) return text.toString();
        }
    }

    @Test
    void promptsThatWereComputedWithOneSetServeNoOther() throws Exception {
        ask("starter", NONE);
        int whole = cached(NONE);
        assertThat(whole).isPositive();
        var sets = List.of(
                List.of(adapter("one", 0.75)),
                List.of(adapter("one", 0.25)),
                List.of(adapter("two", 0.75)),
                List.of(adapter("one", 0.75), adapter("two", 0.75)));
        for (var set : sets) assertThat(cached(set)).as("first with %s", set).isZero();
        for (var set : sets) assertThat(cached(set)).as("again with %s", set).isEqualTo(whole);
        assertThat(cached(List.of(adapter("one", 0)))).isEqualTo(whole);
    }

    @Test
    void allDialectsTakeThem() throws Exception {
        var messages = List.of(Map.of("role", "user", "content", QUESTION));
        var options = Map.of("temperature", 0, "num_predict", TOKENS);
        List<String> texts = new ArrayList<>();
        for (double scale : new double[] {0, 1}) {
            var adapters = List.of(adapter("two", scale));
            var ollama = Map.of(
                    "model",
                    "starter",
                    "messages",
                    messages,
                    "stream",
                    false,
                    "options",
                    options,
                    "adapters",
                    adapters);
            Map<String, Object> openai = new LinkedHashMap<>(
                    Map.of("model", "starter", "messages", messages, "temperature", 0, "max_tokens", TOKENS));
            openai.put("adapters", adapters);
            server.ask("/api/chat", ollama);
            String text = server.ask("/api/chat", ollama).at("/message/content").asString();
            assertThat(server.ask("/v1/chat/completions", openai)
                            .at("/choices/0/message/content")
                            .asString())
                    .isEqualTo(text);
            texts.add(text);
        }
        assertThat(texts).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 | [{"model":"nope"}]              | adapters[0].model: model 'nope' not found
            400 | [{"model":"one"},{"model":"starter"}] | adapters[1].model: 'starter' has no adapter
            400 | [{"model":"one"},{"model":"one"}]     | is named twice
            400 | [{"model":"one","scale":11}]    | must be a number from -10 to 10
            400 | {"model":"one"}                 | must be a list
            """)
    void whatCannotBeUsedIsRefusedInAllDialects(int status, String adapters, String message) throws Exception {
        String asked = "{\"model\":\"starter\",\"prompt\":\"Hi\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"adapters\":" + adapters + "}";
        for (String path : List.of("/api/generate", "/api/chat", "/v1/chat/completions")) {
            var answer = server.post(path, asked);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(message);
        }
    }

    private static Map<String, Object> adapter(String model, double scale) {
        return Map.of("model", model, "scale", scale);
    }

    private static int cached(List<?> adapters) throws Exception {
        return ask("starter", adapters).path("cached_tokens").asInt(0);
    }

    private static JsonNode ask(String model, List<?> adapters) throws Exception {
        return server.ask("/api/generate", body(model, adapters, false));
    }

    /** Asked twice: what follows a prompt that was computed already differs in the last digit from what follows one anew. */
    private static String said(String model, List<?> adapters) throws Exception {
        ask(model, adapters);
        return text(ask(model, adapters));
    }

    private static String text(JsonNode answer) {
        return answer.path("response").asString();
    }

    /** @param adapters null = the request does not say */
    private static Map<String, Object> body(String model, List<?> adapters, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("prompt", QUESTION);
        body.put("stream", stream);
        body.put("options", Map.of("temperature", 0, "num_predict", TOKENS));
        if (adapters != null) body.put("adapters", adapters);
        return body;
    }
}
