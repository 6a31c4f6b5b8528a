package dev.paddock.dialect.openai.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.security.Identity;
import dev.paddock.dialect.kit.ScriptedInference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(20)
class BatchesTest {
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

    private static ScriptedInference saying(String text) {
        return new ScriptedInference().say(text).end(StopReason.STOP);
    }

    private static List<String> ids(List<JsonNode> results) {
        return results.stream()
                .map(r -> r.path("custom_id").asString())
                .sorted()
                .toList();
    }

    @Test
    void everyRequestHasItsResultOrItsFailure() throws Exception {
        bench.inference.each(asked -> BatchBench.question(asked).equals("r2")
                ? new ScriptedInference().fail(Fault.CONTEXT_TOO_LONG, "too long")
                : saying("re: " + BatchBench.question(asked)));
        String id = bench.batch(BatchBench.lines(3).replace("\"model\"", "\"odd\":1,\"model\""));
        JsonNode batch = bench.await(id, "completed");

        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":3,\"completed\":2,\"failed\":1}");
        assertThat(batch.path("metadata").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(batch.has("owner")).isFalse();
        for (String time : List.of("created_at", "in_progress_at", "finalizing_at", "completed_at", "expires_at"))
            assertThat(batch.path(time).isNumber()).as(time).isTrue();
        var results = bench.content(batch.path("output_file_id"));
        assertThat(ids(results)).containsExactly("r1", "r3");
        for (JsonNode result : results) {
            assertThat(result.path("id").asString()).startsWith("batch_req_");
            assertThat(result.at("/response/status_code").asInt()).isEqualTo(200);
            assertThat(result.at("/response/body/choices/0/message/content").asString())
                    .isEqualTo("re: " + result.path("custom_id").asString());
            assertThat(result.path("error").isNull()).isTrue();
            assertThat(result.at("/paddock/ignored/0").asString()).isEqualTo("odd");
        }
        var failed = bench.content(batch.path("error_file_id")).getFirst();
        assertThat(failed.path("custom_id").asString()).isEqualTo("r2");
        assertThat(failed.at("/response/status_code").asInt()).isEqualTo(400);
        assertThat(failed.at("/response/body/error/code").asString()).isEqualTo("context_length_exceeded");
        assertThat(bench.inference.askers)
                .allSatisfy(asker -> assertThat(asker.priority()).isEqualTo(Identity.LEAST_PRIORITY));
    }

