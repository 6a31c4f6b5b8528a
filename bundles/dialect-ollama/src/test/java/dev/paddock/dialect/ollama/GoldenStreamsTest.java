package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.NdjsonReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams to the byte, but for the time at which each line was made; each is read by the strictest of clients too. */
@Timeout(30)
class GoldenStreamsTest {
    private static final String TIME =
            "\"created_at\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,8}[1-9])?Z\"";
    private static final String GENERATE = "{\"model\":\"tiny\",\"prompt\":\"x\"}";
    private static final String CHAT = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    private static final String METRICS =
            "\"total_duration\":6000000,\"load_duration\":1000000,\"prompt_eval_count\":7,"
                    + "\"prompt_eval_duration\":2000000,\"eval_count\":5,\"eval_duration\":3000000,\"cached_tokens\":3";

    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    private String stream(String path, String body) throws Exception {
        var response = ollama.server.open("POST", path, body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/x-ndjson");
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        try (InputStream in = response.body()) {
            byte[] bytes = in.readAllBytes();
            NdjsonReader.read(bytes);
            return new String(bytes, StandardCharsets.UTF_8).replaceAll(TIME, "\"created_at\":\"T\"");
        }
    }

    @Test
    void aCompletion() throws Exception {
        ollama.inference
                .piece(new OutputPiece.Thinking("h\"m\\"))
                .say("<b>&\u2028", "é\n\t", "\u0001😀")
                .likely(new Logprob(9, "a".getBytes(StandardCharsets.UTF_8), -0.5f, List.of()))
                .say("a")
                .end(StopReason.LENGTH);
        assertThat(stream("/api/generate", GENERATE)).isEqualTo("""
                {"model":"tiny","created_at":"T","response":"","thinking":"h\\"m\\\\","done":false}
                {"model":"tiny","created_at":"T","response":"\\u003cb\\u003e\\u0026\\u2028","done":false}
                {"model":"tiny","created_at":"T","response":"é\\n\\t","done":false}
                {"model":"tiny","created_at":"T","response":"\\u0001😀","done":false}
                {"model":"tiny","created_at":"T","response":"a","done":false,"logprobs":[{"token":"a","logprob":-0.5,"bytes":[97]}]}
                {"model":"tiny","created_at":"T","response":"","done":true,"done_reason":"length","context":[1,2,3],%s}
                """.formatted(METRICS));
    }

    @Test
    void aConversation() throws Exception {
        ollama.inference
                .piece(new OutputPiece.Thinking("hm"))
                .say("ok")
                .call(0, new ToolCall("call_1", "f", Map.of("a", List.of(1, "x"))), "{\"a\":[1,", "\"x\"]}")
                .end(StopReason.STOP);
        String head = "{\"model\":\"tiny\",\"created_at\":\"T\",\"message\":{\"role\":\"assistant\",\"content\":";
        assertThat(stream("/api/chat", CHAT))
                .isEqualTo("""
                "","thinking":"hm"},"done":false}
                "ok"},"done":false}
                "","tool_calls":[{"id":"call_1","function":{"index":0,"name":"f","arguments":{"a":[1,"x"]}}}]},"done":false}
                ""},"done":true,"done_reason":"stop",%s}
                """.formatted(METRICS).replaceAll("(?m)^(?=.)", head.replace("\\", "\\\\")));
    }

    @Test
    void anErrorInTheMiddleIsTheLastLine() throws Exception {
        for (String path : List.of("/api/generate", "/api/chat")) {
            ollama.inference.say("a").fail(Fault.RUNNER_DIED, "the runner \"died\" <1>");
            assertThat(stream(path, path.endsWith("chat") ? CHAT : GENERATE))
                    .endsWith("\"done\":false}\n{\"error\":\"the runner \\\"died\\\" \\u003c1\\u003e\"}\n");
        }
    }

    @Test
    void aSilentStreamHasBlanksBeforeItsLines() throws Exception {
        ollama.server.pinging(Duration.ofMillis(20));
        var response = ollama.server.open("POST", "/api/generate", GENERATE);
        try (InputStream in = response.body()) {
            assertThat(in.readNBytes(2)).isEqualTo("  ".getBytes(StandardCharsets.US_ASCII));
            ollama.inference.say("a").end(StopReason.STOP);
            assertThat(NdjsonReader.read(in.readAllBytes()))
                    .extracting(line -> line.get("done"))
                    .containsExactly(false, true);
        }
    }

    @Test
    void eachLineIsThereWhenItIsSaid() throws Exception {
        var response = ollama.server.open("POST", "/api/generate", GENERATE);
        try (InputStream in = response.body()) {
            for (String word : List.of("one", "two", "three")) {
                ollama.inference.say(word);
                assertThat(line(in)).contains("\"response\":\"" + word + "\"").endsWith("\"done\":false}");
            }
            ollama.inference.end(StopReason.STOP);
            assertThat(line(in)).contains("\"done\":true");
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static String line(InputStream in) throws Exception {
        var line = new java.io.ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new AssertionError("the stream ended after: " + line);
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Test
    void stepsOfTasks() throws Exception {
        String hex = ScriptedTransfer.LAYER.hex();
        String figures = "{\"status\":\"%s " + hex.substring(0, 12) + "\",\"digest\":\"sha256:" + hex
                + "\",\"total\":1,\"completed\":1}\n{\"status\":\"success\"}\n";
        String model = "{\"model\":\"tiny\"}";
        assertThat(stream("/api/pull", model))
                .isEqualTo("{\"status\":\"pulling manifest\"}\n" + figures.formatted("pulling"));
        assertThat(stream("/api/push", model))
                .isEqualTo("{\"status\":\"retrieving manifest\"}\n" + figures.formatted("pushing"));
        String create = "{\"model\":\"new\",\"from\":\"tiny\"}";
        assertThat(stream("/api/create", create))
                .isEqualTo("{\"status\":\"parsing GGUF\"}\n{\"status\":\"success\"}\n");
        var failure = new PaddockException(Fault.STORE_FAILED, "no \"room\"");
        ollama.store.failure = failure;
        ollama.transfer.failure = failure;
        String error = "{\"error\":\"no \\\"room\\\"\"}\n";
        assertThat(stream("/api/create", create)).isEqualTo("{\"status\":\"parsing GGUF\"}\n" + error);
        assertThat(stream("/api/pull", model)).isEqualTo("{\"status\":\"pulling manifest\"}\n" + error);
        assertThat(stream("/api/push", model)).isEqualTo("{\"status\":\"retrieving manifest\"}\n" + error);
    }
}
