package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.paddock.cli.http.Json;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    private static final String CHAT = "POST /v1/chat/completions";
    private static final String PIECE = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n";
    private static final String END =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}}\n\n" + "data: [DONE]\n\n";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Stage.Outcome url(String... options) {
        String[] words = {"bench", "url", "http://" + stage.address().authority(), "--model", "m"};
        String[] all = java.util.Arrays.copyOf(words, words.length + options.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        return stage.run(all);
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void answer(HttpExchange exchange, int promptTokens, int pieces) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < pieces; i++) write(exchange, PIECE);
        write(exchange, END.formatted(promptTokens, pieces));
    }

    private String prompt() {
        return prompt(stage.requests.getLast());
    }

    private static String prompt(String request) {
        Map<String, Object> body =
                Json.object(request.substring(request.indexOf('{')).getBytes());
        return Json.text(Json.maps(body, "messages").getFirst(), "content");
    }

    @Test
    void allClientsAskAtOnceAndEachSomethingElse() {
        CyclicBarrier all = new CyclicBarrier(4);
        AtomicInteger asked = new AtomicInteger();
        stage.on(CHAT, exchange -> {
            // Three to warm up, two for the prefix; then two turns of four.
            if (asked.incrementAndGet() > 3 + 4) await(all);
            answer(exchange, 20, 4);
        });
        var done = url("--clients", "4", "--runs", "2", "--json", "--predict", "4");
        assertThat(done.code()).as(done.err()).isZero();
        Map<String, Object> json = Json.object(done.out().getBytes(StandardCharsets.UTF_8));
        Map<String, Object> level = Json.maps(json, "levels").getFirst();
        assertThat(Json.number(level, "clients")).isEqualTo(4);
        assertThat(Json.number(level, "requests")).isEqualTo(8);
        assertThat(Json.map(level, "failures")).isEmpty();
        assertThat(Json.map(level, "http").get("total_tps")).isInstanceOf(Double.class);
        assertThat(Json.map(level, "raw").get("decode_tps")).isNull();
        List<String> last = stage.requests.subList(7, 15);
        assertThat(last.stream().map(BenchCommandTest::prompt).distinct()).hasSize(8);
        assertThat(last.getFirst())
                .contains("\"max_tokens\":4", "\"stream\":true", "\"include_usage\":true", "\"temperature\":0")
                .doesNotContain("ignore_eos");
        assertThat(done.err()).contains("4 clients, run 2 of 2: http");
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException("they did not come together", e);
        }
    }

    @Test
    void whatTheServerTakesIsSeenAndSoIsItsCache() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        stage.on(CHAT, exchange -> {
            if (seen.add(prompt())) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(120));
            answer(exchange, 20, 3);
        });
        var done = url("--clients", "1", "--runs", "1", "--json");
        assertThat(done.code()).as(done.err()).isZero();
        Map<String, Object> json = Json.object(done.out().getBytes(StandardCharsets.UTF_8));
        Map<String, Object> level = Json.maps(json, "levels").getFirst();
        assertThat((double) Json.map(level, "ttft_ms").get("p50")).isGreaterThanOrEqualTo(120);
        Map<String, Object> prefix = Json.map(json, "cached_prefix");
        assertThat((double) prefix.get("cold_ms")).isGreaterThanOrEqualTo(120);
        assertThat((double) prefix.get("ratio")).isLessThan(1);
    }

    @Test
    void promptsAreAsLongAsTheServerCounts() {
        stage.on(CHAT, exchange -> answer(exchange, 2 * prompt().split(" ", -1).length + 10, 3));
        var done = url("--clients", "1", "--runs", "1", "--prompt-tokens", "210");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(prompt().split(" ", -1)).hasSize(100);
        assertThat(done.out())
                .contains("prompts of 210 tokens", "CLIENTS    PP", "TTFT P50", "cached prefix: TTFT cold");
    }

    @Test
    void refusalsAndCutStreamsAreCountedAndShown() {
        AtomicInteger asked = new AtomicInteger();
        stage.on(CHAT, exchange -> {
            int number = asked.incrementAndGet();
            if (number == 6) {
                byte[] full = "{\"error\":{\"message\":\"the queue is full\"}}".getBytes();
                exchange.sendResponseHeaders(503, full.length);
                exchange.getResponseBody().write(full);
            } else if (number == 7) {
                exchange.sendResponseHeaders(200, 0);
                write(exchange, PIECE);
            } else if (number == 8) {
                exchange.sendResponseHeaders(200, 0);
                write(exchange, PIECE + "data: {\"error\":{\"message\":\"the runner died\"}}\n\n");
            } else {
                answer(exchange, 20, 3);
            }
        });
        var done = url("--clients", "4", "--runs", "1");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("4 clients: 1 refused: HTTP 503: the queue is full")
                .contains("4 clients: 1 cut: the stream ended without [DONE]")
                .contains("4 clients: 1 failed: the runner died")
                .containsPattern("4 +[0-9.]+ +.* 4 +3\n");
    }

    @Test
    void aServerOfWhichNothingComesIsAnError() {
        AtomicInteger asked = new AtomicInteger();
        stage.on(CHAT, exchange -> {
            if (asked.incrementAndGet() <= 5) answer(exchange, 20, 3);
            else exchange.sendResponseHeaders(429, -1);
        });
        var done = url("--clients", "2", "--runs", "1");
        assertThat(done.code()).isEqualTo(1);
        assertThat(done.out()).contains("2 refused: HTTP 429: no reason given");
    }

    @Test
    void whatIsWrongFromTheBeginningIsOneSentence() {
        stage.on(CHAT, 404, "{\"error\":{\"message\":\"model 'm' not found\"}}");
        stage.on("GET /v1/models", 200, "{\"data\":[{\"id\":\"starter\"}]}");
        assertThat(url().err()).contains("Error: HTTP 404: model 'm' not found", "its models: starter");
        stage.on(CHAT, 200, "<html>Welcome</html>");
        assertThat(url().err()).contains("no event of the OpenAI API: <html>");
        assertThat(url("--clients", "0").code()).isEqualTo(2);
        assertThat(url("--predict", "1").err()).contains("--predict must be from 2");
        assertThat(url("--api", "soap").code()).isEqualTo(2);
        assertThat(stage.run("bench", "url", "http://127.0.0.1:1", "--model", "m")
                        .err())
                .contains("no server answers on 127.0.0.1:1");
    }

    @Test
    void theKeyIsSentAndTheOtherRouteIsAsked() {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        stage.on("POST /v1/completions", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, 20, 3);
        });
        var done = url("--api", "completions", "--api-key", "sk-1", "--clients", "1", "--runs", "1", "--ignore-eos");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(keys).containsExactly("Bearer sk-1");
        assertThat(stage.requests.getLast()).contains("\"prompt\":\"", "\"ignore_eos\":true");
        assertThat(url("--api-key", "a\r\nX: y").code()).isEqualTo(2);
    }

    @Test
    void aModelIsMeasuredThroughHttpAlone() {
        stage.on("POST /api/show", 200, "{\"modelfile\":\"FROM /no/such.gguf\\n\"}");
        stage.on(CHAT, exchange -> answer(exchange, 20, 3));
        var done = stage.run("bench", "model", "m", "--no-raw", "--clients", "1", "--runs", "1");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).doesNotContain("RAW");
        var raw = stage.run("bench", "model", "m", "--clients", "1", "--runs", "1");
        assertThat(raw.code()).isEqualTo(1);
        assertThat(raw.err()).contains("/no/such.gguf are not on this machine", "--no-raw");
        stage.on("POST /api/show", 404, "{\"error\":\"model 'm' not found\"}");
        assertThat(stage.run("bench", "model", "m").err()).isEqualTo("Error: model 'm' not found\n");
    }

    @Test
    void aModelOfRandomWeightsIsMade() throws IOException {
        Path file = home.resolve("tiny.gguf");
        var make = stage.run("bench", "make", "--size", "0.1b", "--quant", "Q4_0", file.toString());
        assertThat(make.code()).as(make.err()).isZero();
        assertThat(GgufFile.read(file).architecture()).isEqualTo("llama");
        assertThat(make.out()).contains("paddock create tiny", "FROM " + file, "paddock bench model tiny");
        byte[] before = Files.readAllBytes(file);
        var again = stage.run("bench", "make", "--size", "0.1b", "--seed", "2", file.toString());
        assertThat(again.err()).contains("is there already");
        assertThat(file).hasBinaryContent(before);
        assertThat(stage.run("bench", "make", "--size", "0.1b", "--seed", "2", "--force", file.toString())
                        .code())
                .isZero();
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
        assertThat(home).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    @Test
    void whatCannotBeMadeIsSaidBeforeAnythingIsWritten() {
        String file = home.resolve("x.gguf").toString();
        assertThat(stage.run("bench", "make", "--size", "7b", file).code()).isEqualTo(2);
        assertThat(stage.run("bench", "make", "--quant", "q4_k_m", "--size", "0.1b", file)
                        .err())
                .contains("paddock run starter Hi");
        assertThat(stage.run("bench", "make", home.resolve("none/x.gguf").toString())
                        .err())
                .contains("is no directory");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void helpExplainsEachPart() {
        assertThat(stage.run("bench").out()).contains("model", "url", "make");
        assertThat(stage.run("bench", "make", "--help").out()).contains("--quant");
        assertThat(stage.run("bench", "url", "--help").out()).contains("--clients", "1,4,8,16");
        assertThat(stage.run("--help").out()).contains("bench");
    }
}
