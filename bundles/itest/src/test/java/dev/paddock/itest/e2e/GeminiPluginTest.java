package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.SseReader;
import dev.paddock.itest.Layout;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Gemini API is no part of a server: its jar is dropped into one that runs, used, and taken away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeminiPluginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MODELS = "/v1beta/models";
    private static final String STARTER = MODELS + "/starter:";
    private static final int OTHERS = 16;
    private static final int ROUNDS = 10;

    /** Answers that outlast the drain time, and one that may end within it. */
    private static final String LONG = "Count from 1 to 100.";

    private static final String SHORT = "What is 3 + 4?";
    private static final String SUM = "{\"role\":\"user\",\"parts\":[{\"text\":\"What is 17 + 25?\"}]}";
    private static final String GREEDY = "\"temperature\":0,\"maxOutputTokens\":300";
    private static final String TOOLS = ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"add\",\"description\":"
            + "\"Add two numbers\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"NUMBER\"},"
            + "\"b\":{\"type\":\"NUMBER\"}},\"required\":[\"a\",\"b\"]}}]}]";

    @TempDir
    static Path scratch;

    private Path install;
    private Server server;

    @BeforeAll
    void dropIntoARunningServer() throws Exception {
        install = Installation.copy(scratch.resolve("paddock"), "backend-vulkan");
        // What is late ends with an error after this time; the plugin's settings are read like everybody's.
        var settings = Map.<String, Map<String, Object>>of("dev.paddock.dialect.gemini", Map.of("drain.timeout", "3s"));
        server = Server.start(Map.of(), settings, install);
        assertThat(server.status(MODELS)).isEqualTo(404);
        install();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void install() throws Exception {
        Installation.drop(plugin(), install);
        Await.until(PATIENCE, "the dialect answers", () -> server.status(MODELS) == 200);
    }

    private void remove() throws Exception {
        Files.delete(install.resolve("bundles").resolve(plugin().getFileName().toString()));
        Await.until(PATIENCE, "the dialect is gone", () -> server.status(MODELS) == 404);
    }

    private static Path plugin() throws Exception {
        return Layout.plugins().stream()
                .filter(jar -> jar.getFileName().toString().contains("dialect-gemini"))
                .findFirst()
                .orElseThrow();
    }

    private static String body(String contents, String config, String more) {
        return "{\"contents\":[" + contents + "],\"generationConfig\":{" + GREEDY + config + "}" + more + "}";
    }

    private JsonNode whole(String contents, String config, String more) throws Exception {
        var response = server.post(STARTER + "generateContent", body(contents, config, more));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Server.JSON.readTree(response.body());
    }

    private static String text(JsonNode response) {
        return texts(response, false);
    }

    private static String texts(JsonNode response, boolean thoughts) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : response.at("/candidates/0/content/parts")) {
            if (part.path("thought").asBoolean(false) == thoughts)
                text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    @Test
    @Shows(
            api = Api.GEMINI_GENERATE,
            value = {Trait.PLAIN, Trait.USAGE})
    void anAnswerIsTheModelsAndSaysWhatItTook() throws Exception {
        JsonNode answer = whole(SUM, "", "");
        assertThat(text(answer)).isEqualTo("17 + 25 = 42.");
        assertThat(answer.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
        JsonNode usage = answer.path("usageMetadata");
        assertThat(usage.path("totalTokenCount").asInt())
                .isEqualTo(usage.path("promptTokenCount").asInt()
                        + usage.path("candidatesTokenCount").asInt());
        var counted = server.post(STARTER + "countTokens", "{\"contents\":[" + SUM + "]}");
        assertThat(Server.JSON.readTree(counted.body()).path("totalTokens").asInt())
                .isEqualTo(usage.path("promptTokenCount").asInt())
                .isPositive();
    }

    @Test
    @Shows(api = Api.GEMINI_GENERATE, value = Trait.STREAM)
    void aStreamIsTheWholeAnswerInPieces() throws Exception {
        String events = server.post(STARTER + "streamGenerateContent?alt=sse", body(SUM, "", ""))
                .body();
        var pieces = SseReader.all(events).stream().map(SseReader.Event::json).toList();
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(pieces.stream().map(GeminiPluginTest::text).collect(Collectors.joining()))
                .isEqualTo("17 + 25 = 42.");
        assertThat(pieces.getLast().at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
        JsonNode list = Server.JSON.readTree(server.post(STARTER + "streamGenerateContent", body(SUM, "", ""))
                .body());
        StringBuilder listed = new StringBuilder();
        for (JsonNode piece : list) listed.append(text(piece));
        assertThat(listed).hasToString("17 + 25 = 42.");
    }

    @Test
    @Shows(
            api = Api.GEMINI_GENERATE,
            value = {Trait.SYSTEM, Trait.TURNS})
    void whatWasSaidBeforeCounts() throws Exception {
        String said = "{\"role\":\"user\",\"parts\":[{\"text\":\"My name is Anna.\"}]},{\"role\":\"model\",\"parts\":"
                + "[{\"text\":\"Nice to meet you, Anna!\"}]},{\"role\":\"user\",\"parts\":[{\"text\":\"What is my name?\"}]}";
        assertThat(text(whole(said, "", ""))).contains("Anna");
        String system = ",\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]}";
        int bare = whole(SUM, "", "").at("/usageMetadata/promptTokenCount").asInt();
        assertThat(whole(SUM, "", system).at("/usageMetadata/promptTokenCount").asInt())
                .isGreaterThan(bare);
    }

    @Test
    @Shows(api = Api.GEMINI_GENERATE, value = Trait.TOOLS)
    void aFunctionIsCalledAndItsResultAnsweredWith() throws Exception {
        JsonNode call = whole(SUM, "", TOOLS).at("/candidates/0/content");
        JsonNode function = call.at("/parts/0/functionCall");
        assertThat(function.path("name").asString()).isEqualTo("add");
        assertThat(function.path("args")).isEqualTo(Server.JSON.readTree("{\"a\":17,\"b\":25}"));
        String result = "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"add\","
                + "\"response\":{\"result\":42}}}]}";
        assertThat(text(whole(SUM + "," + call + "," + result, "", TOOLS))).contains("42");
        String must = ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}";
        String hello = "{\"role\":\"user\",\"parts\":[{\"text\":\"Hello!\"}]}";
        assertThat(whole(hello, "", TOOLS + must)
                        .at("/candidates/0/content/parts/0/functionCall/name")
                        .asString())
                .isEqualTo("add");
    }

    @Test
    @Shows(api = Api.GEMINI_GENERATE, value = Trait.SCHEMA)
    void anAnswerKeepsToASchema() throws Exception {
        String anna = "{\"parts\":[{\"text\":\"Anna is 31 years old. Answer in JSON with keys name and age.\"}]}";
        String schema =
                ",\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"OBJECT\",\"properties\":"
                        + "{\"name\":{\"type\":\"STRING\"},\"age\":{\"type\":\"INTEGER\"}},\"required\":[\"name\",\"age\"]}";
        assertThat(Server.JSON.readTree(text(whole(anna, schema, ""))))
                .isEqualTo(Server.JSON.readTree("{\"name\":\"Anna\",\"age\":31}"));
    }

    @Test
    @Shows(api = Api.GEMINI_GENERATE, value = Trait.THINKING)
    void thoughtsAreToldToWhoAsksForThem() throws Exception {
        JsonNode answer = whole(SUM, ",\"thinkingConfig\":{\"includeThoughts\":true}", "");
        assertThat(texts(answer, true)).contains("7 + 5 = 12");
        assertThat(text(answer)).isEqualTo("17 + 25 = 42.");
        assertThat(texts(whole(SUM, ",\"thinkingConfig\":{\"thinkingBudget\":0}", ""), true))
                .isEmpty();
    }

    @Test
    @Shows(
            api = Api.GEMINI_GENERATE,
            value = {Trait.STOP, Trait.LOGPROBS})
    void stopTextsAndLikelihoods() throws Exception {
        assertThat(text(whole(SUM, ",\"stopSequences\":[\"= 4\"]", ""))).isEqualTo("17 + 25 ");
        JsonNode likely =
                whole(SUM, ",\"responseLogprobs\":true,\"logprobs\":2", "").at("/candidates/0/logprobsResult");
        assertThat(likely.path("chosenCandidates")).isNotEmpty();
        assertThat(likely.at("/topCandidates/0/candidates")).hasSize(2);
    }

    @Test
    @Shows(
            api = Api.GEMINI_EMBED,
            value = {Trait.EMBEDDINGS, Trait.ERROR})
    void vectorsComeOneByOneOrTogether() throws Exception {
        String content = "\"content\":{\"parts\":[{\"text\":\"horse\"}]}";
        JsonNode one = server.ask(STARTER + "embedContent", Server.JSON.readTree("{" + content + "}"));
        JsonNode two = server.ask(
                STARTER + "batchEmbedContents",
                Server.JSON.readTree("{\"requests\":[{" + content + "},{" + content + "}]}"));
        assertThat(one.at("/embedding/values")).isNotEmpty();
        assertThat(two.at("/embeddings/1/values")).hasSameSizeAs(one.at("/embedding/values"));
        assertThat(server.post(STARTER + "embedContent", "{}").body()).contains("INVALID_ARGUMENT", "content");
    }

    @Test
    @Shows(api = Api.GEMINI_GENERATE, value = Trait.ERROR)
    void failuresHaveGooglesForm() throws Exception {
        var response = server.post(MODELS + "/none:generateContent?key=any", "{\"contents\":[" + SUM + "]}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Server.JSON.readTree(response.body()).at("/error/status").asString())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    @Shows(api = Api.GEMINI_GENERATE, value = Trait.ABORT)
    void aClientThatGoesAwayEndsItsAnswer() throws Exception {
        try (var own = new OwnStream(LONG)) {
            own.first();
        }
        Await.until(
                Duration.ofSeconds(10),
                "nothing is computed any more",
                () -> server.loaded("starter").path("paddock").path("running").asInt(-1) == 0);
    }

    @Test
    void tenTimesInstalledUsedAndRemovedNobodyElseNotices() throws Exception {
        List<Streams.Expected> expected = new ArrayList<>();
        for (String name : List.of("count-100", "abilities", "faq-get", "held-out-chat-3")) {
            expected.add(Streams.expected(server, Golden.named(name)));
        }
        Map<String, Integer> ends = new TreeMap<>();
        try (Streams others = Streams.start(server, expected, OTHERS)) {
            Await.until(PATIENCE, "all stream", others::allRunning);
            for (int round = 0; round < ROUNDS; round++) {
                try (var own = new OwnStream(round % 2 == 0 ? LONG : SHORT)) {
                    own.first();
                    remove();
                    ends.merge(own.end(), 1, Integer::sum);
                }
                install();
                assertThat(text(whole(SUM, "", ""))).isEqualTo("17 + 25 = 42.");
                assertThat(others.complaints()).isEmpty();
            }
            others.finish();
            assertThat(others.complaints()).isEmpty();
            System.out.println(others.answers() + " answers of others, all whole; its own streams ended with " + ends);
        }
        assertThat(ends.keySet()).isSubsetOf("STOP", "MAX_TOKENS", "UNAVAILABLE");
    }

    /** An answer in Gemini's own form. */
    private final class OwnStream implements AutoCloseable {
        private final java.util.stream.Stream<String> lines;
        private final Iterator<String> rest;

        OwnStream(String prompt) throws Exception {
            String contents = "{\"parts\":[{\"text\":\"" + prompt + "\"}]}";
            lines = server.stream(STARTER + "streamGenerateContent?alt=sse", body(contents, "", ""))
                    .body();
            rest = lines.iterator();
        }

        void first() {
            assertThat(rest.next()).startsWith("data: ");
        }

        /** Why it ended: the last piece says so in every case. */
        String end() {
            StringBuilder events = new StringBuilder();
            // The line that was read already has left its empty one.
            rest.next();
            rest.forEachRemaining(line -> events.append(line).append('\n'));
            var last = SseReader.all(events.toString().getBytes(StandardCharsets.UTF_8))
                    .getLast()
                    .json();
            return last.at("/candidates/0/finishReason")
                    .asString(last.at("/error/status").asString("none: " + last));
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
