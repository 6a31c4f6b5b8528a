package dev.paddock.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ModelsApiTest {
    private static final int LIMIT = 10_000;

    @TempDir
    Path home;

    private final ScriptedModels models = new ScriptedModels();
    private ModelsApi api;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        api = new ModelsApi(LIMIT);
        api.housekeeper = models;
        api.store = models.store();
        api.archive = models;
        server = new TestServer()
                .with(api, ModelsApi.ROOT + "*")
                .sending("Authorization", "Bearer secret")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatTakesHowMuchAndHowHousekeepingWentIsToldToEveryone() throws Exception {
        server.sending("Authorization", "");
        assertThat(server.get("/api/models/usage").body()).isEqualTo("""
                {"models":[{"name":"a:latest","bytes":30,"own_bytes":10,"used_at":"2026-11-22T10:00:00Z"},\
                {"name":"b:latest","bytes":20,"own_bytes":0}],"blob_bytes":40,"unused_bytes":5,"partial_bytes":6,\
                "quota_bytes":0,"free_bytes":1000}""");
        assertThat(server.get("/api/models/housekeeping").body()).isEqualTo("""
                {"steps":[{"name":"names","state":"done","outcome":"2 renamed","millis":3},\
                {"name":"prune","state":"failed","outcome":"disk","millis":4}],\
                "damage":[{"digest":"%s","reason":"its digest is another","models":["b:latest"]}]}""".formatted(ScriptedModels.BLOB));
    }

    @Test
    void pruningTellsWhatGoesAndWhatStays() throws Exception {
        assertThat(post("prune", "{\"dry_run\":true}").body())
                .startsWith("{\"dry_run\":true,\"files\":[\"blobs/sha256-")
                .contains("\"bytes\":7", "\"kept\":[\"b:latest cannot be read\"]");
        assertThat(post("prune", "").statusCode()).isEqualTo(200);
        assertThat(post("prune", "{\"dry_run\":\"yes\"}").statusCode()).isEqualTo(400);
        assertThat(models.asked).containsExactly("prune true", "prune false");
    }

    @Test
    void verifyingTellsItsFiguresAndThenTheDamage() throws Exception {
        var verified = post("verify", "{\"all\":true}");
        assertThat(verified.body().lines())
                .containsExactly(
                        "{\"status\":\"verifying\",\"digest\":\"" + ScriptedModels.BLOB
                                + "\",\"total\":10,\"completed\":4}",
                        "{\"status\":\"success\",\"blobs\":1,\"bytes\":10,\"damage\":[{\"digest\":\""
                                + ScriptedModels.BLOB
                                + "\",\"reason\":\"its digest is another\",\"models\":[\"b:latest\"]}]}");
        assertThat(models.asked).containsExactly("verify true");
    }

    @Test
    void aClientThatGoesAwayStopsVerifying() throws Exception {
        models.endless = true;
        var answer = CompletableFuture.supplyAsync(() -> post("verify", ""));
        assertThat(models.begun.await(10, TimeUnit.SECONDS)).isTrue();
        server.hangUp();
        assertThat(models.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.get().body()).endsWith("{\"error\":\"request canceled\"}\n");
    }

    @Test
    void aFileIsTakenOverInPlace() throws Exception {
        var adopted = post("adopt", "{\"path\":\"/data/m.gguf\",\"name\":\"me/m\"}");
        assertThat(adopted.body()).isEqualTo("""
                {"status":"linking"}
                {"status":"success","models":["a:latest"]}
                """);
        assertThat(models.asked)
                .singleElement()
                .asString()
                .startsWith("adopt /data/m.gguf Optional[")
                .contains("namespace=me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "m.gguf", "../m.gguf", "/a\u0000b", "~/m.gguf", "http://h/m"})
    void onlyAWholePathIsTakenOver(String path) throws Exception {
        var refused = post("adopt", Json.write(Map.of("path", path)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("must be the whole path");
        assertThat(post("adopt", Json.write(Map.of("path", "/" + "x".repeat(5000))))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("adopt", Json.write(Map.of("path", "/m.gguf", "name", "../m")))
                        .body())
                .contains("invalid model name");
        assertThat(models.asked).isEmpty();
    }

    @Test
    void anArchiveIsSentWithAFileName() throws Exception {
        var exported = server.get("/api/models/export?model=me/a:v1");
        assertThat(exported.statusCode()).isEqualTo(200);
        assertThat(exported.headers().firstValue("Content-Type")).contains("application/x-tar");
        assertThat(exported.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"me-a-v1.tar\"");
        assertThat(exported.body()).hasSize(100_003).endsWith("end");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_000})
    void anArchiveThatFailsBeforeItIsSentHasItsStatus(int written) throws Exception {
        models.written = written;
        models.failure = new PaddockException(Fault.MODEL_NOT_FOUND, "no model a");
        var failed = server.get("/api/models/export?model=a");
        assertThat(failed.statusCode()).isEqualTo(404);
        assertThat(failed.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(failed.body()).isEqualTo("{\"error\":\"no model a\"}");
    }

    @Test
    void anArchiveThatFailsOnTheWayIsNotTakenForWhole() {
        models.failure = new PaddockException(Fault.MODEL_DAMAGED, "a blob is damaged");
        assertThatThrownBy(() -> server.get("/api/models/export?model=a")).isInstanceOf(IOException.class);
    }

    @Test
    void anArchiveIsTakenIn() throws Exception {
        var taken = server.send("POST", "/api/models/import?as=new", "x".repeat(LIMIT));
        assertThat(taken.body()).isEqualTo("""
                {"status":"reading"}
                {"status":"success","models":["new:latest","b:latest"]}
                """);
        assertThat(models.asked).singleElement().asString().startsWith("read 10000 Optional[");
        var large = server.send("POST", "/api/models/import", "x".repeat(LIMIT + 1));
        assertThat(large.statusCode()).isEqualTo(413);
        models.failure = new PaddockException(Fault.INVALID_REQUEST, "it is no archive");
        assertThat(server.send("POST", "/api/models/import", "x").body())
                .endsWith("{\"error\":\"it is no archive\"}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, export, 400, the query needs",
        "GET, export?model=../x, 400, invalid model name",
        "GET, export?model=a%00b, 400, invalid model name",
        "GET, export?model=%2e%2e, 400, invalid model name",
        "POST, import?as=a//b, 400, invalid model name",
        "POST, usage, 405, 405 method not allowed",
        "GET, prune, 405, 405 method not allowed",
        "GET, nothing, 404, no such path",
        "GET, ../backends, 404, ''"
    })
    void whatIsAskedWronglyIsSaid(String method, String path, int status, String error) throws Exception {
        var response = server.send(method, "/api/models/" + path, "");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(error);
        assertThat(models.asked).isEmpty();
    }

    private static final List<String> OWNERS =
            List.of("POST prune", "POST verify", "POST adopt", "GET export?model=a", "POST import");

    @Test
    void whoDoesNotKnowTheOwnersPasswordChangesNothing() throws Exception {
        for (String shown : List.of("", "Bearer wrong", "Basic secret", "Bearer ")) {
            server.sending("Authorization", shown);
            for (String one : OWNERS) {
                String[] words = one.split(" ");
                var refused = server.send(words[0], "/api/models/" + words[1], "");
                assertThat(refused.statusCode()).as(one).isEqualTo(403);
                assertThat(refused.body()).contains("owner only", "console-password");
            }
        }
        assertThat(models.asked).isEmpty();
    }

    @Test
    void whileAServiceIsAwayItIsSaidAndTheOthersGoOn() throws Exception {
        api.archive = null;
        assertThat(server.get("/api/models/export?model=a").statusCode()).isEqualTo(503);
        assertThat(post("import", "").body()).contains("stopped, or not started yet");
        assertThat(server.get("/api/models/usage").statusCode()).isEqualTo(200);
        api.housekeeper = null;
        api.store = null;
        assertThat(server.get("/api/models/usage").statusCode()).isEqualTo(503);
        assertThat(post("adopt", "{\"path\":\"/m.gguf\"}").statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> post(String what, String body) {
        try {
            return server.send("POST", "/api/models/" + what, body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