    @Test
    void aFullQueueIsWaitedFor() throws Exception {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        bench.inference.each(asked -> tries.merge(BatchBench.question(asked), 1, Integer::sum) == 1
                ? new ScriptedInference().fail(new BusyException(Fault.QUEUE_FULL, "7 wait", Duration.ofMillis(1), 8))
                : saying("ok"));
        JsonNode batch = bench.await(bench.batch(BatchBench.lines(2)), "completed");
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":2,\"completed\":2,\"failed\":0}");
        assertThat(tries.values()).containsOnly(2);
        assertThat(batch.path("error_file_id").isNull()).isTrue();
    }

    @Test
    void afterARestartOnlyTheRestIsAnswered() throws Exception {
        var held = new ScriptedInference();
        bench.inference.each(asked -> BatchBench.question(asked).equals("r3") ? held : saying("first run"));
        String id = bench.batch(BatchBench.lines(6));
        while (bench.get("/v1/batches/" + id).at("/request_counts/completed").asInt() < 5) Thread.onSpinWait();
        bench.stop();
        assertThat(held.closed.getCount()).isZero();

        int before = bench.inference.asked.size();
        bench.inference.each(_ -> saying("second run"));
        bench.start();
        JsonNode batch = bench.await(id, "completed");
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":6,\"completed\":6,\"failed\":0}");
        assertThat(bench.inference.asked.subList(before, bench.inference.asked.size()))
                .extracting(BatchBench::question)
                .containsExactly("r3");
        assertThat(ids(bench.content(batch.path("output_file_id"))))
                .containsExactly("r1", "r2", "r3", "r4", "r5", "r6");
    }

    @Test
    void aBatchThatRunsIsCancelledWithWhatItHas() throws Exception {
        var held = new ScriptedInference();
        bench.inference.each(asked -> BatchBench.question(asked).equals("r1") ? saying("ok") : held);
        String id = bench.batch(BatchBench.lines(5));
        while (bench.get("/v1/batches/" + id).at("/request_counts/completed").asInt() < 1) Thread.onSpinWait();
        var answer = bench.send("POST", "/v1/batches/" + id + "/cancel", "");
        assertThat(answer.body()).contains("\"status\":\"cancelling\"");
        JsonNode batch = bench.await(id, "cancelled");
        assertThat(ids(bench.content(batch.path("output_file_id")))).containsExactly("r1");
        assertThat(bench.content(batch.path("error_file_id"))).hasSize(4).allSatisfy(line -> {
            assertThat(line.path("response").isNull()).isTrue();
            assertThat(line.at("/error/code").asString()).isEqualTo("batch_cancelled");
        });
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":5,\"completed\":1,\"failed\":0}");
        assertThat(bench.send("POST", "/v1/batches/" + id + "/cancel", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void oneThatWaitsIsCancelledAtOnce() throws Exception {
        var entered = new CountDownLatch(1);
        bench.inference.each(_ -> {
            entered.countDown();
            return new ScriptedInference();
        });
        bench.batch(BatchBench.lines(1));
        entered.await();
        String second = bench.batch(BatchBench.lines(1));
        assertThat(bench.send("POST", "/v1/batches/" + second + "/cancel", "").body())
                .contains("\"status\":\"cancelled\"");
    }

    @Test
    void whenTheTimeIsOverTheRestIsGivenUp() throws Exception {
        bench.inference.each(asked -> {
            bench.now.updateAndGet(now -> now.plus(Duration.ofHours(25)));
            return saying("late");
        });
        JsonNode batch = bench.await(bench.batch(BatchBench.lines(8)), "expired");
        int answered = bench.content(batch.path("output_file_id")).size();
        assertThat(answered).isBetween(1, 3);
        assertThat(bench.content(batch.path("error_file_id")))
                .hasSize(8 - answered)
                .allSatisfy(
                        line -> assertThat(line.at("/error/code").asString()).isEqualTo("batch_expired"));
    }

    @Test
    void aFileThatIsNoBatchFailsAsAWholeByItsLines() throws Exception {
        String bad = BatchBench.line("a", "x") + "{\n" + BatchBench.line("a", "x")
                + BatchBench.line("b", "x").replace("/v1/chat", "/v1/other")
                + BatchBench.line("c", "x").replace("POST", "GET")
                + BatchBench.line("d", "y".repeat(2000));
        JsonNode batch = bench.await(bench.batch(bad), "failed");
        List<String> errors = new ArrayList<>();
        for (JsonNode error : batch.at("/errors/data"))
            errors.add(error.path("line").asInt() + " " + error.path("code").asString());
        assertThat(errors)
                .containsExactly(
                        "2 invalid_json_line",
                        "3 duplicate_custom_id",
                        "4 mismatched_endpoint",
                        "5 invalid_method",
                        "6 line_too_long");
        assertThat(bench.inference.asked).isEmpty();
        assertThat(bench.await(bench.batch("\n \n"), "failed")
                        .at("/errors/data/0/code")
                        .asString())
                .isEqualTo("empty_file");
        assertThat(bench.await(bench.batch(BatchBench.lines(21)), "failed")
                        .at("/errors/data/0/code")
                        .asString())
                .isEqualTo("too_many_tasks");
    }

    @Test
    void aRequestForABatchIsReadStrictly() throws Exception {
        String file = bench.upload(BatchBench.lines(1));
        String good = "\"input_file_id\":\"" + file
                + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"";
        for (String bad : List.of(
                good.replace(file, "file-nothing"),
                good.replace("/v1/chat/completions", "/v1/models"),
                good.replace("24h", "soon"),
                good.replace("24h", "7200h"),
                good + ",\"metadata\":{\"a\":1}",
                good + ",\"output_expires_after\":{\"seconds\":1}")) {
            var answer = bench.send("POST", "/v1/batches", "{" + bad + "}");
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(answer.body()).contains("invalid_request_error");
        }
        assertThat(bench.get("/v1/batches").path("data")).isEmpty();
        assertThat(bench.send("GET", "/v1/batches/batch_0", "").statusCode()).isEqualTo(404);
    }

    @Test
    void batchesAreListedInPagesAndForgottenInTheEnd() throws Exception {
        bench.inference.each(_ -> saying("ok"));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            bench.now.updateAndGet(now -> now.plusMillis(5));
            ids.add(bench.batch(BatchBench.lines(1)));
            bench.await(ids.getLast(), "completed");
        }
        JsonNode first = bench.get("/v1/batches?limit=2");
        assertThat(first.path("data")).extracting(b -> b.path("id").asString()).containsExactly(ids.get(2), ids.get(1));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        JsonNode rest =
                bench.get("/v1/batches?limit=2&after=" + first.path("last_id").asString());
        assertThat(rest.path("data")).extracting(b -> b.path("id").asString()).containsExactly(ids.get(0));
        assertThat(rest.path("has_more").asBoolean()).isFalse();

        bench.stop();
        bench.now.updateAndGet(now -> now.plus(Duration.ofHours(49)));
        bench.start();
        while (!bench.get("/v1/batches").path("data").isEmpty()) Thread.onSpinWait();
        while (!bench.get("/v1/files").path("data").isEmpty()) Thread.onSpinWait();
    }
}
