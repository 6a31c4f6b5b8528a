package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Think;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DialectServletTest {
    private final ScriptedInference inference = new ScriptedInference();
    private final Parrot parrot = new Parrot();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer().with(parrot, "/*").start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aStreamEndsWithTheErrorThatCutIt() throws Exception {
        inference.say("a").fail(Fault.RUNNER_DIED, "the runner died");
        HttpResponse<String> response = server.send("POST", "/", "{}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"text\":\"a\"}\n{\"error\":\"the runner died\"}\n");
    }

    @Test
    void aStreamMayTellItsFailureItself() throws Exception {
        inference.say("a").fail(Fault.RUNNER_DIED, "the runner died");
        assertThat(server.send("POST", "/", "{\"events\":true}").body())
                .isEqualTo("data: {\"text\":\"a\"}\n\n"
                        + "event: oh\ndata: \"the runner died\"\n\nevent: end\ndata: {}\n\n");
    }

    @Test
    void aSilentStreamHasItsHeadAndSignsOfLifeThatAreNoPartOfIt() throws Exception {
        server.pinging(Duration.ofMillis(20));
        try (var response = server.open("POST", "/", "{}").body()) {
            assertThat(response.readNBytes(3)).isEqualTo("   ".getBytes(StandardCharsets.US_ASCII));
            inference.say("a").fail(Fault.RUNNER_DIED, "the runner died");
            assertThat(new String(response.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^ +", ""))
                    .isEqualTo("{\"text\":\"a\"}\n{\"error\":\"the runner died\"}\n");
        }
    }

    @Test
    void headersSayWhatAnswersAndWhatItWaitedFor() throws Exception {
        inference.say("a").end(StopReason.STOP);
        var headers = server.send("POST", "/", "{}").headers();
        assertThat(headers.firstValue("X-Paddock-Backend")).contains("CPU (test)");
        assertThat(headers.firstValue("X-Paddock-Window")).contains("4096");
        assertThat(headers.firstValue("X-Paddock-Queue-Ms")).contains("2");
        assertThat(headers.firstValue("X-Paddock-Load-Ms")).contains("1");
        assertThat(headers.firstValue("X-Paddock-Cached-Tokens")).contains("3");
    }

    @Test
    void whoIsTurnedAwayIsToldWhenToComeAgainAndHowLongTheQueueIs() throws Exception {
        inference.fail(new BusyException(Fault.QUEUE_FULL, "full", Duration.ofMillis(2_100), 51));
        HttpResponse<String> response = server.send("POST", "/", "{}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("3");
        assertThat(response.headers().firstValue("X-Queue-Position")).contains("51");
    }

    @Test
    void aModelInQuarantineIsAMatterOfTimeAndNotOfAQueue() throws Exception {
        inference.fail(new BusyException(Fault.QUARANTINED, "its runners died", Duration.ZERO, 0));
        HttpResponse<String> response = server.send("POST", "/", "{}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.headers().firstValue("X-Queue-Position")).isEmpty();
    }

    @Test
    void anErrorBeforeTheFirstPieceKeepsItsStatus() throws Exception {
        inference.fail(Fault.QUEUE_FULL, "full");
        HttpResponse<String> response = server.send("POST", "/", "{}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body()).isEqualTo("{\"error\":\"full\"}");
    }

    @Test
    void aBodyOverTheLimitIsRefusedWithAndWithoutALength() throws Exception {
        byte[] big = ("{\"a\":\"" + "x".repeat(200_000) + "\"}").getBytes();
        var whole = server.send("POST", "/", BodyPublishers.ofByteArray(big));
        assertThat(whole.statusCode()).isEqualTo(413);
        assertThat(whole.headers().firstValue("Connection")).contains("close");
        var chunked = server.send("POST", "/", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("limit of 100000 bytes");
    }

    @Test
    void aClientThatIsStillSendingHearsWhyItIsRefused() throws Exception {
        inference.say("a").end(StopReason.STOP);
        String rest = "x".repeat(90_000);
        try (Socket socket = server.socket()) {
            var out = socket.getOutputStream();
            out.write(post("nonsense", 8 + rest.length()));
            out.flush();
            out.write(rest.getBytes(StandardCharsets.US_ASCII));
            out.write(post("{}", 2));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsSubsequence("HTTP/1.1 400", "invalid JSON", "HTTP/1.1 200");
        }
    }

    private static byte[] post(String body, int length) {
        return ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void anErrorOfTheJvmIsToldInTheApisOwnForm() throws Exception {
        var deep = server.send("POST", "/", "{\"error\":\"StackOverflowError\"}");
        assertThat(deep.statusCode()).isEqualTo(500);
        assertThat(deep.body()).startsWith("{\"error\":\"internal error").doesNotContain("StackOverflow");
        var large = server.send("POST", "/", "{\"error\":\"OutOfMemoryError\"}");
        assertThat(large.statusCode()).isEqualTo(503);
        assertThat(large.body()).isEqualTo("{\"error\":\"the server has no memory for a request of this size\"}");
    }

    @Test
    void aClientThatHangsUpEndsTheAnswer() throws Exception {
        var response = CompletableFuture.supplyAsync(() -> post("{}"));
        assertThat(inference.opened.await(5, TimeUnit.SECONDS)).isTrue();
        while (server.watches() == 0) Thread.onSpinWait();
        server.hangUp();
        assertThat(inference.closed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(response.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(499);
        assertThat(server.watches()).isZero();
    }

    @Test
    void aClientThatHangsUpWhileTheModelLoadsEndsTheLoad() throws Exception {
        inference.loadsForEver();
        var response = CompletableFuture.supplyAsync(() -> post("{}"));
        assertThat(inference.opened.await(5, TimeUnit.SECONDS)).isTrue();
        server.hangUp();
        assertThat(inference.closed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(response.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(499);
    }

    @Test
    void drainingLetsAnAnswerFinishAndRefusesNewOnes() throws Exception {
        inference.say("a");
        var response = CompletableFuture.supplyAsync(() -> post("{}"));
        assertThat(inference.opened.await(5, TimeUnit.SECONDS)).isTrue();
        var drained = CompletableFuture.runAsync(() -> parrot.drain(Duration.ofSeconds(20)));
        while (post("{\"probe\":1}").statusCode() != 503) Thread.onSpinWait();
        inference.say("b").end(StopReason.STOP);
        assertThat(response.get(5, TimeUnit.SECONDS).body()).endsWith("{\"text\":\"b\"}\n{\"done\":true}\n");
        drained.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aStreamThatOutlastsTheDrainEndsWithAnError() throws Exception {
        inference.say("a");
        var response = CompletableFuture.supplyAsync(() -> post("{}"));
        assertThat(inference.opened.await(5, TimeUnit.SECONDS)).isTrue();
        while (server.watches() == 0) Thread.onSpinWait();
        parrot.drain(Duration.ofMillis(50));
        assertThat(response.get(5, TimeUnit.SECONDS).body())
                .contains("{\"error\":\"this part of the server is stopping");
        assertThat(parrot.running()).isZero();
    }

    @Test
    void aQueryThatIsNotEncodedAsItMustBeIsTheCallersError() throws Exception {
        var response = server.send("POST", "/?probe=a%ff", "{}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("the query is not encoded as it must be");
    }

    @Test
    void ignoredFieldsAreListedAndCannotForgeHeaders() throws Exception {
        inference.end(StopReason.STOP);
        var response = server.send("POST", "/", "{\"surprise\":1,\"a\\r\\nX-Evil: 1\":2}");
        assertThat(response.headers().firstValue("X-Paddock-Ignored")).contains("surprise");
        assertThat(response.headers().firstValue("X-Evil")).isEmpty();
    }

    private HttpResponse<String> post(String body) {
        try {
            return server.send("POST", "/", body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The smallest dialect: repeats what the inference says. */
    private final class Parrot extends DialectServlet {
        private static final long serialVersionUID = 1L;

        Parrot() {
            super((status, message) -> Map.of("error", message));
        }

        @Override
        protected void answer(Call call) throws IOException {
            Fields body = call.body().orElseThrow();
            if (body.value("probe").isPresent() || call.query("probe").isPresent()) {
                call.json(200, Map.of());
                return;
            }
            String error = body.text("error").orElse("");
            if (error.equals("StackOverflowError")) throw new StackOverflowError();
            if (error.equals("OutOfMemoryError")) throw new OutOfMemoryError();
            var asker = call.asker(body);
            body.accept("events");
            call.ignored(body.unread());
            var request = new CompletionRequest(
                    "tiny",
                    "",
                    Optional.empty(),
                    false,
                    List.of(),
                    Think.UNSET,
                    AnswerForm.FREE,
                    Options.NONE,
                    Optional.empty());
            try (Answer answer = call.open(() -> inference.complete(request, asker))) {
                if (body.flag("events", false)) {
                    events(answer, call.sse());
                    return;
                }
                NdjsonStream lines = call.ndjson();
                while (answer.hasNext()) lines.send(line(answer.next()));
            }
        }

        private void events(Answer answer, SseStream events) throws IOException {
            events.onFailure(failure -> {
                events.send("oh", failure.getMessage());
                events.send("end", Map.of());
            });
            while (answer.hasNext()) events.send(line(answer.next()));
        }

        private Map<String, Object> line(ChatEvent event) {
            return switch (event) {
                case ChatEvent.Delta(OutputPiece.Content(String text)) -> Map.of("text", text);
                case ChatEvent.Delta other -> Map.of("other", other.toString());
                case ChatEvent.Likely likely -> Map.of("likely", likely.toString());
                case ChatEvent.Done _ -> Map.of("done", true);
            };
        }
    }
}
