package dev.paddock.dialect.openai.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.ScriptedInference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(20)
class FilesTest {
    @TempDir
    private Path home;

    private BatchBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new BatchBench(home);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aFileIsKeptAsItCameAndGoneWhenItIsDeleted() throws Exception {
        JsonNode file =
                BatchBench.JSON.readTree(bench.form("batch", "{\"a\":\"ü\"}\n").body());
        String id = file.path("id").asString();
        assertThat(file.toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"file\",\"bytes\":11,\"created_at\":1800000000,"
                        + "\"expires_at\":1800172800,\"filename\":\"in.jsonl\",\"purpose\":\"batch\","
                        + "\"status\":\"processed\",\"status_details\":null}");
        bench.stop();
        bench.start();
        assertThat(bench.get("/v1/files/" + id)).isEqualTo(file);
        assertThat(bench.send("GET", "/v1/files/" + id + "/content", "").body()).isEqualTo("{\"a\":\"ü\"}\n");
        assertThat(bench.send("DELETE", "/v1/files/" + id, "").body())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"file\",\"deleted\":true}");
        assertThat(bench.send("GET", "/v1/files/" + id, "").statusCode()).isEqualTo(404);
        try (var left = Files.list(home.resolve("files"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void filesAreListedInPagesEitherWay() throws Exception {
        List<String> ids = new java.util.ArrayList<>();
        for (int i = 0; i < 3; i++) {
            bench.now.updateAndGet(now -> now.plusSeconds(1));
            ids.add(bench.upload("x"));
        }
        assertThat(bench.get("/v1/files").path("data"))
                .extracting(f -> f.path("id").asString())
                .containsExactlyElementsOf(ids.reversed());
        JsonNode page = bench.get("/v1/files?order=asc&limit=1&purpose=batch&after=" + ids.getFirst());
        assertThat(page.path("data")).extracting(f -> f.path("id").asString()).containsExactly(ids.get(1));
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(bench.get("/v1/files?purpose=other").path("data")).isEmpty();
        for (String bad : List.of("order=up", "limit=0", "limit=x", "after=file-0"))
            assertThat(bench.send("GET", "/v1/files?" + bad, "").statusCode())
                    .as(bad)
                    .isEqualTo(400);
    }

    @Test
    void whatIsTooLargeOrNoUploadIsRefusedAndLeavesNothing() throws Exception {
        var large = bench.form("batch", "x".repeat(70_000));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(bench.form("fine-tune", "x").body()).contains("purpose");
        assertThat(bench.form("batch", "x").statusCode()).isEqualTo(200);
        assertThat(bench.send("POST", "/v1/files", "no form").statusCode()).isEqualTo(400);
        assertThat(bench.send("POST", "/v1/files", "--xyz--\r\n").body()).contains("\\\"file\\\" is needed");
        for (int i = 0; i < 3; i++)
            assertThat(bench.form("batch", "x".repeat(60_000)).statusCode()).isEqualTo(200);
        var full = bench.form("batch", "x".repeat(60_000));
        assertThat(full.statusCode()).isEqualTo(413);
        assertThat(full.body()).contains("delete some of them");
        try (var files = Files.list(home.resolve("files"))) {
            assertThat(files).hasSize(8);
        }
    }

    @Test
    void aFileThatABatchReadsStays() throws Exception {
        bench.inference.each(_ -> new ScriptedInference());
        String id = bench.batch(BatchBench.lines(1));
        String input = bench.get("/v1/batches/" + id).path("input_file_id").asString();
        assertThat(bench.send("DELETE", "/v1/files/" + input, "").statusCode()).isEqualTo(400);
    }

    @Test
    void whatACrashLeftIsRemovedAtTheStart() throws Exception {
        String id = bench.upload("x");
        bench.stop();
        Path files = home.resolve("files");
        Files.writeString(files.resolve("file-1.part"), "half");
        Files.writeString(files.resolve("file-2.jsonl"), "without a description");
        Files.writeString(files.resolve("file-3.json"), "{\"id\":");
        bench.start();
        assertThat(bench.get("/v1/files/" + id).path("bytes").asInt()).isEqualTo(1);
        try (var left = Files.list(files)) {
            assertThat(left).hasSize(2);
        }
    }
}
