package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.prompt.OutputPiece;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every field of every route's answer: its place, its name, its type; what is ours stands where it disturbs nobody. */
class AnswerFieldsTest {
    private static final String METRICS = """
            total_duration whole
            load_duration whole
            prompt_eval_count whole
            prompt_eval_duration whole
            eval_count whole
            eval_duration whole
            cached_tokens whole
            """;
    private static final String LOGPROBS = """
            logprobs[].token text
            logprobs[].logprob number
            logprobs[].bytes [whole]
            logprobs[].top_logprobs[].token text
            logprobs[].top_logprobs[].logprob number
            logprobs[].top_logprobs[].bytes [whole]
            """;
    private static final String DETAILS = """
            details.parent_model text
            details.format text
            details.family text
            details.families [text]
            details.parameter_size text
            details.quantization_level text
            """;
    private static final Logprob LIKELY =
            new Logprob(1, new byte[] {'a'}, -0.25f, List.of(new Logprob(2, new byte[] {'b'}, -1.5f, List.of())));

    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    private static List<String> rows(String... tables) {
        return Arrays.stream(tables).flatMap(String::lines).toList();
    }

    private static List<String> in(String list, String table) {
        return table.lines().map(row -> list + "[]." + row).toList();
    }

    private List<String> got(String path) throws Exception {
        return JsonTypes.of(OllamaFixture.json(ollama.server.get(path).body()));
    }

    private List<List<String>> said(String path, String body) throws Exception {
        var response = ollama.post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return OllamaFixture.lines(response).stream().map(JsonTypes::of).toList();
    }

    private void script() {
        ollama.inference
                .piece(new OutputPiece.Thinking("hm"))
                .likely(LIKELY)
                .say("a")
                .end(StopReason.STOP);
    }

    @Test
    void generate() throws Exception {
        String head = "model text\ncreated_at time\nresponse text\n";
        String body = "{\"model\":\"tiny\",\"prompt\":\"x\",\"logprobs\":true,\"top_logprobs\":1";
        String end = head + "done true\ndone_reason text\ncontext [whole]\n" + METRICS;
        script();
        assertThat(said("/api/generate", body + "}"))
                .containsExactly(
                        rows(head, "thinking text\ndone false"), rows(head, "done false", LOGPROBS), rows(end));
        script();
        assertThat(said("/api/generate", body + ",\"stream\":false}"))
                .containsExactly(rows(end.replace("response text\n", "response text\nthinking text\n"), LOGPROBS));
        script();
        assertThat(said("/api/generate", body + ",\"raw\":true}").getLast())
                .isEqualTo(rows(end.replace("context [whole]\n", "")));
        for (String nothing : List.of("{\"model\":\"tiny\"}", "{\"model\":\"tiny\",\"keep_alive\":0}")) {
            assertThat(said("/api/generate", nothing)).containsExactly(rows(head, "done true\ndone_reason text"));
        }
    }

    @Test
    void chat() throws Exception {
        String head = "model text\ncreated_at time\nmessage.role text\nmessage.content text\n";
        String body = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"logprobs\":true";
        String end = head + "done true\ndone_reason text\n" + METRICS;
        script();
        assertThat(said("/api/chat", body + ",\"top_logprobs\":1}"))
                .containsExactly(
                        rows(head, "message.thinking text\ndone false"), rows(head, "done false", LOGPROBS), rows(end));
        script();
        assertThat(said("/api/chat", body + ",\"stream\":false}"))
                .containsExactly(rows(head, "message.thinking text", end.substring(head.length()), LOGPROBS));
        for (String nothing : List.of("{\"model\":\"tiny\"}", "{\"model\":\"tiny\",\"keep_alive\":\"0s\"}")) {
            assertThat(said("/api/chat", nothing)).containsExactly(rows(head, "done true\ndone_reason text"));
        }
    }

