package dev.paddock.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.model.Option;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.SseReader;
import dev.paddock.dialect.kit.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CompletionsTest {
    private final ScriptedInference inference = new ScriptedInference();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        var api = new OpenAiApi(inference, new OneModelStore(), new QuickSettings());
        server = new TestServer().with(api, OpenAiApi.COMPLETIONS).start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Map<String, Object> complete(String fields) throws Exception {
        return Json.parseObject(send(fields).body()).orElseThrow();
    }

    private HttpResponse<String> send(String fields) throws Exception {
        return server.send("POST", OpenAiApi.COMPLETIONS, "{\"model\":\"tiny\"," + fields + "}");
    }

    /** Says what it was given. */
    private void repeating() {
        inference.each(asked -> {
            var request = (CompletionRequest) asked;
            String seed =
                    request.options().values().getOrDefault(Option.SEED, "").toString();
            return new ScriptedInference()
                    .say(request.prompt() + request.context() + seed)
                    .end(StopReason.STOP);
        });
    }

    @Test
    void aPromptGoesToTheModelAsItIs() throws Exception {
        inference.say("four").end(StopReason.STOP);
        var answer = complete(
                "\"prompt\":\"<|im_start|>two\",\"max_tokens\":9,\"stop\":[\"x\",\"y\"],\"seed\":3,\"user\":\"u\"");
        assertThat(answer).containsEntry("object", "text_completion").containsEntry("id", "cmpl-test");
        assertThat(answer.get("choices")).hasToString("[{text=four, index=0, logprobs=null, finish_reason=stop}]");
        assertThat(answer.get("usage"))
                .hasToString("{prompt_tokens=7, completion_tokens=5, total_tokens=12,"
                        + " prompt_tokens_details={cached_tokens=3}}");
        var asked = (CompletionRequest) inference.asked.getFirst();
        assertThat(asked.raw()).isTrue();
        assertThat(asked.prompt()).isEqualTo("<|im_start|>two");
        assertThat(asked.options().values())
                .containsEntry(Option.NUM_PREDICT, 9L)
                .containsEntry(Option.SEED, 3L)
                .containsEntry(Option.STOP, List.of("x", "y"));
        inference.say("a").end(StopReason.STOP);
        complete("\"prompt\":\"two\"");
        assertThat(((CompletionRequest) inference.asked.getLast()).options().values())
                .as("no limit of 16 tokens that nobody asked for")
                .doesNotContainKey(Option.NUM_PREDICT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "a"             | a[]
            ["a","b"]       | a[], b[]
            [1,2]           | [1, 2]
            [[1,2],[3]]     | [1, 2], [3]
            ["a",[3,4]]     | a[], [3, 4]
            """)
    void promptsComeInManyForms(String prompt, String texts) throws Exception {
        repeating();
        var choices = (List<?>) complete("\"prompt\":" + prompt).get("choices");
        assertThat(choices.stream().map(c -> (String) ((Map<?, ?>) c).get("text")))
                .containsExactly(texts.replace("], ", "]; ").split("; "));
    }

    @Test
    void eachPromptHasItsAnswersBesideEachOther() throws Exception {
        repeating();
        var answer = complete("\"prompt\":[\"a\",\"b\"],\"n\":2,\"best_of\":2,\"seed\":5,\"echo\":true");
        assertThat(answer.get("choices"))
                .hasToString("[{text=aa[]5, index=0, logprobs=null, finish_reason=stop},"
                        + " {text=aa[]6, index=1, logprobs=null, finish_reason=stop},"
                        + " {text=bb[]5, index=2, logprobs=null, finish_reason=stop},"
                        + " {text=bb[]6, index=3, logprobs=null, finish_reason=stop}]");
        assertThat(answer.get("usage").toString()).contains("prompt_tokens=14, completion_tokens=20");
    }

    @Test
    void aSuffixMakesAGapToBeFilled() throws Exception {
        inference.say("b").end(StopReason.STOP);
        complete("\"prompt\":\"a\",\"suffix\":\"c\"");
        var asked = (CompletionRequest) inference.asked.getFirst();
        assertThat(asked.suffix()).isEqualTo("c");
        assertThat(asked.raw()).isFalse();
    }

    @Test
    void logprobsAreFourListsWithOffsetsInCharacters() throws Exception {
        for (int top : new int[] {1, 0}) {
            inference
                    .likely(token("\u00e9"), token("\ud83d\ude00"), half(0xc3))
                    .say("é😀")
                    .likely(half(0xa9))
                    .say("é")
                    .end(StopReason.STOP);
            var choice = (Map<?, ?>)
                    ((List<?>) complete("\"prompt\":\"x\",\"logprobs\":" + top).get("choices")).getFirst();
            var logprobs = (Map<?, ?>) choice.get("logprobs");
            assertThat(logprobs.get("tokens")).hasToString("[é, 😀, bytes:\\xc3, bytes:\\xa9]");
            assertThat(logprobs.get("token_logprobs")).hasToString("[-0.5, -0.5, -0.5, -0.5]");
            assertThat(logprobs.get("text_offset")).hasToString("[0, 1, 2, 3]");
            if (top == 0) assertThat(logprobs.get("top_logprobs")).isNull();
            else
                assertThat(logprobs.get("top_logprobs"))
                        .hasToString("[{z=-0.25, é=-0.5}, {z=-0.25, 😀=-0.5}, {z=-0.25, bytes:\\xc3=-0.5},"
                                + " {z=-0.25, bytes:\\xa9=-0.5}]");
        }
        assertThat(inference.asked)
                .extracting(asked -> ((CompletionRequest) asked).form().logprobs())
                .containsExactly(1, 0);
    }

    private static Logprob token(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Logprob half(int value) {
        return of((byte) value);
    }

    private static Logprob of(byte... bytes) {
        return new Logprob(1, bytes, -0.5f, List.of(new Logprob(2, new byte[] {'z'}, -0.25f, List.of())));
    }

    @Test
    void inAStreamOffsetsGoOn() throws Exception {
        inference.likely(token("ab")).say("ab").likely(token("c")).say("c").end(StopReason.STOP);
        var chunks = SseReader.chunks(
                send("\"prompt\":\"x\",\"logprobs\":1,\"stream\":true").body());
        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(1).at("/choices/0/logprobs/text_offset/0").asInt())
                .isEqualTo(2);
        assertThat(chunks.get(2).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void anErrorInAStreamIsSentAndTheEndMarkIsNot() throws Exception {
        inference.say("a").fail(Fault.RUNNER_DIED, "the runner died");
        var events = SseReader.all(send("\"prompt\":\"x\",\"stream\":true").body());
        assertThat(events.getLast().json().at("/error/type").asString()).isEqualTo("api_error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "prompt":null                                    | prompt
            "prompt":[]                                      | prompt
            "prompt":[[]]                                    | prompt
            "prompt":[1,"a"]                                 | prompt
            "prompt":[-1]                                    | prompt
            "prompt":[1.5]                                   | prompt
            "prompt":{"text":"a"}                            | prompt
            "prompt":"a","n":129                             | n
            "prompt":["a","b","c"],"n":100                   | 300 answers
            "prompt":"a","best_of":2                         | best_of
            "prompt":"a","logprobs":6                        | logprobs
            "prompt":"a","logprobs":true                     | logprobs
            "prompt":[1],"echo":true                         | echo
            "prompt":"a","echo":true,"logprobs":1            | echo
            "prompt":[1],"suffix":"b"                        | suffix
            "prompt":"a","response_format":{"type":"text"}   | response_format
            "prompt":"a","stream_options":{}                 | stream_options
            "prompt":"a","stop":[1]                          | stop
            "prompt":"a","max_tokens":0                      | max_tokens
            """)
    void whatCannotBeHonouredIsRefusedByName(String fields, String name) throws Exception {
        var response = send(fields);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_request_error", name);
        assertThat(inference.asked).isEmpty();
    }
}
