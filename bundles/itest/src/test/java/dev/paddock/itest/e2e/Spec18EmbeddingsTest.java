package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Ready-made case 18 of the specification. */
@DisplayName("18 Embeddings")
@ExtendWith(SharedServer.class)
class Spec18EmbeddingsTest {
    private static final int LENGTH = 256;
    private static final String LONG = "word ".repeat(3_000);

    private final Server server;

    Spec18EmbeddingsTest(Server server) {
        this.server = server;
    }

    private JsonNode embed(Object input, Map<String, ?> more) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("model", "starter", "input", input));
        body.putAll(more);
        return server.ask("/api/embed", body);
    }

    private static double[] vector(JsonNode list) {
        double[] vector = new double[list.size()];
        for (int i = 0; i < vector.length; i++) vector[i] = list.get(i).asDouble();
        return vector;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    @Test
    @Shows(
            api = Api.OLLAMA_EMBED,
            value = {Trait.EMBEDDINGS, Trait.USAGE})
    void vectorsHaveLength1AndTheOrderOfTheirInputs() throws Exception {
        List<String> inputs = List.of("one pony", "Which port does Paddock use?", "", "one pony");
        JsonNode answer = embed(inputs.subList(0, 2), Map.of());
        assertThat(answer.propertyNames())
                .containsExactly("model", "embeddings", "total_duration", "load_duration", "prompt_eval_count");
        List<double[]> alone = new ArrayList<>();
        int tokens = 0;
        for (String input : inputs.subList(0, 2)) {
            JsonNode single = embed(input, Map.of());
            alone.add(vector(single.path("embeddings").get(0)));
            tokens += single.path("prompt_eval_count").asInt();
        }
        assertThat(answer.path("prompt_eval_count").asInt()).isEqualTo(tokens).isPositive();
        for (int i = 0; i < 2; i++) {
            double[] vector = vector(answer.path("embeddings").get(i));
            assertThat(vector).hasSize(LENGTH);
            assertThat(product(vector, vector)).isEqualTo(1, offset(1e-4));
            assertThat(product(vector, alone.get(i))).isEqualTo(1, offset(1e-3));
            assertThat(product(vector, alone.get(1 - i))).isLessThan(0.999);
        }
    }

    @Test
    void fewerDimensionsAreTheBeginningMadeLength1Again() throws Exception {
        double[] whole = vector(embed("one pony", Map.of()).path("embeddings").get(0));
        double[] cut = vector(
                embed("one pony", Map.of("dimensions", 16)).path("embeddings").get(0));
        assertThat(cut).hasSize(16);
        assertThat(product(cut, cut)).isEqualTo(1, offset(1e-4));
        assertThat(cut[0] / cut[1]).isEqualTo(whole[0] / whole[1], offset(1e-2));
    }

    @Test
    @Shows(api = Api.OLLAMA_EMBED, value = Trait.ERROR)
    void whatIsTooLongIsRefusedUnlessItMayBeCut() throws Exception {
        var refused = server.post(
                "/api/embed",
                Server.JSON.writeValueAsString(Map.of("model", "starter", "input", LONG, "truncate", false)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Server.JSON.readTree(refused.body()).path("error").asString())
                .startsWith("the input length exceeds the context length")
                .as("both numbers")
                .matches(".*\\d{4}.*\\d{4}.*");
        JsonNode cut = embed(List.of("one pony", LONG), Map.of());
        assertThat(cut.path("embeddings")).hasSize(2);
        assertThat(cut.path("truncated").toString()).isEqualTo("[1]");
        var legacy = server.post(
                "/api/embeddings", Server.JSON.writeValueAsString(Map.of("model", "starter", "prompt", LONG)));
        assertThat(legacy.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "[]", "null"})
    void withoutInputTheModelIsOnlyLoaded(String input) throws Exception {
        server.ask("/api/generate", Map.of("model", "starter", "keep_alive", 0));
        var answer = server.post("/api/embed", "{\"model\":\"starter\",\"input\":" + input + "}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"model\":\"starter\",\"embeddings\":[]}");
        assertThat(server.loaded("starter").isMissingNode()).isFalse();
        assertThat(server.post("/api/embeddings", "{\"model\":\"starter\"}").body())
                .isEqualTo("{\"embedding\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "{}", "[1]", "[\"a\",null]", "[[\"a\"]]"})
    void whatIsNoTextIsRefusedBeforeTheModelIsLookedFor(String input) throws Exception {
        var answer = server.post("/api/embed", "{\"model\":\"nope\",\"input\":" + input + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid input type\"}");
    }

    @Test
    void theOldRouteGivesTheSameVector() throws Exception {
        double[] now = vector(embed("one pony", Map.of()).path("embeddings").get(0));
        JsonNode answer = server.ask("/api/embeddings", Map.of("model", "starter", "prompt", "one pony"));
        assertThat(answer.propertyNames()).containsExactly("embedding");
        assertThat(product(now, vector(answer.path("embedding")))).isEqualTo(1, offset(1e-3));
    }
}