    @Test
    void vectors() throws Exception {
        var vectors = new Embeddings(
                "tiny:latest",
                List.of(new float[] {0.6f, -0.8f}, new float[] {1, 0}),
                9,
                List.of(),
                Duration.ofMillis(1),
                Duration.ofMillis(6));
        ollama.inference.embeddings(vectors).embeddings(vectors);
        assertThat(said("/api/embed", "{\"model\":\"tiny\",\"input\":[\"a\",\"b\"]}"))
                .containsExactly(rows("model text\nembeddings [[number]]\n"
                        + "total_duration whole\nload_duration whole\nprompt_eval_count whole"));
        assertThat(said("/api/embeddings", "{\"model\":\"tiny\",\"prompt\":\"a\"}"))
                .containsExactly(rows("embedding [number]"));
        assertThat(said("/api/embed", "{\"model\":\"tiny\",\"input\":[]}"))
                .containsExactly(rows("model text\nembeddings empty"));
        assertThat(said("/api/embeddings", "{\"model\":\"tiny\"}")).containsExactly(rows("embedding empty"));
    }

    @Test
    void models() throws Exception {
        assertThat(got("/api/tags"))
                .isEqualTo(in(
                        "models",
                        "name text\nmodel text\nmodified_at time\nsize whole\ndigest digest\n" + DETAILS
                                + "details.context_length whole\ndetails.embedding_length whole\ncapabilities [text]"));
        assertThat(OllamaFixture.json(ollama.server.get("/api/tags").body()).toString())
                .contains("modified_at=2026-11-22T10:00:00.123456789Z", "capabilities=[completion, tools]");
        ollama.store.models.clear();
        assertThat(got("/api/tags")).containsExactly("models empty");
    }

    @Test
    void loadedModels() throws Exception {
        assertThat(got("/api/ps")).containsExactly("models empty");
        ollama.residents.add(OllamaFixture.resident(1, 33));
        var fields = got("/api/ps");
        var known = in(
                "models",
                "name text\nmodel text\nsize whole\ndigest digest\n" + DETAILS
                        + "expires_at time\nsize_vram whole\ncontext_length whole");
        assertThat(fields).startsWith(known.toArray(String[]::new));
        assertThat(fields.subList(known.size(), fields.size())).allMatch(row -> row.startsWith("models[].paddock."));
    }

    @Test
    void aModelShown() throws Exception {
        String shown = "license text\nmodelfile text\nparameters text\ntemplate text\nsystem text\n" + DETAILS
                + "messages[].role text\nmessages[].content text\n"
                + "model_info.general.architecture text\nmodel_info.general.parameter_count whole\n"
                + "model_info.tokenizer.ggml.tokens %s\n"
                + "tensors[].name text\ntensors[].type text\ntensors[].shape [whole]\ncapabilities [text]\n"
                + "prompt.origin text\nprompt.why text\nprompt.format text\nprompt.language text\nmodified_at time";
        assertThat(said("/api/show", "{\"model\":\"tiny\"}")).containsExactly(rows(shown.formatted("null")));
        assertThat(said("/api/show", "{\"name\":\"tiny\",\"verbose\":true}"))
                .containsExactly(rows(shown.formatted("[text]")));
    }

    @Test
    void smallAnswers() throws Exception {
        assertThat(got("/api/version")).containsExactly("version text", "paddock text");
        assertThat(got("/api/status")).containsExactly("cloud.disabled true", "cloud.source text");
        assertThat(said("/api/pull", "{\"model\":\"tiny\"}").get(1))
                .containsExactly("status text", "digest text", "total whole", "completed whole");
        assertThat(said("/api/pull", "{\"model\":\"tiny\",\"stream\":false}")).containsExactly(List.of("status text"));
        assertThat(JsonTypes.of(OllamaFixture.json(ollama.post("/api/chat", "").body())))
                .containsExactly("error text");
    }

    @Test
    void numbersOfTimeAreNanoseconds() throws Exception {
        script();
        Map<String, Object> end = OllamaFixture.lines(
                        ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\"}"))
                .getLast();
        assertThat(Stream.of("total", "load", "prompt_eval", "eval").map(name -> end.get(name + "_duration")))
                .containsExactly(6_000_000, 1_000_000, 2_000_000, 3_000_000);
    }
}
