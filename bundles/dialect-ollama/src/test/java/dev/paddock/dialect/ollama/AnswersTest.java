package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.AdapterChoice;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.model.Option;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.security.Asker;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() throws Exception {
        ollama.close();
    }

    @Test
    void aStreamedCompletionJoinsToTheWholeAndEndsWithMetrics() throws Exception {
        ollama.inference.say("Hi ", "😀", "!").end(StopReason.STOP);
        var response = ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\"}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        var lines = OllamaFixture.lines(response);
        assertThat(lines).extracting(l -> l.get("response")).containsExactly("Hi ", "😀", "!", "");
        assertThat(lines).extracting(l -> l.get("done")).containsExactly(false, false, false, true);
        assertThat(lines.getLast())
                .containsEntry("done_reason", "stop")
                .containsEntry("prompt_eval_count", 7)
                .containsEntry("eval_count", 5)
                .containsEntry("context", List.of(1, 2, 3))
                .containsKeys("total_duration", "load_duration", "prompt_eval_duration", "eval_duration");
        assertThat(lines.getFirst().keySet()).containsExactly("model", "created_at", "response", "done");
    }

    @Test
    void aWholeCompletionIsOneObject() throws Exception {
        ollama.inference.piece(new OutputPiece.Thinking("hm")).say("a", "😀").end(StopReason.LENGTH);
        var response = ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\",\"stream\":false}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(OllamaFixture.json(response.body()))
                .containsEntry("response", "a😀")
                .containsEntry("thinking", "hm")
                .containsEntry("done_reason", "length")
                .containsEntry("done", true);
    }

    @Test
    void logprobsComeWithTheNextTextOrAtTheEnd() throws Exception {
        var logprob = new Logprob(1, new byte[] {(byte) 0xc3}, -0.5f, List.of());
        ollama.inference
                .likely(logprob)
                .likely(logprob)
                .say("é")
                .likely(logprob)
                .end(StopReason.STOP);
        var body = "{\"model\":\"tiny\",\"prompt\":\"x\",\"logprobs\":true,\"format\":\"json\",\"shift\":true}";
        var lines = OllamaFixture.lines(ollama.post("/api/generate", body));
        assertThat(lines.get(0).get("logprobs").toString())
                .isEqualTo("[{token=\ufffd, logprob=-0.5, bytes=[195]}, {token=\ufffd, logprob=-0.5, bytes=[195]}]");
        assertThat(lines.get(1)).containsKey("logprobs").containsEntry("cached_tokens", 3);
        var form = ((CompletionRequest) ollama.inference.asked.getFirst()).form();
        assertThat(form)
                .isEqualTo(new AnswerForm(
                        Optional.of(new AnswerFormat.JsonObject()), 0, Optional.of(ContextPolicy.SHIFT)));
    }

    @Test
    void adaptersReachTheInferenceFromBothRoutes() throws Exception {
        String adapters = ",\"adapters\":[{\"model\":\"polite:local\",\"scale\":-0.5},{\"model\":\"terse\"}]}";
        ollama.inference.end(StopReason.STOP).end(StopReason.STOP);
        ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\"" + adapters);
        ollama.post("/api/chat", "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]" + adapters);
        var chosen = Optional.of(List.of(new AdapterChoice("polite", -0.5), new AdapterChoice("terse", 1)));
        assertThat(((CompletionRequest) ollama.inference.asked.get(0)).form().adapters())
                .isEqualTo(chosen);
        assertThat(((ChatRequest) ollama.inference.asked.get(1)).form().adapters())
                .isEqualTo(chosen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"polite\"", "[\"polite\"]", "[{}]", "[{\"model\":\"polite\",\"scale\":11}]"})
    void adaptersThatAreNoneAreRefusedByTheirField(String adapters) throws Exception {
        var refused =
                ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\",\"adapters\":" + adapters + "}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("adapters");
        assertThat(ollama.inference.asked).isEmpty();
    }

    @Test
    void droppedMessagesAreInAHeaderAndInTheLastWord() throws Exception {
        ollama.inference.dropped(4);
        String chat = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"truncate\":true";
        String generate = "{\"model\":\"tiny\",\"prompt\":\"x\",\"truncate\":true";
        for (boolean stream : new boolean[] {true, false}) {
            for (var path : List.of("/api/chat", "/api/generate")) {
                ollama.inference.say("a").end(StopReason.STOP);
                var response =
                        ollama.post(path, (path.equals("/api/chat") ? chat : generate) + ",\"stream\":" + stream + "}");
                assertThat(response.headers().firstValue("X-Paddock-Dropped-Messages"))
                        .contains("4");
                var lines = OllamaFixture.lines(response);
                assertThat(lines).hasSize(stream ? 2 : 1);
                assertThat(lines.getLast()).containsEntry("dropped_messages", 4).containsEntry("done", true);
            }
        }
        ollama.inference.dropped(0).say("a").end(StopReason.STOP);
        var none = ollama.post("/api/chat", chat + "}");
        assertThat(none.headers().firstValue("X-Paddock-Dropped-Messages")).isEmpty();
        assertThat(none.body()).doesNotContain("dropped");
    }

    @Test
    void rawCompletionsGiveNoContextAndAllowNoTemplate() throws Exception {
        ollama.inference.end(StopReason.STOP);
        var response = ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\",\"raw\":true}");
        assertThat(OllamaFixture.lines(response).getLast()).doesNotContainKey("context");
        var refused =
                ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\",\"raw\":true,\"system\":\"s\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("raw mode does not support template, system, or context");
    }

    @Test
    void aChatRequestReachesTheInferenceWhole() throws Exception {
        ollama.inference.end(StopReason.STOP);
        var response = ollama.post("/api/chat", CHAT);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).contains("strange, options.main_gpu");
        ChatRequest asked = (ChatRequest) ollama.inference.asked.getFirst();
        assertThat(asked.model()).isEqualTo("tiny");
        assertThat(asked.think()).isEqualTo(Think.HIGH);
        assertThat(asked.keepAlive()).contains(new KeepAlive(Duration.ofMinutes(5)));
        assertThat(asked.options().values()).containsEntry(Option.NUM_CTX, 512L);
        assertThat(asked.messages()).extracting(m -> m.role()).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(asked.messages().get(1).toolCalls().getFirst().arguments().keySet())
                .containsExactly("z", "a");
        assertThat(asked.messages().get(2).toolName()).isEqualTo("f");
        assertThat(asked.tools().getFirst().name()).isEqualTo("f");
        assertThat(asked.tools().getFirst().definition().toString()).contains("additionalProperties=false");
    }

    @Test
    void anErrorAfterTheFirstPieceIsTheLastLine() throws Exception {
        ollama.inference.say("a").fail(Fault.RUNNER_DIED, "the runner died");
        var response = ollama.post("/api/chat", CHAT);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(OllamaFixture.lines(response).getLast()).isEqualTo(Map.of("error", "the runner died"));
    }

    @Test
    void aFullQueueSpeaksInTheWordsThatClientsLookFor() throws Exception {
        ollama.inference.fail(new BusyException(Fault.QUEUE_FULL, "7 wait", Duration.ofSeconds(4), 8));
        var response = ollama.post("/api/chat", CHAT);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(OllamaFixture.json(response.body()))
                .isEqualTo(Map.of("error", "server busy, please try again.  maximum pending requests exceeded"));
        assertThat(response.headers().firstValue("Retry-After")).contains("4");
        assertThat(response.headers().firstValue("X-Queue-Position")).contains("8");
    }

    @Test
    void aWishForPriorityIsHeardOnEveryRoute() throws Exception {
        ollama.inference.say("a").end(StopReason.STOP);
        ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\",\"priority\":7}");
        ollama.post("/api/generate", "{\"model\":\"tiny\",\"priority\":-10}");
        ollama.post("/api/embed", "{\"model\":\"tiny\",\"priority\":3}");
        ollama.post("/api/chat", "{\"model\":\"tiny\"}");
        assertThat(ollama.inference.askers).extracting(Asker::priority).containsExactly(7, -10, 3, 0);
        assertThat(ollama.inference.askers).extracting(Asker::request).containsOnly("test");
    }

    @Test
    void aPriorityBeyondTheScaleIsRefused() throws Exception {
        for (String priority : List.of("11", "-11", "1.5", "\"high\"")) {
            var response = ollama.post("/api/chat", "{\"model\":\"tiny\",\"priority\":" + priority + "}");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("priority");
        }
    }

    @Test
    void anErrorBeforeTheFirstPieceHasItsStatus() throws Exception {
        ollama.inference.fail(Fault.LOAD_FAILED, "no");
        var response = ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\"}");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"error\":\"no\"}");
    }

    @Test
    void anEmptyPromptLoadsOrUnloads() throws Exception {
        var loaded = ollama.post(
                "/api/generate", "{\"model\":\"tiny\",\"keep_alive\":\"1.5h\",\"options\":{\"num_ctx\":9}}");
        assertThat(OllamaFixture.json(loaded.body()))
                .containsEntry("response", "")
                .containsEntry("done", true)
                .containsEntry("done_reason", "load");
        var unloaded = ollama.post("/api/chat", "{\"model\":\"tiny\",\"keep_alive\":0}");
        assertThat(OllamaFixture.json(unloaded.body()))
                .containsEntry("done_reason", "unload")
                .containsEntry("message", Map.of("role", "assistant", "content", ""));
        assertThat(ollama.inference.asked).hasSize(2);
        assertThat(ollama.inference.asked.get(1)).hasToString("Unload[model=tiny]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "\"5s\"", "-1", "\"-1s\"", "null", "0.5"})
    void keepAliveHasManyForms(String value) throws Exception {
        assertThat(ollama.post("/api/generate", "{\"model\":\"tiny\",\"keep_alive\":" + value + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"keep_alive\":\"300\"",
                "\"keep_alive\":true",
                "\"think\":\"very\"",
                "\"think\":\"true\"",
                "\"think\":1",
                "\"options\":{\"num_ctx\":\"many\"}",
                "\"options\":5",
                "\"stream\":\"yes\"",
                "\"prompt\":5",
                "\"context\":[1,-2]",
                "\"format\":\"yaml\"",
                "\"format\":\"json\",\"grammar\":\"root ::= \\\"a\\\"\"",
                "\"format\":[1]",
                "\"format\":{},\"grammar\":\"root ::= \\\"a\\\"\"",
                "\"think_budget\":1.5",
                "\"suffix\":\"x\",\"raw\":true",
                "\"template\":\"x\",\"raw\":true",
                "\"suffix\":5",
                "\"images\":[\"aGk=\"]",
                "\"logprobs\":1",
                "\"top_logprobs\":3",
                "\"logprobs\":true,\"top_logprobs\":21",
                "\"truncate\":\"yes\"",
                "\"_debug_render_only\":true"
            })
    void whatCannotBeHonouredIsRefusedByName(String field) throws Exception {
        var response = ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\"," + field + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OllamaFixture.json(response.body()).get("error")).asString().isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"king\"}",
                "{\"role\":\"user\",\"content\":[]}",
                "{\"role\":\"user\",\"images\":[\"x\"]}",
                "5",
                "{\"role\":\"assistant\",\"tool_calls\":[{}]}",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
            })
    void badMessagesAreRefusedByName(String message) throws Exception {
        var response = ollama.post("/api/chat", "{\"model\":\"tiny\",\"messages\":[" + message + "]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("messages");
    }

    @Test
    void defaultsOfFieldsThatAreNotSupportedAreFine() throws Exception {
        ollama.inference.end(StopReason.STOP);
        var body = "{\"model\":\"tiny:local\",\"prompt\":\"x\",\"suffix\":\"\",\"format\":\"\",\"images\":[],"
                + "\"logprobs\":false,\"top_logprobs\":0,\"truncate\":false,\"shift\":false,\"template\":\"\"}";
        var response = ollama.post("/api/generate", body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).isEmpty();
        assertThat(((CompletionRequest) ollama.inference.asked.getFirst()).model())
                .isEqualTo("tiny");
    }

    @Test
    void aGapAndATemplateOfItsOwnReachTheModel() throws Exception {
        ollama.inference.end(StopReason.STOP);
        var body = "{\"model\":\"tiny\",\"prompt\":\"a\",\"suffix\":\"b\",\"template\":\"{{ .Prompt }}\"}";
        assertThat(ollama.post("/api/generate", body).statusCode()).isEqualTo(200);
        var asked = (CompletionRequest) ollama.inference.asked.getFirst();
        assertThat(asked.suffix()).isEqualTo("b");
        assertThat(asked.template()).contains("{{ .Prompt }}");
    }

    @Test
    void aClientThatIsGoneStopsAWholeAnswerToo() throws Exception {
        CompletableFuture<HttpResponse<String>> response = CompletableFuture.supplyAsync(() -> {
            try {
                return ollama.post("/api/generate", "{\"model\":\"tiny\",\"prompt\":\"x\",\"stream\":false}");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(ollama.inference.opened.await(5, TimeUnit.SECONDS)).isTrue();
        ollama.server.hangUp();
        assertThat(ollama.inference.closed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(response.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(499);
    }

    private static final String CHAT = """
            {"model":" tiny ","think":"high","keep_alive":"5m","strange":1,
             "options":{"num_ctx":512,"main_gpu":0},
             "messages":[{"role":"user","content":"hi"},
              {"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"z":1,"a":2}}}]},
              {"role":"Tool","content":"3","tool_name":"f"}],
             "tools":[{"type":"function","function":{"name":"f","description":"d",
               "parameters":{"type":"object","additionalProperties":false}}}]}
            """;
}
