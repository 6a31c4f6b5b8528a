package dev.paddock.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HelloDialectTest {
    private static final String HI = "{\"model\":\"tiny\",\"text\":\"Hi\"}";

    private final ScriptedInference inference = new ScriptedInference();
    private final HelloDialect dialect = new HelloDialect(inference);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer().with(dialect, "/hello").start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String body) throws Exception {
        return server.send("POST", "/hello", body);
    }

    @Test
    void anAnswerComesInLines() throws Exception {
        inference.say("Good ", "day").end(StopReason.STOP);
        assertThat(ask(HI).body()).isEqualTo("""
                {"text":"Good "}
                {"text":"day"}
                {"end":"STOP"}
                """);
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        var response = ask("{\"model\":\"tiny\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"\\\"text\\\" must be a string\"}");
        assertThat(ask("{\"model\":\"none\",\"text\":\"Hi\"}").statusCode()).isEqualTo(404);
    }

    @Test
    void fieldsThatNobodyReadAreListed() throws Exception {
        inference.end(StopReason.STOP);
        assertThat(ask("{\"model\":\"tiny\",\"text\":\"Hi\",\"mood\":\"good\"}")
                        .headers()
                        .firstValue("X-Paddock-Ignored"))
                .contains("mood");
    }

    @Test
    void anErrorInTheMiddleIsTheLastLine() throws Exception {
        inference.say("Good ").fail(Fault.RUNNER_DIED, "the runner died");
        assertThat(ask(HI).body()).endsWith("{\"error\":\"the runner died\"}\n");
    }

    @Test
    void aRunningAnswerEndsBeforeItsDialectGoes() throws Exception {
        inference.say("Good ");
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return ask(HI).body();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(inference.opened.await(10, TimeUnit.SECONDS)).isTrue();
        var stopped = CompletableFuture.runAsync(dialect::stop);
        while (ask("{}").statusCode() != 503) Thread.onSpinWait();
        inference.say("day").end(StopReason.STOP);
        assertThat(answer.get()).endsWith("{\"text\":\"day\"}\n{\"end\":\"STOP\"}\n");
        stopped.get();
    }

    @Test
    void theGuideShowsThisVeryClass() throws Exception {
        String name = getClass().getPackageName().replace('.', '/') + "/HelloDialect.java";
        String source = Files.readString(Path.of("src/main/java").resolve(name));
        assertThat(Files.readString(Path.of("../../docs/write-a-dialect.md"))).contains(source.strip());
    }
}
