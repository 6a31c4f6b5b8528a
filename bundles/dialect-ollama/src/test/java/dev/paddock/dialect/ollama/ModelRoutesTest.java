package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.scheduler.Arrival;
import dev.paddock.dialect.kit.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRoutesTest {
    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() throws Exception {
        ollama.close();
    }

    /** Table 1.3 of the specification: what each route says about empty, invalid and unknown models. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /api/generate | ``     | 404 | model '' not found
            POST   | /api/generate | a/b/c/d| 400 | invalid model name
            POST   | /api/generate | nope   | 404 | model 'nope' not found
            POST   | /api/chat     | ``     | 400 | model is required
            POST   | /api/chat     | m:     | 400 | invalid model name
            POST   | /api/chat     | nope   | 404 | model 'nope' not found
            POST   | /api/show     | ``     | 400 | model is required
            POST   | /api/show     | /m     | 400 | invalid model name
            POST   | /api/show     | nope   | 404 | model 'nope:latest' not found
            DELETE | /api/delete   | ``     | 400 | model is required
            DELETE | /api/delete   | -m     | 400 | name "-m" is invalid
            DELETE | /api/delete   | nope   | 404 | model 'nope' not found
            DELETE | /api/delete   | a/b:   | 400 | name "a/b:" is invalid
            POST   | /api/create   | ``     | 400 | invalid model name
            POST   | /api/create   | m@x    | 400 | invalid model name
            POST   | /api/pull     | ``     | 400 | invalid model name
            POST   | /api/pull     | a//b   | 400 | invalid model name
            POST   | /api/push     | ``     | 400 | model is required
            POST   | /api/chat     | f:cloud:local | 400 | use either :local or :cloud, not both: "f:cloud:local"
            POST   | /api/chat     | f:local:cloud | 400 | use either :local or :cloud, not both: "f:local:cloud"
            """)
    void everyRouteSaysWhatIsWrongWithAModel(String method, String path, String model, int status, String error)
            throws Exception {
        var response = ollama.server.send(method, path, "{\"model\":\"" + model + "\"}");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(OllamaFixture.json(response.body())).isEqualTo(Map.of("error", error));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``   | new   | 400 | source "" is invalid
            a//b | new   | 400 | source "a//b" is invalid
            tiny | ``    | 400 | destination "" is invalid
            tiny | -x    | 400 | destination "-x" is invalid
            tiny | ../x  | 400 | destination "../x" is invalid
            nope | new   | 404 | model "nope" not found
            """)
    void copyingSaysWhichNameIsWrong(String source, String destination, int status, String error) throws Exception {
        var response = ollama.post("/api/copy", Json.write(Map.of("source", source, "destination", destination)));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(OllamaFixture.json(response.body())).isEqualTo(Map.of("error", error));
    }

    @Test
    void aModelIsCopiedOverWhateverHasTheName() throws Exception {
        for (int i = 0; i < 2; i++) {
            var copied = ollama.post("/api/copy", "{\"source\":\"TINY\",\"destination\":\"me/new:v1\"}");
            assertThat(copied.statusCode()).isEqualTo(200);
            assertThat(copied.body()).isEmpty();
        }
        assertThat(ollama.store.models).extracting(m -> m.name().display()).containsExactly("tiny:latest", "me/new:v1");
    }

    @Test
    void aModelThatCannotBeUsedIsListedWithTheReason() throws Exception {
        ollama.store.models.add(MapStore.damaged("broken", "a blob of it is damaged: sha256:0"));
        assertThat(ollama.server.get("/api/tags").body())
                .contains("\"damaged\":\"a blob of it is damaged: sha256:0\"")
                .containsOnlyOnce("damaged\":");
    }

    @Test
    void whatIsFreedIsToldBesideTheEmptyAnswer() throws Exception {
        var deleted = ollama.server.send("DELETE", "/api/delete", "{\"model\":\"tiny\"}");
        assertThat(deleted.headers().firstValue("X-Paddock-Freed-Bytes")).contains("42");
        assertThat(deleted.body()).isEmpty();
    }

    @Test
    void theStubOfACloudModelCanBeDeleted() throws Exception {
        ollama.store.models.add(MapStore.model("gpt:20b-cloud"));
        assertThat(ollama.server
                        .send("DELETE", "/api/delete", "{\"model\":\"gpt:20b-cloud\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void withoutWhoMakesModelsTheOtherRoutesGoOn() throws Exception {
        ollama.models.builder = null;
        ollama.models.transfer = null;
        for (String path : List.of("/api/create", "/api/pull", "/api/push")) {
            var away = ollama.post(path, "{\"model\":\"m\",\"from\":\"tiny\"}");
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.body()).contains("models is stopped, or not started yet");
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(ollama.server.get("/api/tags").statusCode()).isEqualTo(200);
        assertThat(ollama.server
                        .send("DELETE", "/api/delete", "{\"model\":\"tiny\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /api/generate | ``  | 400 | missing request body
            POST | /api/chat     | {   | 400 | invalid JSON
            POST | /api/show     | []  | 400 | must be a JSON object
            GET  | /api/chat     | ``  | 405 | 405 method not allowed
            POST | /             | ``  | 405 | 405 method not allowed
            GET  | /api/nothing  | ``  | 404 | 404 page not found
            POST | /api/pull     | {}  | 400 | invalid model name
            GET  | /api/pull     | ``  | 405 | 405 method not allowed
            POST | /api/delete   | {}  | 405 | 405 method not allowed
            POST | /api/pull     | {"model":"m","insecure":1} | 400 | must be true or false
            POST | /api/push/    | {}  | 307 | ``
            GET  | /api/tags/    | ``  | 301 | ``
            POST | /api/chat/    | {}  | 307 | ``
            """)
    void badRequestsGetTheRightStatus(String method, String path, String body, int status, String text)
            throws Exception {
        var response = ollama.server.send(method, path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(text);
    }

    @Test
    void theWrongMethodIsToldTheRightOnes() throws Exception {
        var response = ollama.server.send("PUT", "/api/tags", "");
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void theFrontSaysThatItRunsAndItsVersion() throws Exception {
        assertThat(ollama.server.get("/").body()).isEqualTo("Ollama is running");
        assertThat(ollama.server.send("HEAD", "/", "").statusCode()).isEqualTo(200);
        assertThat(ollama.server.get("/api/version").body())
                .isEqualTo("{\"version\":\"0.32.0\",\"paddock\":\"1.2.3\"}");
    }

    @Test
    void tagsListModelsAsClientsExpect() throws Exception {
        var listed = OllamaFixture.json(ollama.server.get("/api/tags").body()).get("models");
        assertThat(listed)
                .isEqualTo(List.of(Map.of(
                        "name",
                        "tiny:latest",
                        "model",
                        "tiny:latest",
                        "modified_at",
                        "2026-11-22T10:00:00.123456789Z",
                        "size",
                        42,
                        "digest",
                        Digest.of("tiny".getBytes()).hex(),
                        "details",
                        Map.of(
                                "parent_model", "",
                                "format", "gguf",
                                "family", "llama",
                                "families", List.of("llama"),
                                "parameter_size", "4.1M",
                                "quantization_level", "Q8_0",
                                "context_length", 2048,
                                "embedding_length", 256),
                        "capabilities",
                        List.of("completion", "tools"))));
        ollama.store.models.clear();
        assertThat(ollama.server.get("/api/tags").body()).isEqualTo("{\"models\":[]}");
    }

    @Test
    void showTellsAllAndKeepsTheVocabularyForTheAsking() throws Exception {
        var shown = OllamaFixture.json(
                ollama.post("/api/show", "{\"name\":\"TINY\"}").body());
        assertThat(shown.get("modelfile")).asString().contains("FROM /models/blob\n", "PARAMETER stop <|im_end|>\n");
        assertThat(shown.get("parameters")).asString().startsWith("temperature                    0.5\nstop ");
        assertThat(shown).containsEntry("system", "Be kind.").containsEntry("license", "MIT");
        assertThat(shown.get("model_info").toString())
                .isEqualTo("{general.architecture=llama, general.parameter_count=8192, tokenizer.ggml.tokens=null}");
        var verbose = OllamaFixture.json(ollama.post("/api/show", "{\"model\":\"tiny\",\"verbose\":true}")
                .body());
        assertThat(verbose.get("model_info").toString()).contains("tokens=[a, b]");
    }

    @Test
    void psShowsWhatTheRunnerIsDoing() throws Exception {
        ollama.residents.add(OllamaFixture.resident(1, 33));
        var listed = OllamaFixture.json(ollama.server.get("/api/ps").body()).get("models");
        assertThat(listed.toString())
                .contains("name=tiny:latest", "size=1200", "size_vram=10", "context_length=2048", "expires_at=2318")
                .contains("pid=77", "running=1", "generated_tokens=33", "kept=70")
                .doesNotContain("draft");
    }

    @Test
    void psShowsWhereAModelIsAndWhatIsOnItsWay() throws Exception {
        ollama.residents.add(OllamaFixture.resident(1, 33));
        ollama.arrivals.add(new Arrival(MapStore.model("big"), Arrival.Phase.LOADING, 0.25, 2));
        assertThat(ollama.server.get("/api/ps").body())
                .contains("\"placement\":{\"backend\":\"cpu\"", "\"layers\":0", "\"pinned\":false")
                .contains("{\"device\":\"host\",\"bytes\":990,\"weights\":900,\"context\":90,\"compute\":0}")
                .contains("\"loading\":[{\"name\":\"big:latest\",\"model\":\"big:latest\",\"phase\":\"loading\","
                        + "\"progress\":0.25,\"waiting\":2}]");
    }

    @Test
    void psShowsTheDraftModelAndWhyItIsNotUsed() throws Exception {
        var draft = LoadOrder.Draft.of("small:latest");
        ollama.residents.add(OllamaFixture.resident(1, 33, draft.found(Path.of("small.gguf"))));
        assertThat(ollama.server.get("/api/ps").body())
                .contains("\"draft\":{\"model\":\"small:latest\",\"used\":true}");
        ollama.residents.clear();
        ollama.residents.add(OllamaFixture.resident(1, 33, draft.refused("it is not installed")));
        assertThat(ollama.server.get("/api/ps").body())
                .contains("\"draft\":{\"model\":\"small:latest\",\"used\":false,\"reason\":\"it is not installed\"}");
    }

    @Test
    void aQuarantinedModelIsShownUntilItIsReleased() throws Exception {
        var until = Instant.parse("2030-01-01T00:00:00Z");
        ollama.quarantined.add(new Quarantined("tiny:latest", "CPU", "died 3 times", until));
        assertThat(ollama.server.get("/api/ps").body())
                .contains("\"quarantined\":[{\"model\":\"tiny:latest\",\"backends\":\"CPU\"", "died 3 times");
        assertThat(ollama.post("/api/release", "{\"model\":\"tiny\"}").body()).contains("\"released\":true");
        assertThat(ollama.post("/api/release", "{\"model\":\"tiny\"}").body()).contains("\"released\":false");
        assertThat(ollama.server.get("/api/ps").body()).isEqualTo("{\"models\":[]}");
    }

    @Test
    void aModelIsMadeFromAnUploadedBlob() throws Exception {
        Digest digest = Digest.of("gguf".getBytes());
        assertThat(ollama.server.send("HEAD", "/api/blobs/" + digest, "").statusCode())
                .isEqualTo(404);
        assertThat(ollama.post("/api/blobs/" + digest, "wrong").statusCode()).isEqualTo(400);
        assertThat(ollama.post("/api/blobs/" + digest, "gguf").statusCode()).isEqualTo(201);
        assertThat(ollama.post("/api/blobs/" + digest, "gguf").statusCode()).isEqualTo(200);
        assertThat(ollama.server.send("HEAD", "/api/blobs/" + digest, "").statusCode())
                .isEqualTo(200);
        assertThat(ollama.post("/api/blobs/nonsense", "").body()).contains("invalid digest format");
        assertThat(ollama.post("/api/blobs/" + Digest.of(new byte[1]), "x".repeat(2000))
                        .statusCode())
                .isEqualTo(413);

        var made = ollama.post(
                "/api/create",
                "{\"model\":\"new\",\"files\":{\"a/m.gguf\":\"" + digest + "\"},\"system\":\"s\",\"license\":\"MIT\","
                        + "\"parameters\":{\"top_k\":3},\"messages\":[{\"role\":\"user\",\"content\":\"c\"}]}");
        assertThat(OllamaFixture.lines(made))
                .extracting(l -> l.get("status"))
                .containsExactly("parsing GGUF", "success");
        assertThat(ollama.store.recipes.getFirst().source().files()).containsEntry("a/m.gguf", digest);
        var deleted = ollama.server.send("DELETE", "/api/delete", "{\"name\":\"New\"}");
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
    }

    @Test
    void aModelThatCannotBeReadCanBeDeleted() throws Exception {
        ollama.store.unreadable = true;
        var deleted = ollama.server.send("DELETE", "/api/delete", "{\"model\":\"tiny\"}");
        assertThat(deleted.statusCode()).isEqualTo(200);
    }

    @Test
    void aModelThatCannotBeMadeIsToldInTheStreamOrByStatus() throws Exception {
        ollama.store.failure = new PaddockException(Fault.INVALID_REQUEST, "supplied file was not in GGUF format");
        var streamed = ollama.post("/api/create", "{\"model\":\"new\",\"from\":\"tiny\"}");
        assertThat(OllamaFixture.lines(streamed).getLast()).containsKey("error");
        var whole = ollama.post("/api/create", "{\"model\":\"new\",\"from\":\"tiny\",\"stream\":false}");
        assertThat(whole.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `{}`                              | 400 | neither 'from' or 'files'
            `{"from":"nope"}`                 | 404 | model 'nope' not found
            `{"files":{"../x":"sha256:0"}}`   | 400 | file path must be relative
            `{"files":{"/x":"sha256:0"}}`     | 400 | file path must be relative
            `{"files":{"a//x":"sha256:0"}}`   | 400 | file path must be relative
            `{"files":{"a\\\\x":"sha256:0"}}` | 400 | file path must be relative
            `{"files":{"x":""}}`              | 400 | invalid digest format
            `{"files":{"C:x":"sha256:0"}}`    | 400 | file path must be relative
            `{"from":"tiny","adapters":{"./a":"sha256:0"}}` | 400 | file path must be relative
            `{"from":"tiny","draft_files":{"a/../b":"sha256:0"}}` | 400 | file path must be relative
            `{"files":{"x":"sha256:0"}}`      | 400 | invalid digest format
            `{"from":"a//b"}`                 | 400 | invalid model name
            `{"from":"tiny","remote_host":"far.example"}` | 400 | runs only local ones
            `{"files":{"x":"%s"},"draft_quantize":"Q8_0"}` | 400 | --draft-quantize requires a DRAFT model
            `{"from":"tiny","requantize":"yes"}` | 400 | must be true or false
            """)
    void recipesAreChecked(String recipe, int status, String error) throws Exception {
        var response = ollama.post(
                "/api/create",
                "{\"model\":\"new\","
                        + recipe.replace("%s", Digest.of(new byte[0]).toString())
                                .substring(1)
                                .replaceFirst("^}", "\"a\":1}"));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(OllamaFixture.json(response.body()).get("error")).asString().contains(error);
    }
}
